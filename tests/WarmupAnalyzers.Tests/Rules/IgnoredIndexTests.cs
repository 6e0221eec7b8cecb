using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class IgnoredIndexTests
{
    private const string Ramp = "_ => Math.Min((epoch + 1) / 5.0, 1.0)";
    private const string CountedInTheHeader = "for (epoch = 0; epoch < 20; epoch++) { TRAIN scheduler.step(); }";
    private const string CountedBehindTheStep = "while (epoch < 20) { TRAIN scheduler.step(); epoch++; }";
    private const string CountedBeforeTheStep = "while (epoch < 20) { TRAIN epoch++; scheduler.step(); }";
    private const string SteppedAtTheTop = "for (epoch = 0; epoch < 20; epoch++) { scheduler.step(); TRAIN }";

    /// <summary>A training with a loop of its own, whose counter is declared before the scheduler.</summary>
    private static string Training(string factor, string loop, string before = "int epoch = 0;", string members = "") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        public static class Program
        {
            public static void Main()
            {
                {{before}}
                using var model = Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 1.0);
                var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, {{factor}});
                {{loop.Replace("TRAIN", "optimizer.zero_grad();\nusing var loss = model.forward(ones(1, 4)).mean();\nloss.backward();\noptimizer.step();", System.StringComparison.Ordinal)}}
            }

            {{members}}
        }
        """;

    private static DiagnosticResult Expected(DiagnosticSeverity severity) =>
        Verify.Diagnostic("WARM1010", 0, severity).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);

    private static async Task<Diagnostic> Report(string source) => Assert.Single((await Findings.In(source)).Where(found => found.Id.StartsWith("WARM1", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData(CountedInTheHeader)]
    [InlineData(CountedBehindTheStep)]
    [InlineData("for (epoch = 0; epoch <= 20; ++epoch) { TRAIN scheduler.step(); }")]
    [InlineData("for (int i = 0; i < 20; i++) { TRAIN scheduler.step(); epoch += 1; }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { TRAIN if (Console.Read() > 0) break; scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { for (int i = 0; i < 3; i++) { if (i == 1) continue; TRAIN } scheduler.step(); }")]
    [InlineData("do { TRAIN scheduler.step(); epoch++; } while (epoch < 20);")]
    public async Task ACurveThatLagsIsAWarning(string loop)
    {
        var found = await Report(Training(Ramp, loop));
        Assert.Equal("WARM1010", found.Id);
        Assert.Equal(DiagnosticSeverity.Warning, found.Severity);
        Assert.Equal(DiagnosticSeverity.Info, found.DefaultSeverity);
        Assert.Equal(
            "The factor does not depend on its argument: it reads 'epoch', which has the value of the moment when TorchSharp calls the function: "
            + "training runs with 0.2, 0.2, 0.4, 0.6, 0.8, 1, … ▂▂▄▅▇██ instead of 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇███",
            found.GetMessage());
    }

    /// <summary>What the user says of the rule holds for the warning too.</summary>
    [Theory]
    [InlineData(ReportDiagnostic.Default, DiagnosticSeverity.Warning)]
    [InlineData(ReportDiagnostic.Info, DiagnosticSeverity.Info)]
    [InlineData(ReportDiagnostic.Error, DiagnosticSeverity.Error)]
    [InlineData(ReportDiagnostic.Suppress, null)]
    public async Task TheConfiguredSeverityWins(ReportDiagnostic configured, DiagnosticSeverity? severity)
    {
        var compilation = Findings.Compile(Training(Ramp, CountedInTheHeader));
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Configured("WARM1010", configured)));
        Assert.Equal(severity, (await Findings.In(compilation)).SingleOrDefault()?.Severity);
    }

    /// <summary>The numbers of the message are those of a run.</summary>
    [Theory]
    [InlineData(CountedInTheHeader, "0.2, 0.2, 0.4, 0.6, 0.8, 1, …")]
    [InlineData(CountedBehindTheStep, "0.2, 0.2, 0.4, 0.6, 0.8, 1, …")]
    [InlineData(CountedBeforeTheStep, "0.2, 0.4, 0.6, 0.8, 1, 1, …")]
    [InlineData(SteppedAtTheTop, "0.2, 0.4, 0.6, 0.8, 1, 1, …")]
    public void ARunTrainsWithTheseRates(string loop, string rates) =>
        Assert.Equal(rates, CurveText.Numbers(TrainingRun.LearningRates(Training(Ramp, loop))));

    [Theory]
    [InlineData(CountedBeforeTheStep)]
    [InlineData(SteppedAtTheTop)]
    [InlineData("while (epoch < 20) { epoch++; scheduler.step(); TRAIN }")]
    [InlineData("for (epoch = 1; epoch <= 20; epoch++) { TRAIN scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { TRAIN if (epoch > 3) scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { TRAIN if (epoch > 3) continue; scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { for (int i = 0; i < 3; i++) { TRAIN scheduler.step(); } }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { TRAIN scheduler.step(); if (epoch == 4) epoch = 6; }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch += 2) { TRAIN scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 1; epoch++) { TRAIN scheduler.step(); }")]
    [InlineData("for (epoch = 0; epoch < 20; epoch++) { TRAIN Step(scheduler); }", "static void Step(torch.optim.lr_scheduler.LRScheduler scheduler) => scheduler.step();")]
    public async Task WhatIsNotProvablyAnotherCurveIsInfo(string loop, string members = "")
    {
        var found = await Report(Training(Ramp, loop, members: members));
        Assert.Equal("WARM1010", found.Id);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Theory]
    [InlineData("_ => Ramp()", "static double Ramp() => Math.Min((s_epoch + 1) / 5.0, 1.0);")]
    [InlineData("e => Math.Min((s_epoch + 1) / 5.0, 1.0)")]
    [InlineData("delegate (int step) { return Math.Min((s_epoch + 1) / 5.0, 1.0); }")]
    [InlineData("Ramp", "static double Ramp(int step) => Math.Min((s_epoch + 1) / 5.0, 1.0);")]
    [InlineData("Ramp", "static double Ramp(int step) { return Math.Min((s_epoch + 1) / 5.0, 1.0); }")]
    [InlineData("Make()", "static Func<int, double> Make() => _ => Math.Min((s_epoch + 1) / 5.0, 1.0);")]
    public async Task AFieldIsReported(string factor, string members = "")
    {
        var loop = "for (int i = 0; i < 20; i++) { TRAIN s_epoch++; scheduler.step(); }";
        Assert.Equal("WARM1010", (await Report(Training(factor, loop, "", "private static int s_epoch; " + members))).Id);
    }

    [Theory]
    [InlineData("_ => 1.0")]
    [InlineData("_ => 0.5 * length")]
    [InlineData("_ => length > 3 ? 1.0 : 0.5")]
    [InlineData("_ => { Console.WriteLine(epoch); return 1.0; }")]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => e == 0 ? 0.5 : epoch / 5.0")]
    [InlineData("e => Scaled(e, epoch)")]
    [InlineData("_ => Random.Shared.NextDouble()")]
    public async Task WhatDoesNotReadACounterIsSilent(string factor) => Assert.Empty(await Findings.In(Training(
        factor, CountedInTheHeader, "int epoch = 0; int length = 5; length *= 2;", "static double Scaled(int e, int epoch) => Random.Shared.Next(e) + epoch + 1;")));

    [Fact]
    public async Task OneSchedulePerStageIsSilent() => Assert.Empty(await Findings.In("""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        using var model = Linear(4, 1);
        for (int stage = 0; stage < 3; stage++)
        {
            var optimizer = torch.optim.SGD(model.parameters(), 0.1);
            var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, _ => 1.0 / (stage + 1));
            for (int epoch = 0; epoch < 20; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """));

    [Theory]
    [InlineData("_ => Math.Min(({|#0:epoch|} + 1) / 5.0, 1.0)", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("e => Math.Min(({|#0:epoch|} + 1) / 5.0, 1.0)", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("(int _) => { return Math.Min(({|#0:epoch|} + 1) / 5.0, 1.0); }", "(int k) => { return Math.Min((k + 1) / 5.0, 1.0); }")]
    [InlineData("_ => Math.Min({|#0:epoch|} / 5.0, 1.0)", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("_ => {|#0:epoch|} < 5 ? (epoch + 1) / 5.0 : Math.Pow(0.9, epoch - 4)", "k => k < 5 ? (k + 1) / 5.0 : Math.Pow(0.9, k - 4)")]
    public Task TheIndexTakesTheCountersPlace(string factor, string mended) => Verify.Fix(
        Training(factor, CountedInTheHeader), Training(mended, CountedInTheHeader), Expected(DiagnosticSeverity.Warning));

    [Fact]
    public Task InAnAsyncMethodOfAClassToo()
    {
        static string Source(string factor) => $$"""
            using System;
            using System.Threading.Tasks;
            using TorchSharp;
            using static TorchSharp.torch.optim;

            public sealed class Trainer
            {
                private int _epoch;

                public static void Main() { }

                public async Task FitAsync(torch.nn.Module model)
                {
                    var optimizer = Adam(model.parameters(), 0.01);
                    var scheduler = lr_scheduler.LambdaLR(lr_lambda: {{factor}}, optimizer: optimizer);
                    while (_epoch < 20)
                    {
                        optimizer.step();
                        await Task.Yield();
                        this._epoch++;
                        scheduler.step();
                    }
                }
            }
            """;
        return Verify.Fix(
            Source("_ => Math.Min(({|WARM1010:this._epoch|} + 1) / 5.0, 1.0) /* ramp */"),
            Source("k => Math.Min((k + 1) / 5.0, 1.0) /* ramp */"));
    }

    [Fact]
    public Task ANameThatIsTakenIsNotUsed() => Verify.Fix(
        Training("_ => Math.Min(({|#0:epoch|} + 1) / 5.0, 1.0)", CountedBeforeTheStep, "int epoch = 0; int k = 1, step = 2; Console.WriteLine(k + step);"),
        Training("index => Math.Min((index + 1) / 5.0, 1.0)", CountedBeforeTheStep, "int epoch = 0; int k = 1, step = 2; Console.WriteLine(k + step);"),
        Expected(DiagnosticSeverity.Info));

    [Fact]
    public Task ACounterFromOneIsTheNextIndex() => Verify.Fix(
        Training("_ => Math.Min({|#0:epoch|} / 5.0, 1.0)", CountedBeforeTheStep, "int epoch = 1;"),
        Training("k => Math.Min((k + 1) / 5.0, 1.0)", CountedBeforeTheStep, "int epoch = 1;"),
        Expected(DiagnosticSeverity.Info));

    [Theory]
    [InlineData("var scale = 1.0;", "_ => {|WARM1010:scale|}", "for (int i = 0; i < 20; i++) { TRAIN if (i > 5) scale *= 0.9; scheduler.step(); }")]
    [InlineData("int step = 0;", "_ => Math.Min(({|WARM1010:step|} + 1) / 100.0, 1.0)", "for (int i = 0; i < 20; i++) { TRAIN step += 32; scheduler.step(); }")]
    public Task WhatDoesNotCountByOneHasNoFix(string before, string factor, string loop) => Verify.NoFix(Training(factor, loop, before));

    [Fact]
    public Task ACounterOfAnotherMethodHasNoFix() => Verify.NoFix(
        Training("_ => Ramp()", "for (int i = 0; i < 20; i++) { TRAIN s_epoch++; scheduler.step(); }", "", "private static int s_epoch; static double Ramp() => Math.Min(({|WARM1010:s_epoch|} + 1) / 5.0, 1.0);"));

    /// <summary>A rule's severity in an <c>.editorconfig</c>.</summary>
    private sealed class Configured(string id, ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic found) =>
            (found = severity) != ReportDiagnostic.Default && diagnosticId == id;

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic found)
        {
            found = ReportDiagnostic.Default;
            return false;
        }
    }

    [Theory]
    [InlineData("_ => Math.Min(epoch /, 1.0)")]
    [InlineData("_ => Math.Min((epch + 1) / 5.0, 1.0)")]
    [InlineData("_ => epoch +")]
    public async Task HalfTypedCodeIsSilent(string factor) => Assert.Empty(await Findings.In(Training(factor, CountedInTheHeader), mustCompile: false));
}
