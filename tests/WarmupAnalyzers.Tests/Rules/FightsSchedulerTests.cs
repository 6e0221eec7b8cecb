using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.OptimizerAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public sealed class FightsSchedulerTests
{
    private const string Decay = "var scheduler = ExponentialLR(optimizer, 0.9);";
    private const string Lambda = "var scheduler = LambdaLR(optimizer, e => Math.Pow(0.9, e));";

    private static string Program(string before, string loop, string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            {{Spelled(members)}}

            public static void Main(string[] args) => Train(args.Length);

            private static void Train(int open)
            {
                using var model = nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                {{Spelled(before)}}
                for (var epoch = 0; epoch < 40; epoch++)
                {
                    {{Spelled(loop)}}
                }
            }
        }
        """;

    private static string Spelled(string code) => code
        .Replace("DECAY", Decay, StringComparison.Ordinal)
        .Replace("LAMBDA", Lambda, StringComparison.Ordinal)
        .Replace("EACH(", "foreach (var group in optimizer.ParamGroups) group.LearningRate = (", StringComparison.Ordinal)
        .Replace("SET(", "foreach (var group in optimizer.ParamGroups) {|WARM4009:group.LearningRate = (", StringComparison.Ordinal)
        .Replace(")SET", ")|};", StringComparison.Ordinal);

    [Theory]
    [InlineData("DECAY", "SET(0.1 / (epoch + 1))SET optimizer.step(); scheduler.step();")]
    [InlineData("DECAY", "optimizer.step(); scheduler.step(); SET(0.1 / (epoch + 1))SET")]
    [InlineData("LAMBDA", "SET(0.05)SET optimizer.step(); scheduler.step();")]
    [InlineData("LAMBDA", "optimizer.step(); SET(0.05)SET scheduler.step();")]
    [InlineData("LAMBDA", "optimizer.step(); if (epoch == 30) SET(0.05)SET scheduler.step();")]
    [InlineData("LAMBDA", "optimizer.step(); foreach (var group in optimizer.ParamGroups) {|WARM4009:group.LearningRate *= 0.95|}; scheduler.step();")]
    [InlineData("DECAY", "optimizer.step(); SET(0.05)SET scheduler.step();")]
    [InlineData("DECAY", "{|WARM4009:optimizer.ParamGroups.First().LearningRate = 0.05|}; optimizer.step(); scheduler.step();")]
    [InlineData("DECAY", "optimizer.ParamGroups.ToList().ForEach(group => {|WARM4009:group.LearningRate = 0.05|}); optimizer.step(); scheduler.step();")]
    [InlineData("DECAY var rate = 0.1;", "rate *= 0.97; foreach (var group in optimizer.ParamGroups) { {|WARM4009:group.LearningRate = rate|}; } for (var i = 0; i < 9; i++) { optimizer.zero_grad(); optimizer.step(); } scheduler.step();")]
    [InlineData("var scheduler = StepLR(optimizer, open);", "SET(Math.Max(0.01, 0.1 - epoch * 0.001))SET optimizer.step(); scheduler.step();")]
    [InlineData("var scheduler = ReduceLROnPlateau(optimizer);", "SET(0.1)SET optimizer.step(); scheduler.step(0.5);")]
    [InlineData("var scheduler = SequentialLR(optimizer, new LRScheduler[] { LinearLR(optimizer, 0.1), ExponentialLR(optimizer, 0.9) }, new[] { 5 });", "SET(0.1)SET optimizer.step(); scheduler.step();")]
    public Task ARateThatIsSetTwiceIsReported(string before, string loop) => Verify.NoFix(Program(before, loop));

    [Theory]
    [InlineData("private static void Adjust(Optimizer o, int epoch) { foreach (var group in o.ParamGroups) {|WARM4009:group.LearningRate = 0.1 * Math.Pow(0.1, epoch / 30)|}; }", "Adjust(optimizer, epoch); optimizer.step(); scheduler.step();")]
    [InlineData("private static void Adjust(Optimizer o, double rate) { foreach (var group in o.ParamGroups) {|WARM4009:group.LearningRate = rate|}; }", "Adjust(optimizer, Rate(epoch)); optimizer.step(); scheduler.step(); double Rate(int e) => 0.1 / (e + 1);")]
    [InlineData("private static void Pass(Optimizer o) { for (var i = 0; i < 9; i++) o.step(); }", "SET(0.05)SET Pass(optimizer); scheduler.step();")]
    [InlineData(
        "public static void Other(Optimizer o) { foreach (var group in o.ParamGroups) group.LearningRate = 0.3; } private static Tensor Loss(nn.Module<Tensor, Tensor> m) => m.forward(torch.ones(2, 4)).mean();",
        "SET(0.05)SET Loss(model).backward(); optimizer.step(); scheduler.step();")]
    public Task MethodsAreFollowed(string members, string loop) => Verify.NoFix(Program("DECAY", loop, members));

    [Fact]
    public Task FieldsAreReported() => Verify.NoFix("""
        using System;
        using System.Threading.Tasks;
        using TorchSharp;

        public sealed class Trainer
        {
            private readonly torch.optim.Optimizer _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;
            private double _rate = 0.1;

            public Trainer(TorchSharp.Modules.Linear model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = torch.optim.lr_scheduler.StepLR(_optimizer, 10);
            }

            public async Task Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _rate *= 0.9;
                    foreach (var group in _optimizer.ParamGroups)
                        {|WARM4009:group.LearningRate = _rate|};
                    await Task.Yield();
                    _optimizer.step();
                    _scheduler.step();
                }
            }

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("DECAY", "optimizer.step(); scheduler.step(); foreach (var group in optimizer.ParamGroups) group.LearningRate = Math.Max(group.LearningRate, 0.001);")]
    [InlineData("LAMBDA", "optimizer.step(); scheduler.step(); foreach (var group in optimizer.ParamGroups) if (group.LearningRate < 0.001) group.LearningRate = 0.001;")]
    [InlineData("LAMBDA", "optimizer.step(); scheduler.step(); EACH(scheduler.get_last_lr().First() * 0.5);")]
    [InlineData("LAMBDA", "for (var batch = 0; batch < 9; batch++) { if (epoch < 1) EACH(0.1 * (batch + 1) / 9.0); optimizer.step(); } scheduler.step();")]
    [InlineData("DECAY", "if (epoch < 5) EACH(0.02 * (epoch + 1)); optimizer.step(); scheduler.step();")]
    [InlineData("DECAY", "optimizer.step(); if (epoch == 30) EACH(0.01); scheduler.step();")]
    [InlineData("DECAY", "optimizer.step(); foreach (var group in optimizer.ParamGroups) group.LearningRate *= 0.99; scheduler.step();")]
    [InlineData("DECAY EACH(0.05);", "optimizer.step(); scheduler.step();")]
    [InlineData("DECAY for (var done = 0; done < open; done++) scheduler.step(); EACH(0.05);", "optimizer.step(); scheduler.step();")]
    [InlineData("", "EACH(0.1 / (epoch + 1)); optimizer.step();")]
    [InlineData("var other = torch.optim.SGD(model.parameters(), 0.1); var scheduler = ExponentialLR(other, 0.9);", "EACH(0.1 / (epoch + 1)); optimizer.step(); other.step(); scheduler.step();")]
    [InlineData("var scheduler = ExponentialLR(optimizer, 1.0);", "EACH(0.1 / (epoch + 1)); optimizer.step(); scheduler.step();")]
    [InlineData("DECAY", "if (epoch < 20) { EACH(0.05); optimizer.step(); } else { optimizer.step(); scheduler.step(); }")]
    [InlineData("DECAY", "EACH(0.05); optimizer.step(); if (epoch > 20) continue; scheduler.step();")]
    [InlineData("DECAY", "optimizer.step(); EACH(0.05); optimizer.step(); scheduler.step();")]
    [InlineData("LAMBDA", "optimizer.step(); if (epoch == 20) { EACH(0.05); break; } scheduler.step();")]
    [InlineData("LAMBDA", "optimizer.step(); if (epoch == 20) { EACH(0.05); throw new InvalidOperationException(); } scheduler.step();")]
    [InlineData("DECAY Keep = scheduler;", "EACH(0.05); optimizer.step(); scheduler.step();", "public static LRScheduler? Keep;")]
    [InlineData("DECAY", "EACH(Now(optimizer) * 0.9); optimizer.step(); scheduler.step();", "private static double Now(Optimizer o) => o.ParamGroups.First().LearningRate;")]
    [InlineData("DECAY", "optimizer.step(); scheduler.step(); var now = optimizer.ParamGroups.First().LearningRate; var low = now * 0.5; EACH(low);")]
    public Task WhatIsRightOrNotKnownIsSilent(string before, string loop, string members = "") => Verify.Silent(Program(before, loop, members));

    [Theory]
    [InlineData("LAMBDA", "optimizer.step(); EACH(0.05); scheduler.step();", "LambdaLR sets it anew before the optimizer steps, and it runs ")]
    [InlineData("DECAY", "EACH(0.05); optimizer.step(); scheduler.step();", "it takes the place of what ExponentialLR sets, where the learning rate runs ")]
    [InlineData("DECAY", "optimizer.step(); scheduler.step(); EACH(0.05);", "from the second round on it takes the place of what ExponentialLR sets, where the learning rate runs ")]
    [InlineData("DECAY", "optimizer.step(); EACH(0.05); scheduler.step();", "ExponentialLR goes on from it, so that of all its steps the last one is left; alone the learning rate runs ")]
    public async Task TheMessageShowsTheSchedulersRun(string before, string loop, string effect)
    {
        var found = (await Findings.In(Program(before, loop))).Single(diagnostic => diagnostic.Id == "WARM4009");
        var alone = ArgumentSource.Run(Program(before, "optimizer.step(); scheduler.step();"));

        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.StartsWith("The learning rate that is written here fights the scheduler: " + effect + alone, found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LAMBDA", "optimizer.step(); EACH(0.05); scheduler.step();", "0.1, 0.09, 0.081")]
    [InlineData("DECAY", "EACH(0.05); optimizer.step(); scheduler.step();", "0.05, 0.05, 0.05")]
    [InlineData("DECAY", "optimizer.step(); scheduler.step(); EACH(0.05);", "0.1, 0.05, 0.05")]
    [InlineData("DECAY", "optimizer.step(); EACH(0.05); scheduler.step();", "0.1, 0.045, 0.045")]
    public void ThatIsWhatARunTrainsWith(string before, string loop, string rates) =>
        Assert.StartsWith(rates, CurveText.Numbers([.. TrainingRun.LearningRates(Program(before, loop)).Take(8)]), StringComparison.Ordinal);

    [Fact]
    public Task TypesOfTheUsersOwnAreSilent() => Verify.Silent("""
        class Group { public double LearningRate { get; set; } }
        class Optimizer { public Group[] ParamGroups = [new Group()]; public void step() { } }
        class StepLR { public StepLR(Optimizer optimizer) { } public void step() { } }
        class Program
        {
            static void Main()
            {
                var optimizer = new Optimizer();
                var scheduler = new StepLR(optimizer);
                for (int e = 0; e < 9; e++) { optimizer.ParamGroups[0].LearningRate = 0.1; optimizer.step(); scheduler.step(); }
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("class Program { static void Main() { } }", withTorchSharp: false);

    [Theory]
    [InlineData("DECAY", "foreach (var group in optimizer.ParamGroups) group.LearningRate = ; optimizer.step(); scheduler.step();")]
    [InlineData("DECAY", "EACH(0.1 / ); optimizer.step(); scheduler.step();")]
    [InlineData("var scheduler = ExponentialLR(optimizer, ;", "EACH(0.1); optimizer.step(); scheduler.step();")]
    public async Task HalfTypedCodeIsSilent(string before, string loop) =>
        Assert.DoesNotContain(await Findings.In([Program(before, loop)], mustCompile: false), found => found.Id == "WARM4009");
}
