using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.NoWarmupReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class NoWarmupTests
{
    private const string Linear = "LinearLR(optimizer, start_factor: 0.1, total_iters: 5)";

    private static string Program(string declaration, string step = "NAME.step();", string members = "") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                {{declaration}}
                for (var epoch = 0; epoch < 20; epoch++)
                {
                    optimizer.step();
                    {{step.Replace("NAME", declaration.Split('=')[0].Trim().Split(' ').Last(), StringComparison.Ordinal)}}
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("var warmup = {|WARM2008:torch.optim.lr_scheduler.StepLR(optimizer, 5)|};", "var warmup = torch.optim.lr_scheduler." + Linear + ";")]
    [InlineData("var warmupScheduler = {|WARM2008:lr_scheduler.MultiStepLR(optimizer, new[] { 2, 5 })|};", "var warmupScheduler = lr_scheduler." + Linear + ";")]
    [InlineData("lr_scheduler.LRScheduler warm_up = {|WARM2008:optim.lr_scheduler.ExponentialLR(gamma: 0.9, optimizer: optimizer)|};", "lr_scheduler.LRScheduler warm_up = optim.lr_scheduler." + Linear + ";")]
    [InlineData("var warmup = /* five */ {|WARM2008:new lr_scheduler.impl.CosineAnnealingLR(optimizer, 5)|}; // epochs", "var warmup = /* five */ new lr_scheduler.impl." + Linear + "; // epochs")]
    [InlineData("lr_scheduler.impl.StepLR warmup = {|WARM2008:new lr_scheduler.impl.StepLR(optimizer, 5)|};", "lr_scheduler.impl.LinearLR warmup = new lr_scheduler.impl." + Linear + ";")]
    [InlineData("lr_scheduler.impl.StepLR warmup = {|WARM2008:new(optimizer, 5)|};", "lr_scheduler.impl.LinearLR warmup = new(optimizer, start_factor: 0.1, total_iters: 5);")]
    [InlineData("var rampUp = {|WARM2008:global::TorchSharp.torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.1, 5)|};", "var rampUp = global::TorchSharp.torch.optim.lr_scheduler." + Linear + ";")]
    public Task IsReportedAndMended(string declaration, string mended) => Verify.Fix(Program(declaration), Program(mended));

    [Theory]
    [InlineData("var warmup = {|WARM2008:lr_scheduler.ReduceLROnPlateau(optimizer)|};", "NAME.step(0.5);")]
    [InlineData("var warmup = {|WARM2008:lr_scheduler.StepLR(optimizer, /* epochs */ 5)|};")]
    [InlineData("var warmup = {|WARM2008:Steps(optimizer, 5)|};", "NAME.step();", "")]
    public Task IsReportedWithoutAFix(string declaration, string step = "NAME.step();", string members = "") =>
        Verify.NoFix((declaration.Contains("Steps(", StringComparison.Ordinal) ? "using Steps = TorchSharp.torch.optim.lr_scheduler.impl.StepLR;\n" : "")
            + Program(declaration.Replace(":Steps(", ":new Steps(", StringComparison.Ordinal), step, members));

    [Fact]
    public Task AFieldIsAHolderToo() => Verify.Fix(
        Trainer("{|WARM2008:torch.optim.lr_scheduler.StepLR(optimizer, 5)|}"), Trainer("torch.optim.lr_scheduler." + Linear));

    private static string Trainer(string scheduler) => $$"""
        using TorchSharp;
        public class Trainer
        {
            private readonly torch.optim.Optimizer _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _warmup;

            public Trainer(torch.optim.Optimizer optimizer)
            {
                _optimizer = optimizer;
                _warmup = {{scheduler}};
            }

            public void Fit() { _optimizer.step(); _warmup.step(); }
            public static void Main() { }
        }
        """;

    [Theory]
    [InlineData("var afterWarmup = lr_scheduler.StepLR(optimizer, 5);")]
    [InlineData("var postWarmupScheduler = lr_scheduler.CosineAnnealingLR(optimizer, 20);")]
    [InlineData("var warmupDecay = lr_scheduler.ExponentialLR(optimizer, 0.9);")]
    [InlineData("var scheduler = lr_scheduler.StepLR(optimizer, 5);")]
    [InlineData("var warmRestarts = lr_scheduler.CosineAnnealingLR(optimizer, 5);")]
    [InlineData("var warmup = lr_scheduler.LinearLR(optimizer, 0.1);")]
    [InlineData("var warmup = lr_scheduler.ConstantLR(optimizer, 0.1);")]
    [InlineData("var warmup = lr_scheduler.ExponentialLR(optimizer, 1.1);")]
    [InlineData("var warmup = lr_scheduler.StepLR(optimizer, 2, 2.0);")]
    [InlineData("var warmup = lr_scheduler.StepLR(optimizer, 2, double.Parse(\"2\"));")]
    [InlineData("var warmup = lr_scheduler.CosineAnnealingLR(optimizer, 5, eta_min: 1.0);")]
    [InlineData("var warmup = lr_scheduler.LinearLR(optimizer, double.Parse(\"1\"), 0.1);")]
    [InlineData("var warmup = lr_scheduler.LambdaLR(optimizer, e => 0.5);")]
    [InlineData("var warmup = lr_scheduler.SequentialLR(optimizer, new[] { lr_scheduler.LinearLR(optimizer), lr_scheduler.CosineAnnealingLR(optimizer, 15) }, new[] { 5 });")]
    [InlineData("var warmup = epochs > 5 ? lr_scheduler.StepLR(optimizer, 5) : lr_scheduler.LinearLR(optimizer);", "NAME.step();", "static readonly int epochs = 3;")]
    public Task OtherNamesAndSchedulersAreSilent(string declaration, string step = "warmup.step();", string members = "")
    {
        var name = declaration.Split('=')[0].Trim().Split(' ').Last();
        return Verify.Silent(Program(declaration, step.Replace("warmup.", name + ".", StringComparison.Ordinal).Replace("NAME", name, StringComparison.Ordinal), members));
    }

    [Theory]
    [InlineData("var warmup = lr_scheduler.ExponentialLR(optimizer, 0.8);", "'warmup' holds ExponentialLR, which only lowers the learning rate: it runs 0.1, 0.08, 0.064, 0.0512, 0.041, 0.0328, … █▇▅▅▄▃▃▂")]
    [InlineData("var warmup = lr_scheduler.StepLR(optimizer, 30);", "'warmup' holds StepLR, which only lowers the learning rate")]
    [InlineData("var warmup = lr_scheduler.CosineAnnealingLR(optimizer, 20);", "'warmup' holds CosineAnnealingLR, which starts with the full learning rate and lowers it: it runs 0.1, 0.0994, 0.0976, 0.0946, 0.0905, 0.0854, … ████▇▇▇▆")]
    public async Task TheMessageNamesTheHolder(string declaration, string effect)
    {
        var found = Assert.Single(await Findings.In(Program(declaration)));
        Assert.Equal("WARM2008: This scheduler does not warm up: " + effect, found.Id + ": " + found.GetMessage());
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Info, found.Severity);
    }

    [Fact]
    public void TheNumbersAreThoseOfARun() => Assert.Equal(
        [0.1, 0.05, 0.025, 0.0125],
        TrainingRun.LearningRates(FactorSource.Script("", rate: "0.1", scheduler: "torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)")).Take(4));

    [Theory]
    [InlineData("var warmup = lr_scheduler.StepLR(optimizer, )")]
    [InlineData("var warmup = lr_scheduler.StepLR(optimizer,")]
    [InlineData("var warmup = lr_scheduler.StepLR(")]
    public async Task HalfTypedCodeIsSilent(string declaration) => Assert.Empty(await Findings.In(Program(declaration), mustCompile: false));
}
