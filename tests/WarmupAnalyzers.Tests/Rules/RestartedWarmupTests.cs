using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public sealed class RestartedWarmupTests
{
    private const string Load = "optimizer.load_state_dict(\"saved\");";
    private const string Ramp = "LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0))";

    private static string Program(string body, string loop = "optimizer.step(); scheduler.step();", string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        class Program
        {
            {{members}}

            static async Task Main(string[] args)
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                await Task.Yield();
                {{Spelled(body)}}
                for (var epoch = 0; epoch < 40; epoch++)
                {
                    {{Spelled(loop)}}
                }
            }
        }
        """;

    private static string Spelled(string code) => code
        .Replace("LOAD", Load, StringComparison.Ordinal)
        .Replace("RAMP", Ramp, StringComparison.Ordinal)
        .Replace("WARMUP", "LinearLR(optimizer, 0.1, total_iters: 5)", StringComparison.Ordinal);

    [Theory]
    [InlineData("LOAD var scheduler = {|WARM5004:RAMP|};")]
    [InlineData("LOAD var scheduler = {|WARM5004:WARMUP|};")]
    [InlineData("LOAD var scheduler = {|WARM5004:torch.optim.lr_scheduler.ConstantLR(total_iters: 4, optimizer: optimizer)|};")]
    [InlineData("LOAD LRScheduler scheduler = {|WARM5004:new impl.LinearLR(optimizer, 0.1, last_epoch: -1)|};")]
    [InlineData("LOAD var scheduler = {|WARM5004:LinearLR(optimizer, 0.1, total_iters: args.Length)|};")]
    [InlineData("LOAD var scheduler = {|WARM5004:LambdaLR(optimizer, Factor)|}; double Factor(int e) { return e < 9 ? (e + 1) / 10.0 : 1; }")]
    [InlineData("LOAD var scheduler = {|WARM5004:OneCycleLR(optimizer, 0.1, 100)|};")]
    [InlineData("LOAD var scheduler = {|WARM5004:SequentialLR(optimizer, new LRScheduler[] { WARMUP, ExponentialLR(optimizer, 0.9) }, new[] { 5 })|};")]
    [InlineData("LOAD var scheduler = ChainedLR(new LRScheduler[] { {|WARM5004:WARMUP|}, ExponentialLR(optimizer, 0.9) });")]
    [InlineData("if (File.Exists(\"saved\")) LOAD var scheduler = {|WARM5004:RAMP|};")]
    [InlineData("if (args.Length > 0) { LOAD Console.WriteLine(1); } var scheduler = {|WARM5004:RAMP|};")]
    [InlineData("using var reader = new BinaryReader(File.OpenRead(\"saved\")); optimizer.load_state_dict(reader); var scheduler = {|WARM5004:RAMP|};")]
    public Task A_warmup_behind_a_loaded_state_is_reported(string body) => Verify.NoFix(Program(body));

    [Theory]
    [InlineData("LOAD var scheduler = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0), last_epoch: 7);")]
    [InlineData("LOAD var scheduler = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0), args.Length);")]
    [InlineData("LOAD var scheduler = SequentialLR(optimizer, new LRScheduler[] { WARMUP, ExponentialLR(optimizer, 0.9) }, new[] { 5 }, 7);")]
    [InlineData("LOAD var scheduler = RAMP; scheduler.step(8);")]
    [InlineData("LOAD var scheduler = RAMP; for (var done = 0; done < args.Length; done++) scheduler.step();")]
    [InlineData("LOAD var scheduler = RAMP; foreach (var done in Enumerable.Range(0, args.Length)) { scheduler.step(); }")]
    [InlineData("LOAD var scheduler = RAMP; Wind(scheduler); static void Wind(LRScheduler s) { for (var i = 0; i < 8; i++) s.step(); }")]
    [InlineData("LOAD var scheduler = RAMP; Restore(scheduler);", "optimizer.step(); scheduler.step();", "static void Restore(LRScheduler s) => Kept = s; public static LRScheduler? Kept;")]
    [InlineData("LOAD var scheduler = RAMP;", "optimizer.step(); scheduler.step(epoch);")]
    [InlineData("LOAD var scheduler = RAMP; foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.05;")]
    [InlineData("LOAD var start = args.Length; var scheduler = LambdaLR(optimizer, e => Math.Min((e + start + 1) / 5.0, 1.0));")]
    [InlineData("LOAD var scheduler = ExponentialLR(optimizer, 0.9);")]
    [InlineData("LOAD var scheduler = LambdaLR(optimizer, e => 1.0);")]
    [InlineData("LOAD var scheduler = StepLR(optimizer, 3);")]
    [InlineData("var scheduler = RAMP;")]
    [InlineData("model.load_state_dict(new Dictionary<string, torch.Tensor>()); var scheduler = RAMP;")]
    [InlineData("var other = torch.optim.SGD(model.parameters(), 0.1); other.load_state_dict(\"saved\"); var scheduler = RAMP;")]
    [InlineData("LOAD var scheduler = RAMP;", "optimizer.step();")]
    public Task What_goes_on_or_is_not_known_is_silent(string body, string loop = "optimizer.step(); scheduler.step();", string members = "") => Verify.Silent(Program(body, loop, members));

    [Fact]
    public Task A_constructor_is_reported() => Verify.NoFix("""
        using TorchSharp;

        public sealed class Trainer
        {
            private readonly TorchSharp.Modules.Adam _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;

            public Trainer(TorchSharp.Modules.Linear model, string? saved)
            {
                _optimizer = torch.optim.Adam(model.parameters(), 0.001);
                if (saved is not null)
                    _optimizer.load_state_dict(saved);
                _scheduler = {|WARM5004:torch.optim.lr_scheduler.LinearLR(_optimizer, 0.2)|};
            }

            public void Epoch()
            {
                for (var i = 0; i < 9; i++)
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData(Ramp, "LambdaLR begins again and multiplies the learning rate by 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇████")]
    [InlineData("ConstantLR(optimizer, 0.5, 3)", "ConstantLR begins again and multiplies the learning rate by 0.5, 0.5, 0.5, 1, 1, 1, … ▅▅▅█████")]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: args.Length)", "LinearLR begins again")]
    public async Task The_message_shows_the_start(string creation, string effect)
    {
        var found = (await Findings.In(Program($"LOAD var scheduler = {creation};"))).Single(diagnostic => diagnostic.Id == "WARM5004");

        Assert.Equal("Resuming restarts the warmup: " + effect, found.GetMessage());
    }

    [Fact]
    public async Task Our_own_schedulers_are_silent()
    {
        var source = Program("LOAD var scheduler = WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, 5, last_epoch: 7);");
        var compilation = Findings.Compile(source).WithReferences(TestReferences.WithLibrary);

        Assert.DoesNotContain(await Findings.In((Microsoft.CodeAnalysis.CSharp.CSharpCompilation)compilation), found => found.Id == "WARM5004");
    }

    [Fact]
    public Task Types_of_the_users_own_are_silent() => Verify.Silent("""
        class Optimizer { public void load_state_dict(string file) { } public void step() { } }
        class LinearLR { public LinearLR(Optimizer optimizer, double start_factor) { } public void step() { } }
        class Program
        {
            static void Main()
            {
                var optimizer = new Optimizer();
                optimizer.load_state_dict("saved");
                var scheduler = new LinearLR(optimizer, 0.1);
                for (int e = 0; e < 9; e++) { optimizer.step(); scheduler.step(); }
            }
        }
        """);

    [Fact]
    public Task Without_TorchSharp_nothing_is_reported() => Verify.Silent("class Program { static void Main() { } }", withTorchSharp: false);

    [Theory]
    [InlineData("optimizer.load_state_dict(; var scheduler = RAMP;")]
    [InlineData("optimizer.load_state_dict( var scheduler = RAMP;")]
    [InlineData("LOAD var scheduler = LinearLR(optimizer, ;")]
    public async Task Half_typed_code_is_silent(string body) =>
        Assert.DoesNotContain(await Findings.In([Program(body)], mustCompile: false), found => found.Id == "WARM5004");
}
