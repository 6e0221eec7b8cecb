using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.HorizonAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class WarmupNotShorterTests
{
    private const string Loop = "for (var epoch = 0; epoch < 40; epoch++)";

    private static string Program(string statements, string loop = Loop, string step = "scheduler.step();", string members = "", string after = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main(string[] args) => Train(args.Length, args.Length, args.Length);

            private static void Train(int epochs, int batches, int other)
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                {{statements}}
                {{loop}}
                {
                    optimizer.step();
                    {{step}}
                }
                {{after}}
            }

            {{members}}
        }
        """;

    private static string Scheduler(string scheduler) => "var scheduler = " + scheduler + ";";

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 50|})")]
    [InlineData("LinearLR(optimizer, 0.1, 1, {|WARM4008:40|})")]
    [InlineData("lr_scheduler.LinearLR({|WARM4008:total_iters: 50|}, start_factor: 0.1, end_factor: 0.9, optimizer: optimizer)")]
    [InlineData("new TorchSharp.torch.optim.lr_scheduler.impl.LinearLR(optimizer, 0.1, 1.0, {|WARM4008:60|})")]
    [InlineData("ConstantLR(optimizer, 0.3, /* all */ {|WARM4008:100|})")]
    [InlineData("LambdaLR(optimizer, {|WARM4008:e => Math.Min(1.0, (e + 1) / 50.0)|})")]
    [InlineData("LambdaLR(optimizer, lr_lambda: {|WARM4008:e => e < 60 ? (e + 1) / 60.0 : Math.Pow(0.9, e - 60)|})")]
    [InlineData("LambdaLR(optimizer, {|WARM4008:Ramp|})")]
    [InlineData("LambdaLR(optimizer, {|WARM4008:e => { if (e >= 80) return 1; return 0.1 + 0.9 * e / 80.0; }|})")]
    [InlineData("new impl.LambdaLR(optimizer, [{|WARM4008:e => Math.Min(1.0, (e + 1) / 50.0)|}])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 50|}), CosineAnnealingLR(optimizer, 100)], [50])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 40|}), StepLR(optimizer, 3)], [60])")]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 50|}), ExponentialLR(optimizer, 0.9)])")]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 20|}), PolynomialLR(optimizer, 15, 1)])")]
    [InlineData("ChainedLR([CosineAnnealingLR(optimizer, 35), LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 35|})])")]
    [InlineData("ChainedLR([LinearLR(optimizer, 1, 0.1, 10), ConstantLR(optimizer, 0.5, {|WARM4008:total_iters: 10|})])")]
    public Task IsReported(string scheduler) => Verify.NoFix(Program(Scheduler(scheduler), members: Ramp));

    private const string Ramp = "private static double Ramp(int e) => Math.Min(1.0, (e + 1) / 50.0);";

    [Theory]
    [InlineData("for (var epoch = 1; epoch <= 50; epoch++)")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 50))")]
    [InlineData("const int count = 50; for (int e = 0; e < count; ++e)")]
    [InlineData("for (int e = 0; e < 5; e++) for (int b = 0; b < 10; b++)")]
    [InlineData("var e = 0; while (e++ < 50)")]
    [InlineData("var stop = other == 3; for (var e = 0; e < 50 && !stop; e++)")]
    public Task EachLoopThatCounts(string loop, bool isReported = true)
    {
        var scheduler = Scheduler("LinearLR(optimizer, 0.1, " + (isReported ? "{|WARM4008:total_iters: 50|})" : "total_iters: 50)"));
        return Verify.NoFix(Program(scheduler, loop));
    }

    /// <summary>What the code leaves open is the same on both sides, whatever it is.</summary>
    [Theory]
    [InlineData("epochs", "e < epochs")]
    [InlineData("2 * epochs", "e < epochs")]
    [InlineData("epochs * batches", "e < epochs")]
    public Task TheSameSymbolIsCompared(string length, string condition) => Verify.NoFix(Program(
        Scheduler($"LinearLR(optimizer, 0.1, {{|WARM4008:total_iters: {length}|}})"), $"for (var e = 0; {condition}; e++)"));

    [Theory]
    [InlineData("epochs", "e < other")]
    [InlineData("epochs - other", "e < batches")]
    [InlineData("epochs", "e < epochs - other")] // which may be none
    [InlineData("epochs", "e < 40")]
    [InlineData("50", "e < epochs")]
    [InlineData("epochs", "e < epochs * batches")]
    [InlineData("epochs / 10", "e < epochs")]
    [InlineData("epochs - other", "e < epochs")]
    [InlineData("epochs + other", "e < epochs + batches")]
    [InlineData("epochs", "e < epochs + other")]
    [InlineData("epochs", "e < 2")]
    [InlineData("5000000", "e < epochs")]
    public Task OtherSymbolsAreSilent(string length, string condition) => Verify.Silent(Program(
        Scheduler($"LinearLR(optimizer, 0.1, total_iters: {length})"), $"for (var e = 0; {condition}; e++)"));

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 39)")]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 5)")]
    [InlineData("LinearLR(optimizer, 1, 0.1, 100)")] // goes down
    [InlineData("ConstantLR(optimizer, 1, 100)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1.0, (e + 1) / 40.0))")] // the last epoch has the full rate
    [InlineData("LambdaLR(optimizer, e => (e + 1) / 100.0)")] // without a cap that nothing reaches
    [InlineData("LambdaLR(optimizer, e => Math.Pow(1.1, e) / 1000)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1, Math.Pow(1.1, e) / 1000))")] // a range test
    [InlineData("LambdaLR(optimizer, e => 1 - e / 100.0)")]
    [InlineData("LambdaLR(optimizer, e => 1.0 / (60 - e))")] // to infinity
    [InlineData("LambdaLR(optimizer, e => { var x = 0; for (var i = 0; i < e; i++) x += i; return x; })")]
    [InlineData("LambdaLR(optimizer, e => e < 50 ? 0.1 : 1)")] // two levels are no ramp
    [InlineData("LambdaLR(optimizer, e => 0.5 * (1 - Math.Cos(Math.PI * e / 20)) + 0.1)")]
    [InlineData("OneCycleLR(optimizer, 0.1, total_steps: 60, pct_start: 0.9)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, step_size_up: 100)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 20), CosineAnnealingLR(optimizer, 20)], [20])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 30), CosineAnnealingLR(optimizer, 10)], [30])")]
    [InlineData("SequentialLR(optimizer, [StepLR(optimizer, 3), LinearLR(optimizer, 0.1, total_iters: 50)], [5])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 50), StepLR(optimizer, 3)], [epochs])")]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1, total_iters: 8), CosineAnnealingLR(optimizer, 5)])")] // cycles
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1, total_iters: 8), CosineAnnealingLR(optimizer, 40)])")]
    [InlineData("LinearLR(optimizer, 0.1, 1, 50, last_epoch: 20)")]
    public Task WhatIsRightIsSilent(string scheduler) => Verify.Silent(Program(Scheduler(scheduler)));

    [Fact]
    public Task OfUnknownHelpersNothingIsKnown() => Verify.Silent(Program(Scheduler("LinearLR(optimizer, 0.1, total_iters: 50)"), step: "scheduler.step(); Other(scheduler);", members: "private static Action<LRScheduler> Other = s => { };"));

    /// <summary>What has another report, or is distorted by another mistake.</summary>
    [Theory]
    [InlineData("LinearLR(optimizer, 0.0, total_iters: 50)", "WARM2001")]
    [InlineData("LinearLR(optimizer, 0.1, end_factor: 2, total_iters: 50)", "WARM2002")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 40), CosineAnnealingLR(optimizer, 40 - 40)], [40])", "WARM2002")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 50), StepLR(optimizer, 30)], [5])", "WARM4002")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1.0, e / 50.0))", "WARM1001")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1, (e + 1) / 50))", "WARM1002")]
    [InlineData("LinearLR(optimizer, 0.1, 1, 50, last_epoch: 3)", "WARM2003")]
    public async Task OneMistakeIsReported(string scheduler, string id) => Assert.Equal(id, Assert.Single(await Findings.In(Program(Scheduler(scheduler)))).Id);

    [Theory]
    [InlineData("WARM3002", "scheduler.step();", "optimizer.step(); scheduler.step();", "scheduler.step(); optimizer.step();")]
    [InlineData("WARM3009", "scheduler.step();", "scheduler.step();", "scheduler.step(); scheduler.step();")]
    public async Task AStepTooManyIsTheMistake(string id, string step, string old, string mistaken)
    {
        var source = string.Join(" ", Program(Scheduler("LinearLR(optimizer, 0.1, total_iters: 50)"), step: step).Split('\n').Select(line => line.Trim() is var text && text.StartsWith("using", StringComparison.Ordinal) ? text : text));
        Assert.Equal(id, Assert.Single(await Findings.In(source.Replace(old, mistaken, StringComparison.Ordinal))).Id);
    }

    [Fact]
    public async Task AStepBehindTheTrainingIsTheMistake() =>
        Assert.Equal("WARM3010", Assert.Single(await Findings.In(Program(Scheduler("LinearLR(optimizer, 0.1, total_iters: 50)"), after: "scheduler.step();"))).Id);

    /// <summary>The training goes on where the scheduler is stepped no more.</summary>
    [Theory]
    [InlineData("for (var e = 0; e < 100; e++) optimizer.step();")]
    [InlineData("Further(optimizer);")]
    [InlineData("optimizer.step();")]
    public Task ATrainingInTwoPartsIsSilent(string after) => Verify.Silent(Program(
        Scheduler("LinearLR(optimizer, 0.1, total_iters: 40)"), after: after,
        members: "private static void Further(Optimizer optimizer) { for (var e = 0; e < 100; e++) optimizer.step(); }"));

    [Fact]
    public Task AWarmupInFrontOfAnotherScheduleIsSilent() => Verify.Silent(Program(
        "var warmup = LinearLR(optimizer, 0.1, total_iters: 40);\n        var scheduler = StepLR(optimizer, 10);\n        for (var e = 0; e < 40; e++) { optimizer.step(); warmup.step(); }"));

    [Theory]
    [InlineData("if (epoch < 5) warmup.step(); else scheduler.step();")]
    [InlineData("warmup.step(); scheduler.step();")]
    public Task AWarmupBesideALongerDecayIsSilent(string step) => Verify.Silent(Program(
        "var warmup = LinearLR(optimizer, 0.1, total_iters: 5);\n        var scheduler = CosineAnnealingLR(optimizer, 40);", step: step));

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, 35)")]
    [InlineData("PolynomialLR(optimizer, 30, 2)")]
    [InlineData("LinearLR(optimizer, 1, 0.01, 35)")]
    public Task TwoSchedulersThatAreSteppedTogether(string decay) => Verify.NoFix(Program(
        $"var warmup = LinearLR(optimizer, 0.1, {{|WARM4008:total_iters: 35|}});\n        var scheduler = {decay};", step: "warmup.step();\n            scheduler.step();"));

    [Theory]
    [InlineData("FindRate")]
    [InlineData("RangeTest")]
    [InlineData("SweepLearningRates")]
    public Task ARangeTestIsSilent(string name) => Verify.Silent(Program(Scheduler("LinearLR(optimizer, 0.001, 1, 40)")).Replace("Train(", name + "(", StringComparison.Ordinal));

    [Fact]
    public Task OneScheduleAFold() => Verify.NoFix("""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        for (var fold = 0; fold < 5; fold++)
        {
            using var model = torch.nn.Linear(4, 1);
            var optimizer = Adam(model.parameters(), 0.001);
            var scheduler = lr_scheduler.LinearLR(optimizer, 0.1, {|WARM4008:total_iters: 20|});
            for (var epoch = 0; epoch < 20; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Fact]
    public Task OneScheduleAStageIsSilent() => Verify.Silent("""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        using var model = torch.nn.Linear(4, 1);
        var optimizer = Adam(model.parameters(), 0.001);
        for (var stage = 0; stage < 5; stage++)
        {
            var scheduler = lr_scheduler.LinearLR(optimizer, 0.1, total_iters: 20);
            for (var epoch = 0; epoch < 20; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    private static string Trainer(string main, string members, string length = "total_iters: 50") => $$"""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                var trainer = new Trainer();
                {{main}}
            }
        }

        public sealed class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly lr_scheduler.LRScheduler _scheduler;

            public Trainer()
            {
                _optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.001);
                _scheduler = lr_scheduler.LinearLR(_optimizer, 0.1, {{length}});
            }

            {{members}}
        }
        """;

    private const string Epoch = "for (var batch = 0; batch < 10; batch++) { _optimizer.step(); _scheduler.step(); }";

    [Theory]
    [InlineData("trainer.Fit();", "public void Fit() { for (var epoch = 0; epoch < 5; epoch++) Epoch(); } private void Epoch() { " + Epoch + " }")]
    [InlineData("trainer.Fit();", "public void Fit() { for (var epoch = 0; epoch < 5; epoch++) { " + Epoch + " } }")]
    [InlineData("trainer.FitAsync().Wait();", "public async System.Threading.Tasks.Task FitAsync() { await System.Threading.Tasks.Task.Yield(); " + Epoch + " }")]
    public Task ATrainerThatFitsOnce(string main, string members) => Verify.NoFix(Trainer(main, members, "{|WARM4008:total_iters: 50|}"));

    // The program's entry is elsewhere, and whoever calls this makes a trainer of his own.
    private static string Elsewhere(string run, string length = "total_iters: 50") =>
        Trainer("", "public void Fit() { " + Epoch + " }", length).Replace("var trainer = new Trainer();", "", StringComparison.Ordinal) + "\n" + $$"""

        public static class Experiment
        {
            private static readonly Trainer s_kept = null!;

            public static void Run(bool again)
            {
                {{run}}
            }
        }
        """;

    [Theory]
    [InlineData("new Trainer().Fit();")]
    [InlineData("var trainer = new Trainer(); trainer.Fit();")]
    [InlineData("Trainer trainer = new(); if (again) trainer.Fit();")]
    [InlineData("for (var fold = 0; fold < 5; fold++) { var trainer = new Trainer(); trainer.Fit(); }")]
    public Task ATrainerThatFitsOnceWhereItIsMade(string run) => Verify.NoFix(Elsewhere(run, "{|WARM4008:total_iters: 50|}"));

    [Theory]
    [InlineData("var trainer = new Trainer(); for (var epoch = 0; epoch < 5; epoch++) trainer.Fit();")]
    [InlineData("var trainer = new Trainer(); Again(() => trainer.Fit()); void Again(System.Action fit) { fit(); fit(); }")]
    [InlineData("var trainer = new Trainer(); Again(); Again(); void Again() => trainer.Fit();")]
    [InlineData("var trainer = s_kept; trainer.Fit();")]
    [InlineData("var trainer = again ? s_kept : new Trainer(); trainer.Fit();")]
    [InlineData("s_kept.Fit();")]
    [InlineData("var trainer = new Trainer(); if (again) trainer = s_kept; trainer.Fit();")]
    [InlineData("var trainer = new Trainer(); once: trainer.Fit(); if (again) goto once;")]
    public Task ATrainerThatMayFitAgainIsSilent(string run) => Verify.Silent(Elsewhere(run));

    private const string Stages = "for (var stage = 0; stage < 5; stage++) new Trainer().Fit();";

    [Fact]
    public Task ATrainerForEachStageOfOneOptimizerIsSilent() => Verify.Silent(
        Elsewhere("var optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.001); " + Stages.Replace("new Trainer()", "new Trainer(optimizer)", StringComparison.Ordinal))
            .Replace("public Trainer()", "public Trainer(Optimizer optimizer)", StringComparison.Ordinal)
            .Replace("_optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.001);", "_optimizer = optimizer;", StringComparison.Ordinal));

    [Fact]
    public Task ATrainerForEachStageOfAStaticOptimizerIsSilent() => Verify.Silent(
        Elsewhere(Stages)
            .Replace("private readonly Optimizer _optimizer;", "private static readonly Optimizer _optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.002);", StringComparison.Ordinal)
            .Replace("_optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.001);", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("for (var epoch = 0; epoch < 20; epoch++) trainer.Epoch();", "public void Epoch() { " + Epoch + " }")]
    [InlineData("trainer.Epoch(); trainer.Epoch();", "public void Epoch() { " + Epoch + " }")]
    [InlineData("System.Action again = trainer.Epoch; again();", "public void Epoch() { " + Epoch + " }")]
    [InlineData("", "public void Epoch() { " + Epoch + " }")]
    [InlineData("trainer.Epoch(); trainer.Further();", "public void Epoch() { " + Epoch + " } public void Further() { for (var e = 0; e < 50; e++) _optimizer.step(); }")]
    [InlineData("trainer.Fit(); trainer.Other();", "public void Fit() { for (var e = 0; e < 5; e++) { Epoch(); _scheduler.step(); } } public void Other() { for (var e = 0; e < 95; e++) Epoch(); } private void Epoch() { for (var b = 0; b < 3; b++) _optimizer.step(); }")]
    public Task ATrainerThatOthersMayRunAgainIsSilent(string main, string members) => Verify.Silent(Trainer(main, members));

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: undefined)")]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: )")]
    [InlineData("LinearLR(optimiser, 0.1, total_iters: 50)")]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 50")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1.0, (e + ) / 50.0))")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.DoesNotContain(await Findings.In(Program(Scheduler(scheduler)), mustCompile: false), found => found.Id == "WARM4008");

    [Fact]
    public Task ADoppelgangerIsSilent() => Verify.Silent(Program(Scheduler("Mine.LinearLR(optimizer, 0.1, 1, 50)")) + "\n" + """

        public sealed class Mine
        {
            public static Mine LinearLR(object optimizer, double start_factor, double end_factor, int total_iters) => new();

            public void step()
            {
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("System.Console.WriteLine();", withTorchSharp: false);

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 50)", 50)]
    [InlineData("ConstantLR(optimizer, 0.25, 45)", 45)]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1.0, (e + 1) / 80.0))", 79)]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: 44), StepLR(optimizer, 3)], [44])", 44)]
    public async Task TheMessageShowsTheRun(string scheduler, int length)
    {
        var found = await ArgumentSource.Finding(Program(Scheduler(scheduler)));
        var rates = TrainingRun.LearningRates(Program(Scheduler(scheduler)));
        Assert.Equal(40, rates.Count);
        Assert.Equal(
            string.Format(CultureInfo.InvariantCulture, "The warmup is not shorter than the training: it takes {0} steps and 40 are made, so the learning rate gets no further than {1}; the learning rate runs {2} {3}",
                length, CurveText.Number(rates[39]), CurveText.Numbers([.. rates.Take(24)]), CurveText.Sparkline([.. rates.Take(24)])),
            found.GetMessage());
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
    }

    [Fact]
    public async Task BesideADecayTheMessageShowsTheRunOfBoth()
    {
        var source = Program(Scheduler("ChainedLR([LinearLR(optimizer, 0.1, total_iters: 20), PolynomialLR(optimizer, 15, 1)])"));
        var rates = TrainingRun.LearningRates(source);
        Assert.Equal(
            $"The warmup is not shorter than the decay beside it: it takes 20 steps and PolynomialLR takes 15, so the learning rate gets no further than {CurveText.Number(rates.Max())}; the learning rate runs {CurveText.Numbers([.. rates.Take(21)])} {CurveText.Sparkline([.. rates.Take(21)])}",
            (await ArgumentSource.Finding(source)).GetMessage());
    }

    [Fact]
    public async Task OfSymbolsTheMessageGivesAnExample() => Assert.Equal(
        "The warmup is not shorter than the training: it takes 10 steps and 5 are made, so the learning rate gets no further than 0.046; the learning rate runs 0.01, 0.019, 0.028, 0.037, 0.046 ▃▄▅▇█ (with epochs = 5)",
        (await ArgumentSource.Finding(Program(Scheduler("LinearLR(optimizer, 0.1, total_iters: 2 * epochs)"), "for (var e = 0; e < epochs; e++)"))).GetMessage());

    [Fact]
    public async Task WhereTheBaseRateIsOpenTheShareIsShown() => Assert.StartsWith(
        "The warmup is not shorter than the training: it takes 50 steps and 40 are made, so it gets no further than 0.802 of the base learning rate; the learning rate is multiplied by 0.1, 0.118, ",
        (await ArgumentSource.Finding(Program(Scheduler("LinearLR(optimizer, 0.1, total_iters: 50)")).Replace("parameters(), 0.1)", "parameters(), double.Parse(Console.ReadLine()!))", StringComparison.Ordinal))).GetMessage(),
        StringComparison.Ordinal);
}
