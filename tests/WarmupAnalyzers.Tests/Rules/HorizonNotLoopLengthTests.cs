using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.HorizonAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.HorizonReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class HorizonNotLoopLengthTests
{
    private static string Program(string scheduler, string epochs = "100") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = {{scheduler}};
                for (var epoch = 0; epoch < {{epochs}}; epoch++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }
        }
        """;

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, {|WARM4007:200|})", "lr_scheduler.CosineAnnealingLR(optimizer, 100)")]
    [InlineData("lr_scheduler.CosineAnnealingLR({|WARM4007:T_max: 60|}, optimizer: optimizer)", "lr_scheduler.CosineAnnealingLR(T_max: 100, optimizer: optimizer)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, /* half */ {|WARM4007:50|} /* of it */)", "lr_scheduler.CosineAnnealingLR(optimizer, /* half */ 100 /* of it */)")]
    [InlineData("new lr_scheduler.impl.CosineAnnealingLR(optimizer, {|WARM4007:50|})", "new lr_scheduler.impl.CosineAnnealingLR(optimizer, 100)")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, {|WARM4007:total_steps: 80|})", "lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 100)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.CosineAnnealingLR(eta_min: 0.001, {|WARM4007:T_max: 60|}, optimizer: optimizer)", "global::TorchSharp.torch.optim.lr_scheduler.CosineAnnealingLR(eta_min: 0.001, T_max: 100, optimizer: optimizer)")]
    public Task IsReportedAndMended(string scheduler, string mended) => Verify.Fix(Program(scheduler), Program(mended));

    [Fact]
    public Task UsingStatic() => Verify.Fix(
        Program("CosineAnnealingLR(optimizer, {|WARM4007:80|})").Replace("using static TorchSharp.torch.optim;", "using static TorchSharp.torch.optim.lr_scheduler;", StringComparison.Ordinal),
        Program("CosineAnnealingLR(optimizer, 100)").Replace("using static TorchSharp.torch.optim;", "using static TorchSharp.torch.optim.lr_scheduler;", StringComparison.Ordinal));

    [Fact]
    public Task ATotalOfEpochsAndTheirStepsStays() => Verify.NoFix(Program("lr_scheduler.OneCycleLR(optimizer, 0.1, epochs: 8, {|WARM4007:steps_per_epoch: 10|})"));

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, undefined)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimiser, 200)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 200,")]
    public Task HalfTypedCodeIsSilent(string scheduler) =>
        new WarmupTest<WarmupAnalyzers.Rules.HorizonAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.HorizonReviewFix>
        {
            TestCode = Program(scheduler),
            CompilerDiagnostics = Microsoft.CodeAnalysis.Testing.CompilerDiagnostics.None,
        }.RunAsync(CancellationToken.None);

    [Fact]
    public Task ADoppelgangerIsSilent() => Verify.Silent(
        Program("Mine.CosineAnnealingLR(optimizer, 200)") + "\n" + """

        public sealed class Mine
        {
            public static Mine CosineAnnealingLR(object optimizer, double T_max) => new();

            public void step()
            {
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("System.Console.WriteLine();", withTorchSharp: false);

    [Theory]
    [InlineData("for (var epoch = 1; epoch <= Epochs; epoch++)", "Epochs")]
    [InlineData("for (var epoch = 0; Epochs > epoch; epoch++)", "Epochs")]
    [InlineData("for (var epoch = 0; epoch <= Epochs - 1; epoch++)", "100")]
    [InlineData("foreach (var epoch in System.Linq.Enumerable.Range(0, Epochs))", "Epochs")]
    [InlineData("for (var epoch = 0; epoch < Epochs / 1; epoch++)", "100")]
    [InlineData("for (var epoch = 0; epoch < 2 * 50; epoch++)", "2 * 50")]
    public Task TheBoundIsWrittenWhereItIsTheNumberOfSteps(string loop, string mended)
    {
        return Verify.Fix(Source("{|WARM4007:80|}"), Source(mended));

        string Source(string horizon) => Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})")
            .Replace("for (var epoch = 0; epoch < 100; epoch++)", loop, StringComparison.Ordinal)
            .Replace("public static void Main()", "private const int Epochs = 100;\n\n    public static void Main()", StringComparison.Ordinal);
    }

    // Each of them makes a hundred rounds.
    [Theory]
    [InlineData("var epoch = 0;", "epoch++;", "epoch < Epochs", "Epochs")]
    [InlineData("var epoch = 0;", "", "++epoch < Epochs", "Epochs")]
    [InlineData("var epoch = 1;", "epoch++;", "epoch <= Epochs", "Epochs")]
    [InlineData("var epoch = 0;", "", "epoch++ < Epochs - 1", "100")]
    [InlineData("var left = Epochs;", "", "--left > 0", "100")]
    public async Task ALoopThatAsksAtItsEnd(string start, string count, string condition, string mended)
    {
        await Verify.Fix(Source("CosineAnnealingLR(optimizer, {|WARM4007:80|})"), Source($"CosineAnnealingLR(optimizer, {mended})"));
        await Verify.Fix(Source("OneCycleLR(optimizer, 0.1, {|WARM4007:total_steps: 80|})"), Source($"OneCycleLR(optimizer, 0.1, total_steps: {mended})"));
        await Verify.NoFix(Source("OneCycleLR(optimizer, 0.1, epochs: 9, {|WARM4007:steps_per_epoch: 11|})"));
        await Verify.Silent(Source("CosineAnnealingLR(optimizer, 100)"));
        await Verify.Silent(Source("OneCycleLR(optimizer, 0.1, total_steps: 100)"));

        string Source(string scheduler) => Program("lr_scheduler." + scheduler)
            .Replace("for (var epoch = 0; epoch < 100; epoch++)", start + "\n        do", StringComparison.Ordinal)
            .Replace("            scheduler.step();\n        }", "            scheduler.step();\n            " + count + "\n        }\n        while (" + condition + ");", StringComparison.Ordinal)
            .Replace("public static void Main()", "private const int Epochs = 100;\n\n    public static void Main()", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("++epoch < int.Parse(\"100\")")]
    [InlineData("++epoch < 100 || Console.KeyAvailable")]
    [InlineData("++epoch < 100 && !Console.KeyAvailable")]
    public Task ALoopThatMayEndElsewhereIsSilent(string condition) => Verify.Silent(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, 80)")
            .Replace("for (var epoch = 0; epoch < 100; epoch++)", "var epoch = 0;\n        do", StringComparison.Ordinal)
            .Replace("            scheduler.step();\n        }", "            scheduler.step();\n        }\n        while (" + condition + ");", StringComparison.Ordinal));

    [Fact]
    public void ATotalThatIsTooSmallThrowsInALoopThatAsksAtItsEnd()
    {
        var source = Program("lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 4, cycle_momentum: false)")
            .Replace("for (var epoch = 0; epoch < 100; epoch++)", "var epoch = 0;\n        do", StringComparison.Ordinal)
            .Replace("            scheduler.step();\n        }", "            scheduler.step();\n        }\n        while (++epoch < ROUNDS);", StringComparison.Ordinal);
        Assert.Equal(4, TrainingRun.LearningRates(source.Replace("ROUNDS", "4", StringComparison.Ordinal)).Count);
        Assert.ThrowsAny<Exception>(() => TrainingRun.LearningRates(source.Replace("ROUNDS", "5", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("var epochs = 100;\n        for (", "epochs")]
    [InlineData("const int Limit = 100;\n        for (", "Limit")]
    public Task ABoundThatComesLaterIsItsNumber(string start, string bound)
    {
        return Verify.Fix(Source("{|WARM4007:80|}"), Source("100"));

        string Source(string horizon) =>
            Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})", bound).Replace("for (", start, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private static readonly int s_epochs = 100;")]
    [InlineData("private static int s_epochs = 100;")]
    public Task AFieldThatNobodyWritesIsItsNumber(string field)
    {
        return Verify.Fix(Source("{|WARM4007:80|}"), Source("s_epochs"));

        string Source(string horizon) => Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})", "s_epochs")
            .Replace("public static void Main()", field + "\n\n    public static void Main()", StringComparison.Ordinal);
    }

    [Fact]
    public Task AFieldThatOthersWriteIsNotKnown() => Verify.Silent(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, 80)", "Epochs")
            .Replace("public static void Main()", "public static int Epochs = 100;\n\n    public static void Main()", StringComparison.Ordinal));

    [Theory]
    [InlineData("80", "the rate climbs back from step 80 on and ends at 0.146 of the way from eta_min to the base learning rate after 100")]
    [InlineData("200", "after 100 of 200 steps the rate ends at 0.5 of the way from eta_min to the base learning rate")]
    public async Task WhereTheBaseRateIsOpenTheEndIsAShare(string horizon, string effect)
    {
        var source = Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon}, eta_min: 0.0001)").Replace("model.parameters(), 0.1)", "model.parameters(), double.Parse(Console.ReadLine()!))", StringComparison.Ordinal);
        var found = Assert.Single(await Findings.In(source), finding => finding.Id == "WARM4007");
        Assert.Equal("The horizon is not the length of the loop: " + effect, found.GetMessage());

        var end = TrainingRun.LearningRates(Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon}, eta_min: 0.0001)", "101"))[100];
        Assert.Contains(Math.Round((end - 0.0001) / (0.1 - 0.0001), 3).ToString(CultureInfo.InvariantCulture) + " of the way", effect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 100)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 99)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, int.Parse(\"200\"))")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 200)", "int.Parse(\"100\")")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 100)")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.99)")]
    public Task WhatFitsOrIsNotKnownIsSilent(string scheduler, string epochs = "100") => Verify.Silent(Program(scheduler, epochs));

    [Theory]
    [InlineData("200", DiagnosticSeverity.Info, "after 100 of 200 steps the rate ends at 0.5 of the base learning rate")]
    [InlineData("50", DiagnosticSeverity.Info, "the rate runs up and down every 50 steps and ends at 1 of the base learning rate after 100")]
    [InlineData("80", DiagnosticSeverity.Warning, "the rate climbs back from step 80 on and ends at 0.146 of the base learning rate after 100")]
    public async Task TheMessageGivesTheEnd(string horizon, DiagnosticSeverity severity, string effect)
    {
        var found = Assert.Single(await Findings.In(Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})")));
        Assert.Equal("The horizon is not the length of the loop: " + effect, found.GetMessage());
        Assert.Equal(severity, found.Severity);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(50)]
    public async Task TheEndIsThatOfARun(int horizon)
    {
        var scheduler = $"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})";
        var found = Assert.Single(await Findings.In(Program(scheduler)));

        // The rate after 100 steps of the scheduler is the one that step 101 of the optimizer takes.
        var end = TrainingRun.LearningRates(Program(scheduler, "101"))[100] / 0.1;
        Assert.Contains(" ends at " + Math.Round(end, 3).ToString(CultureInfo.InvariantCulture) + " of the base learning rate", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfACosineIsInformation()
    {
        var found = Assert.Single(await Findings.In(Program("torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 200)")));
        Assert.Equal("WARM4007", found.Id);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.EndsWith("after 100 of 200 steps the rate ends at 0.5 of the base learning rate", found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static void Main()", "const int Epochs = 100;")]
    [InlineData("public static async System.Threading.Tasks.Task Main()", "var Epochs = 100; await System.Threading.Tasks.Task.Yield();")]
    public Task ALocalIsItsNumber(string head, string epochs)
    {
        return Verify.Fix(Source("{|WARM4007:80|}"), Source("Epochs"));

        string Source(string horizon) => Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})", "Epochs")
            .Replace("public static void Main()", head, StringComparison.Ordinal)
            .Replace("using var model", epochs + "\n        using var model", StringComparison.Ordinal);
    }

    private static string Trainer(string horizon, string field = "private const int MaxEpochs = 45;") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main() => new Trainer(0.003).Fit();
        }

        public static class Other
        {
            public const int Epochs = 45;
        }

        public class Trainer
        {
            {{field}}

            private readonly Optimizer optimizer;
            private readonly lr_scheduler.LRScheduler scheduler;

            public Trainer(double learningRate)
            {
                const int Rounds = 45;
                this.optimizer = torch.optim.Adam(torch.nn.Linear(4, Rounds).parameters(), lr: learningRate);
                this.scheduler = lr_scheduler.CosineAnnealingLR(this.optimizer, T_max: {{horizon}}, eta_min: 1e-6);
            }

            public void Fit()
            {
                for (int epoch = 1; epoch <= MaxEpochs; epoch++)
                {
                    this.optimizer.step();
                    this.scheduler.step();
                }
            }
        }
        """;

    [Fact]
    public Task ATrainerThatIsGivenItsRateIsMended() => Verify.Fix(Trainer("30").Replace("T_max: 30", "{|WARM4007:T_max: 30|}", StringComparison.Ordinal), Trainer("MaxEpochs"));

    [Theory]
    [InlineData("MaxEpochs", "Other.Epochs", "Other.Epochs")]
    [InlineData("int epoch = 1; epoch <= MaxEpochs;", "int Rounds = 45, epoch = 1; epoch <= Rounds;", "45")]
    public Task WhatTheNameMeansAtTheArgumentCounts(string old, string bound, string mended)
    {
        return Verify.Fix(Source("30").Replace("T_max: 30", "{|WARM4007:T_max: 30|}", StringComparison.Ordinal), Source(mended));

        string Source(string horizon) => Trainer(horizon, "private const int Unused = 1;").Replace(old, bound, StringComparison.Ordinal);
    }

    private static string Sequence(string horizon, string milestones = "new[] { 5 }", string epochs = "40") => Program(
        $"lr_scheduler.SequentialLR(optimizer, new[] {{ lr_scheduler.LinearLR(optimizer, 0.1, 1, 5), lr_scheduler.CosineAnnealingLR(optimizer, {horizon}) }}, {milestones})", epochs);

    [Theory]
    [InlineData("20", "T_max: {0}")]
    [InlineData("33", "{0}")]
    [InlineData("7", "{0}")]
    public Task TheLastPartOfASequenceIsReportedAndMended(string horizon, string argument) => Verify.Fix(
        Sequence("{|WARM4007:" + string.Format(CultureInfo.InvariantCulture, argument, horizon) + "|}"), Sequence(string.Format(CultureInfo.InvariantCulture, argument, "35")));

    [Theory]
    [InlineData("20", DiagnosticSeverity.Warning, "the rate climbs back from step 25 on and ends at 0.854 of the base learning rate after 40")]
    [InlineData("7", DiagnosticSeverity.Info, "the rate runs up and down every 7 steps from step 5 on and ends at 0 of the base learning rate after 40")]
    public async Task TheEndOfASequenceIsThatOfARun(string horizon, DiagnosticSeverity severity, string effect)
    {
        var found = Assert.Single(await Findings.In(Sequence(horizon)));
        Assert.Equal("The horizon is not the length of the loop: " + effect, found.GetMessage());
        Assert.Equal(severity, found.Severity);

        var end = TrainingRun.LearningRates(Sequence(horizon, epochs: "41"))[40] / 0.1;
        Assert.Contains(" ends at " + Math.Round(end, 3).ToString(CultureInfo.InvariantCulture) + " of", effect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("35")]
    [InlineData("34")]
    [InlineData("int.Parse(\"20\")")]
    [InlineData("20", "new[] { int.Parse(\"5\") }")]
    [InlineData("20", "new[] { 5 }", "int.Parse(\"40\")")]
    public Task ASequenceThatFitsOrIsNotKnownIsSilent(string horizon, string milestones = "new[] { 5 }", string epochs = "40") => Verify.Silent(Sequence(horizon, milestones, epochs));

    [Fact]
    public async Task AMilestoneThatDoesNotFitIsTheMistake() => Assert.Equal("WARM4002", Assert.Single(await Findings.In(Sequence("35", "new[] { 3 }"))).Id);

    [Fact]
    public async Task AStepTooEarlyIsTheMistake()
    {
        var source = Program("lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 100)").Replace("for (", "scheduler.step();\n        for (", StringComparison.Ordinal);
        Assert.Equal("WARM3002", Assert.Single(await Findings.In(source)).Id);
    }

    [Fact]
    public Task TheSameSymbolIsSilent() => Verify.Silent(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, epochs)", "epochs").Replace(
            "public static void Main()", "public static void Main() => Train(int.Parse(\"3\"));\n\n    public static void Train(int epochs)", StringComparison.Ordinal));
}
