using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.HorizonAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.RemainingHorizonFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class HorizonIgnoresWarmupTests
{
    private static string Program(string statements, string loop = "for (var epoch = 0; epoch < 40; epoch++)", string step = "scheduler.step();", string after = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            private const int Total = 40;
            private const int Warmup = 5;

            public static void Main(string[] args) => Train(args.Length, args.Length, args.Length);

            private static void Train(int epochs, int warmup, int batches)
            {
                const int hold = 3;
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                {{statements.Replace("WARM(", "LinearLR(optimizer, 0.1, 1, ", StringComparison.Ordinal)}}
                {{loop}}
                {
                    optimizer.step();
                    {{step}}
                }
                {{after}}
            }
        }
        """;

    private static string Sequence(string decay, string warmup = "WARM(5)", string milestones = "[5]") => $"var scheduler = SequentialLR(optimizer, [{warmup}, {decay}], {milestones});";

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, {|WARM4006:40|})", "CosineAnnealingLR(optimizer, 35)")]
    [InlineData("CosineAnnealingLR(eta_min: 0.001, {|WARM4006:T_max: 40|}, optimizer: optimizer)", "CosineAnnealingLR(eta_min: 0.001, T_max: 35, optimizer: optimizer)")]
    [InlineData("CosineAnnealingLR(optimizer, {|WARM4006:Total|})", "CosineAnnealingLR(optimizer, Total - 5)")]
    [InlineData("CosineAnnealingLR(optimizer, {|WARM4006:8 * Warmup|})", "CosineAnnealingLR(optimizer, 8 * Warmup - 5)")]
    [InlineData("PolynomialLR(optimizer, {|WARM4006:40|}, 2)", "PolynomialLR(optimizer, 35, 2)")]
    [InlineData("LinearLR(optimizer, 1, 0.01, /* all */ {|WARM4006:Total|} /* of it */)", "LinearLR(optimizer, 1, 0.01, /* all */ Total - 5 /* of it */)")]
    [InlineData("new impl.CosineAnnealingLR(optimizer, {|WARM4006:40|})", "new impl.CosineAnnealingLR(optimizer, 35)")]
    [InlineData("torch.optim.lr_scheduler.PolynomialLR(optimizer, {|WARM4006:total_iters: 40|}, 1)", "torch.optim.lr_scheduler.PolynomialLR(optimizer, total_iters: 35, 1)")]
    public Task IsMended(string decay, string mended) => Verify.Fix(Program(Sequence(decay)), Program(Sequence(mended)));

    [Theory]
    [InlineData("WARM(5)", "new[] { Warmup }", "Total - Warmup")]
    [InlineData("WARM(Warmup)", "new List<int> { Warmup }", "Total - Warmup")]
    [InlineData("WARM(5)", "[Warmup + hold]", "Total - Warmup - hold")]
    [InlineData("WARM(5)", "new[] { 2 * Warmup }", "Total - 2 * Warmup")]
    [InlineData("WARM(5)", "new[] { Warmup - 1 + 2 * hold }", "Total - (Warmup - 1) - 2 * hold")]
    [InlineData("WARM(5), ConstantLR(optimizer, 1, 3)", "[Warmup, Warmup + hold]", "Total - Warmup - hold")]
    [InlineData("ConstantLR(optimizer, 0.2, 5)", "[5]", "Total - 5")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1, (e + 1) / 5.0))", "[5]", "Total - 5")]
    public Task TheMilestoneIsWrittenAsItIs(string warmup, string milestones, string mended)
    {
        return Verify.Fix(Program(Sequence("CosineAnnealingLR(optimizer, {|WARM4006:Total|})", warmup, milestones)), Program(Sequence($"CosineAnnealingLR(optimizer, {mended})", warmup, milestones)));
    }

    /// <summary>What is not known where the horizon stands is not written there.</summary>
    [Fact]
    public Task AMilestoneThatComesLaterGivesTheWarmupsLength() => Verify.Fix(Late("{|WARM4006:Total|}"), Late("Total - Warmup"));

    [Fact]
    public Task WhereNeitherIsKnownThereIsNoFix() => Verify.NoFix(Late("{|WARM4006:Total|}", "4 + 1"));

    private static string Late(string horizon, string length = "Warmup") => Program($"""
        var ramp = WARM({(length == "Warmup" ? length : "Math.Abs(5)")});
                var cosine = CosineAnnealingLR(optimizer, {horizon});
                var handover = Warmup;
                var scheduler = SequentialLR(optimizer, [ramp, cosine], [handover]);
        """);

    /// <summary>The horizon is the very length of the training, whatever that is.</summary>
    [Theory]
    [InlineData("epochs", "e < epochs", "[warmup]", "epochs - warmup")]
    [InlineData("epochs", "e < epochs", "[5]", "epochs - 5")]
    [InlineData("epochs * batches", "e < epochs * batches", "[warmup]", "epochs * batches - warmup")]
    [InlineData("epochs + 1", "e <= epochs", "[warmup]", "epochs + 1 - warmup")]
    public Task SymbolsAreCompared(string horizon, string condition, string milestones, string mended)
    {
        var warmup = milestones == "[5]" ? "WARM(5)" : "WARM(warmup)";
        var loop = $"for (var e = 0; {condition}; e++)";
        return Verify.Fix(
            Program(Sequence($"CosineAnnealingLR(optimizer, {{|WARM4006:{horizon}|}})", warmup, milestones), loop),
            Program(Sequence($"CosineAnnealingLR(optimizer, {mended})", warmup, milestones), loop));
    }

    [Fact]
    public Task AProductOfLoopsIsAProduct() => Verify.Fix(Batches("{|WARM4006:epochs * batches|}"), Batches("epochs * batches - warmup"));

    private static string Batches(string horizon) =>
        Program(Sequence($"CosineAnnealingLR(optimizer, {horizon})", "WARM(warmup)", "[warmup]"), "for (var e = 0; e < epochs; e++) for (var b = 0; b < batches; b++)");

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, 35)")]
    [InlineData("CosineAnnealingLR(optimizer, Total - Warmup)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs)")]
    [InlineData("CosineAnnealingLR(optimizer, 39)")]
    [InlineData("CosineAnnealingLR(optimizer, 80)")]
    [InlineData("ExponentialLR(optimizer, 0.9)")]
    [InlineData("StepLR(optimizer, 40)")]
    [InlineData("LinearLR(optimizer, 0.1, 1, 40)")]
    [InlineData("CosineAnnealingLR(optimizer, 40)", "StepLR(optimizer, 3)")] // behind no warmup
    [InlineData("CosineAnnealingLR(optimizer, 40)", "LinearLR(optimizer, 1, 0.1, 5)")]
    [InlineData("CosineAnnealingLR(optimizer, 40), StepLR(optimizer, 3)", "WARM(5)", "[5, 20]")] // cut off anyway
    [InlineData("CosineAnnealingLR(optimizer, 40)", "WARM(5)", "[epochs]", "for (var e = 0; e < warmup; e++)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs)", "WARM(warmup)", "[warmup]", "for (var e = 0; e < batches; e++)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs - warmup)", "WARM(warmup)", "[warmup]", "for (var e = 0; e < epochs; e++)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs)", "WARM(warmup)", "[warmup]", "for (var e = 0; e < epochs + warmup; e++)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs)", "WARM(warmup)", "[warmup]", "while (model is not null)")]
    [InlineData("CosineAnnealingLR(optimizer, 40)", "WARM(5)", "[5]", "foreach (var e in Enumerable.Range(0, 100).Where(i => i % 7 < 3))")]
    public Task WhatIsRightOrNotKnownIsSilent(string decay, string warmup = "WARM(5)", string milestones = "[5]", string loop = "for (var e = 0; e < 40; e++)") =>
        Verify.Silent(Program(Sequence(decay, warmup, milestones), loop));

    [Theory]
    [InlineData("var scheduler = ChainedLR([WARM(5), CosineAnnealingLR(optimizer, 40)]);")]
    [InlineData("var scheduler = CosineAnnealingLR(optimizer, 40);")]
    [InlineData("var inner = SequentialLR(optimizer, [WARM(5), CosineAnnealingLR(optimizer, 40)], [5]); var scheduler = ChainedLR([inner, ExponentialLR(optimizer, 0.99)]);")]
    public Task WithoutASequenceIsSilent(string statements) => Verify.Silent(Program(statements));

    [Theory]
    [InlineData("WARM3002", "scheduler.step();\n        for (", "")]
    [InlineData("WARM3010", "for (", "scheduler.step();")]
    public async Task AStepTooManyIsTheMistake(string id, string head, string after) =>
        Assert.Equal(id, Assert.Single(await Findings.In(Program(Sequence("CosineAnnealingLR(optimizer, 40)"), after: after).Replace("for (", head, StringComparison.Ordinal))).Id);

    [Theory]
    [InlineData("WARM4002", "WARM(5)", "[3]")]
    [InlineData("WARM4008", "WARM(40)", "[40]")]
    [InlineData("WARM2002", "LinearLR(optimizer, 0.1, 3, 5)", "[5]")]
    public async Task OneMistakeIsReported(string id, string warmup, string milestones) =>
        Assert.Equal(id, Assert.Single(await Findings.In(Program(Sequence("CosineAnnealingLR(optimizer, 40)", warmup, milestones)))).Id);

    [Fact]
    public Task TheRateWrittenByHandIsSilent() => Verify.Silent(Program(
        Sequence("CosineAnnealingLR(optimizer, 40)"), step: "scheduler.step(); foreach (var group in optimizer.ParamGroups) group.LearningRate = Math.Max(group.LearningRate, 0.01);"));

    [Fact]
    public Task AnEarlyEndIsNoOtherLength() => Verify.Fix(Stopped("{|WARM4006:40|}"), Stopped("35"));

    private static string Stopped(string horizon) => Program(Sequence($"CosineAnnealingLR(optimizer, {horizon})"), step: "scheduler.step(); if (Console.KeyAvailable) break;");

    private static string Trainer(string horizon, string main = "new Trainer(90).Fit();") => $$"""
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static async Task Main()
            {
                {{main}}
                await Task.Yield();
            }
        }

        public sealed class Trainer
        {
            private readonly int _epochs;
            private readonly Optimizer _optimizer;
            private readonly lr_scheduler.LRScheduler _scheduler;

            public Trainer(int epochs)
            {
                _epochs = epochs;
                _optimizer = AdamW(torch.nn.Linear(4, 1).parameters(), 0.001);
                var warmup = lr_scheduler.LinearLR(_optimizer, 0.01, total_iters: 10);
                var cosine = lr_scheduler.CosineAnnealingLR(_optimizer, {{horizon}});
                _scheduler = lr_scheduler.SequentialLR(_optimizer, new[] { warmup, cosine }, new[] { 10 });
            }

            public void Fit()
            {
                for (var epoch = 1; epoch <= _epochs; epoch++)
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        }
        """;

    [Fact]
    public Task AFieldOfATrainer() => Verify.Fix(Trainer("T_max: _epochs").Replace("T_max: _epochs", "{|WARM4006:T_max: _epochs|}", StringComparison.Ordinal), Trainer("T_max: _epochs - 10"));

    [Fact]
    public Task ATrainerThatMayGoOnIsSilent() => Verify.Silent(Trainer("T_max: _epochs", "var trainer = new Trainer(90); trainer.Fit(); trainer.Fit();"));

    [Fact]
    public Task AllOfADocument() => Verify.Fix(Two("{|WARM4006:40|}", "{|WARM4006:Total|}"), Two("35", "Total - 5"));

    private static string Two(string first, string second) => Program(
        $"var other = torch.optim.SGD(model.parameters(), 0.1); var scheduler = SequentialLR(optimizer, [WARM(5), CosineAnnealingLR(optimizer, {first})], [5]); var second = SequentialLR(other, [LinearLR(other, 0.1, 1, 5), PolynomialLR(other, {second}, 1)], [5]);",
        step: "scheduler.step(); other.step(); second.step();");

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, undefined)")]
    [InlineData("CosineAnnealingLR(optimizer, 40")]
    [InlineData("CosineAnnealingLR(optimizer, )")]
    [InlineData("CosineAnnealingLR(optimiser, 40)")]
    public async Task HalfTypedCodeIsSilent(string decay) => Assert.DoesNotContain(await Findings.In(Program(Sequence(decay)), mustCompile: false), found => found.Id == "WARM4006");

    [Fact]
    public Task ADoppelgangerIsSilent() => Verify.Silent(Program("var scheduler = Mine.SequentialLR(optimizer, [WARM(5), CosineAnnealingLR(optimizer, 40)], [5]);") + "\n" + """

        public sealed class Mine
        {
            public static Mine SequentialLR(object optimizer, LRScheduler[] schedulers, int[] milestones) => new();

            public void step()
            {
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("System.Console.WriteLine();", withTorchSharp: false);

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, 40)", "0")]
    [InlineData("CosineAnnealingLR(optimizer, 40, eta_min: 0.01)", "0.01")]
    [InlineData("PolynomialLR(optimizer, 40, 1)", "0")]
    [InlineData("LinearLR(optimizer, 1, 0.05, 40)", "0.005")]
    public async Task TheMessageShowsTheRun(string decay, string meant)
    {
        var found = await ArgumentSource.Finding(Program(Sequence(decay)));
        // The rate after 40 steps of the scheduler is the one that step 41 of the optimizer takes.
        var rates = TrainingRun.LearningRates(Program(Sequence(decay), "for (var epoch = 0; epoch < 41; epoch++)"));
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, "The decay's horizon ignores the warmup: it begins at step 5 and takes 40, so after 40 steps the learning rate ends at {0} and not {1}; the learning rate runs {2} {3}",
                CurveText.Number(rates[40]), meant, CurveText.Numbers([.. rates.Take(24)]), CurveText.Sparkline([.. rates.Take(24)])),
            found.GetMessage());
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
    }

    [Fact]
    public async Task TheHalfOfFifteenSteps()
    {
        var source = Program(Sequence("CosineAnnealingLR(optimizer, 10)"), "for (var epoch = 0; epoch < 10; epoch++)");
        Assert.Contains("after 10 steps the learning rate ends at 0.05 and not 0; ", (await ArgumentSource.Finding(source)).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfSymbolsTheMessageGivesAnExample() => Assert.Equal(
        "The decay's horizon ignores the warmup: it begins at step 15 and takes 40, so after 40 steps the learning rate ends at 0.0309 and not 0 (with epochs = 40, warmup = 15)",
        (await ArgumentSource.Finding(Program(Sequence("CosineAnnealingLR(optimizer, epochs)", "WARM(warmup)", "[warmup]"), "for (var e = 0; e < epochs; e++)"))).GetMessage());

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, 40)", "the learning rate ends at 0.0381 and not 0 of the base learning rate; the learning rate is multiplied by 0.1, ")]
    [InlineData("CosineAnnealingLR(optimizer, 40, 0.001)", "the learning rate ends at 0.0381 of the way from eta_min to the base learning rate")]
    public async Task WhereTheBaseRateIsOpenTheShareIsShown(string decay, string says) => Assert.Contains(
        says,
        (await ArgumentSource.Finding(Program(Sequence(decay)).Replace("parameters(), 0.1)", "parameters(), double.Parse(Console.ReadLine()!))", StringComparison.Ordinal))).GetMessage(),
        StringComparison.Ordinal);
}
