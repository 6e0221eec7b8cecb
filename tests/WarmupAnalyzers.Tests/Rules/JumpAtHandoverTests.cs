using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class JumpAtHandoverTests
{
    private const string Settings = "const int warmup = 10; const int total = 30;";

    [Theory]
    [InlineData(
        "e => e < warmup ? (e + 1) / (double)warmup : {|WARM1009:0.5 * (1 + Math.Cos(Math.PI * e / total))|}",
        "e => e < warmup ? (e + 1) / (double)warmup : 0.5 * (1 + Math.Cos(Math.PI * (e - warmup) / (total - warmup)))")]
    [InlineData(
        "e => { if (e < warmup) return (e + 1.0) / warmup; return {|WARM1009:1 - e / (double)total|}; }",
        "e => { if (e < warmup) return (e + 1.0) / warmup; return 1 - (e - warmup) / (double)(total - warmup); }")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : {|WARM1009:Math.Pow(0.95, e)|}", "e => e < 10 ? (e + 1) / 10.0 : Math.Pow(0.95, e - 10)")]
    [InlineData("e => e >= 10 ? {|WARM1009:Math.Pow(0.95, e)|} : (e + 1) / 10.0", "e => e >= 10 ? Math.Pow(0.95, e - 10) : (e + 1) / 10.0")]
    [InlineData(
        "e => e switch { < 10 => (e + 1) / 10.0, _ => {|WARM1009:Math.Exp(-0.05 * e)|} }",
        "e => e switch { < 10 => (e + 1) / 10.0, _ => Math.Exp(-0.05 * (e - 10)) }")]
    [InlineData(
        "e => e <= 9 ? (e + 1) / 10.0 : /* half */ {|WARM1009:0.5 * (1 + Math.Cos(Math.PI * e /* index */ / 30.0))|} /* wave */",
        "e => e <= 9 ? (e + 1) / 10.0 : /* half */ 0.5 * (1 + Math.Cos(Math.PI * (e - 10) /* index */ / 20.0)) /* wave */")]
    [InlineData(
        "e => { switch (e) { case < warmup: return (e + 1) / 10.0; default: return {|WARM1009:1 - e / (double)(total + 0)|}; } }",
        "e => { switch (e) { case < warmup: return (e + 1) / 10.0; default: return 1 - (e - 10) / (double)(total + 0); } }")]
    public Task IsReportedAndMended(string factor, string mended) => Verify.Fix(FactorSource.Script(factor, Settings), FactorSource.Script(mended, Settings));

    [Theory]
    [InlineData("Factor", "static double Factor(int step) => VALUE;")]
    [InlineData("Factor", "static double Factor(int step) { return VALUE; }")]
    [InlineData("Factor", "static readonly Func<int, double> Factor = step => VALUE;")]
    [InlineData("s => Factor(s)", "static double Factor(int step) => VALUE;", false)]
    public async Task OtherSpellingsAreReported(string factor, string member, bool isMended = true)
    {
        string Source(string decay) => FactorSource.Script(factor, members: member.Replace("VALUE", "step < 10 ? (step + 1) / 10.0 : " + decay, System.StringComparison.Ordinal));
        var reported = Source("{|WARM1009:Math.Pow(0.95, step)|}");
        await (isMended ? Verify.Fix(reported, Source("Math.Pow(0.95, step - 10)")) : Verify.NoFix(reported));
    }

    [Fact]
    public Task AFunctionWithAnotherCallerIsNotEdited() => Verify.NoFix(FactorSource.Script(
        "Factor", members: "static double Factor(int step) => step < 10 ? (step + 1) / 10.0 : {|WARM1009:Math.Pow(0.95, step)|}; static double Other() => Factor(3);"));

    [Fact]
    public async Task TheMessageShowsTheCurveRoundTheJump()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("e => e < 10 ? (e + 1) / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * e / 30))")));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal(
            "The curve jumps where warmup hands over to decay: from 1 to 0.75 at index 10, where the factor runs 0.8, 0.9, 1, 0.75, 0.703, 0.655 ▇▇█▆▆▆",
            found.GetMessage());
    }

    [Fact]
    public Task ARampThatStopsShortHasNoFix() =>
        Verify.NoFix(FactorSource.Script("e => e < 5 ? 0.1 * (e + 1) : {|WARM1009:Math.Pow(0.9, e - 5)|}"));

    [Theory]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * (e - 10) / 20))")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * e / 200))")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : Math.Pow(0.95, e)")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : Math.Pow(0.1, e / 10)")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : e < 20 ? 0.5 : 0.1")]
    [InlineData("e => e < 5 ? 0.1 * (e + 1) : 1.0")]
    [InlineData("e => e < 10 ? Math.Pow(2, e - 9) : Math.Pow(0.95, e - 10)")]
    [InlineData("e => Math.Min((e + 1) / 10.0, 1.0)")]
    [InlineData("e => 0.5 * (1 + Math.Cos(Math.PI * e / 30))")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : Unknown(e)")]
    public async Task OtherCurvesAreSilent(string factor) =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor, members: "static double Unknown(int e) => Random.Shared.NextDouble();")));

    [Fact]
    public async Task SymbolicLengthsAreSilent() => Assert.Empty(await Findings.In(FactorSource.Script(
        "e => e < warmup ? (e + 1) / (double)warmup : 0.5 * (1 + Math.Cos(Math.PI * e / total))", "int warmup = Console.Read(), total = Console.Read();")));

    [Fact]
    public async Task ALongWarmupIsLookedAtWhereItEnds() => Assert.Equal("WARM1009", Assert.Single(await Findings.In(FactorSource.Script(
        "e => e < 4000 ? (e + 1) / 4000.0 : 0.5 * (1 + Math.Cos(Math.PI * e / 20000))"))).Id);

    [Fact]
    public async Task AnotherMistakeInTheSameFunctionNamesIt()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("e => e < 10 ? e / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * e / 30))")));
        Assert.Equal("WARM1001", found.Id);
        Assert.EndsWith("; also, the curve jumps at index 10 (WARM1009)", found.GetMessage());
    }

    [Theory]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * e /")]
    [InlineData("e => e < 10 ? (e + 1) / 10.0 : 0.5 * (1 + Math.Cos(Math.PI * e / horizon))")]
    public async Task HalfTypedCodeIsSilent(string factor) => Assert.Empty(await Findings.In(FactorSource.Script(factor), mustCompile: false));
}
