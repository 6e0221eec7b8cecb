using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class DecreasingWarmupTests
{
    private static string Named(string factor, string holder) =>
        FactorSource.Script(factor).Replace("var scheduler =", "var " + holder + " =", System.StringComparison.Ordinal)
            .Replace("scheduler.step()", holder + ".step()", System.StringComparison.Ordinal);

    [Theory]
    [InlineData("e => {|WARM1007:Math.Max(0.0, 1 - e / (double)warmupEpochs)|}", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("epoch => {|WARM1007:1.0 - 0.9 * Math.Min(epoch / (double)warmupEpochs, 1.0)|}", "epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => e < warmupEpochs ? {|WARM1007:1 - e / (double)warmupEpochs|} : 1.0", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => e < warmupEpochs ? {|WARM1007:(warmupEpochs - e) / (double)warmupEpochs|} : 1", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    public Task ADenominatorNamedForWarmupIsReportedAndMended(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("warmup")]
    [InlineData("warmUpScheduler")]
    [InlineData("warmup_lr")]
    [InlineData("rampUp")]
    public Task AVariableNamedForWarmupIsReportedAndMended(string holder) => Verify.Fix(
        Named("e => {|WARM1007:Math.Max(0.1, 1 - e / 5.0)|}", holder),
        Named("e => Math.Min((e + 1) / 5.0, 1.0)", holder));

    [Theory]
    [InlineData("Warmup", "static double Warmup(int step) => VALUE;")]
    [InlineData("e => LinearWarmup(e)", "static double LinearWarmup(int step) { return VALUE; }")]
    [InlineData("s_warmup", "static readonly Func<int, double> s_warmup = step => VALUE;")]
    [InlineData("Make()", "static Func<int, double> Make() { return Warmup; double Warmup(int step) => VALUE; }")]
    public async Task AFunctionNamedForWarmupIsReported(string factor, string member)
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script(factor, members: member.Replace("VALUE", "Math.Max(0.1, 1 - step / 4.0)", System.StringComparison.Ordinal))));
        Assert.Equal("WARM1007", found.Id);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal("The warmup decreases: the factor runs 1, 0.75, 0.5, 0.25, 0.1, 0.1, … █▆▅▃▂▂▂", found.GetMessage());
    }

    [Theory]
    [InlineData("afterWarmup")]
    [InlineData("postWarmup")]
    [InlineData("warmedUp")]
    [InlineData("decay")]
    [InlineData("warmupThenDecay")]
    [InlineData("scheduler")]
    public async Task WhatComesAfterIsSilent(string holder) =>
        Assert.Empty(await Findings.In(Named("e => Math.Max(0.1, 1 - e / 5.0)", holder)));

    [Theory]
    [InlineData("e => 1 - e / (double)(total - warmupEpochs)")]
    [InlineData("e => Math.Max(0.0, 1 - e / (double)total)")]
    [InlineData("e => e < warmupEpochs ? (e + 1) / (double)warmupEpochs : Math.Pow(0.9, e - warmupEpochs)")]
    [InlineData("e => e < warmupEpochs ? 1.0 : Math.Pow(0.9, e - warmupEpochs)")]
    [InlineData("e => 1 / Math.Sqrt(1 + e / (double)warmupEpochs)")]
    [InlineData("e => Math.Pow(Math.Max(e, warmupEpochs) / (double)warmupEpochs, -0.5)")]
    [InlineData("e => e < none ? 1 - e / (double)none : Math.Max(0.01, 1 - e / 50.0)")]
    [InlineData("e => Math.Max(0.0, 1 - e / (double)Unknown(warmupEpochs))", "static int Unknown(int n) => Random.Shared.Next(n);")]
    public async Task RightSchedulesAreSilent(string factor, string members = "") => Assert.DoesNotContain(
        await Findings.In(FactorSource.Script(factor, "int warmupEpochs = 5, total = 50; const int none = 0;", members)), found => found.Id == "WARM1007");

    [Theory]
    [InlineData("e => e < warmupSteps ? (e + 1.0) / warmupSteps : Math.Max(0.0, 1 - e / 50.0)", "const int warmupSteps = 0;")]
    [InlineData("Warmup", "const int warmupSteps = 0; double Warmup(int e) => e < warmupSteps ? (e + 1.0) / warmupSteps : Math.Max(0.0, 1 - e / 50.0);")]
    public async Task AWarmupThatIsSwitchedOffIsSilent(string factor, string before) => Assert.Empty(await Findings.In(FactorSource.Script(factor, before)));

    [Theory]
    [InlineData("useWarmup ? Math.Min(1.0, (e + 1) / 5.0) : Math.Max(0.0, 1 - e / 50.0)", "bool useWarmup = Console.Read() > 0;")]
    [InlineData("warmup is { } n ? Math.Min(1.0, (e + 1.0) / n) : Math.Max(0.0, 1 - e / 50.0)", "int? warmup = Console.Read() > 0 ? 5 : null;")]
    [InlineData("on && e < warmupSteps ? (e + 1.0) / warmupSteps : 0.5 * (1 + Math.Cos(Math.PI * e / 50))", "const bool on = false; const int warmupSteps = 5;")]
    [InlineData("on && e < warmupSteps ? (e + 1.0) / warmupSteps : Math.Max(0.0, 1 - e / 50.0)", "const bool on = false; const int warmupSteps = 5;")]
    public async Task ASwitchThatTurnsTheWarmupOffIsSilent(string value, string before) =>
        Assert.Empty(await Findings.In(FactorSource.Script("WarmupFactor", before + " double WarmupFactor(int e) => " + value + ";")));

    [Fact]
    public async Task AnOpenLengthIsNamedInTheMessage()
    {
        var source = FactorSource.Script("Warmup", "int n = Console.Read(); double Warmup(int e) => Math.Max(0.0, 1 - e / (double)n);");
        Assert.Equal(
            "The warmup decreases: the factor runs 1, 0.8, 0.6, 0.4, 0.2, 0, … █▇▅▄▂▁▁ (with n = 5)",
            Assert.Single(await Findings.In(source)).GetMessage());
    }
}
