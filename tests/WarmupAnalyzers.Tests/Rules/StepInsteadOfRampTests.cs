using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;
using VerifySafe = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class StepInsteadOfRampTests
{
    private const string List = "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)";

    [Theory]
    [InlineData("e => e < warmupEpochs ? {|WARM1008:0.1|} : 1.0", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("epoch => epoch >= 5 ? 1 : {|WARM1008:0.1|}", "epoch => Math.Min((epoch + 1) / 5.0, 1.0)")]
    [InlineData("e => 5 > e ? {|WARM1008:0.01|} : 1.0", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => e switch { < 5 => {|WARM1008:0.1|}, _ => 1.0 }", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("(int e) => { return e < 5 ? {|WARM1008:0.1|} : 1.0; }", "(int e) => { return Math.Min((e + 1) / 5.0, 1.0); }")]
    [InlineData("delegate (int e) { return e <= 4 ? {|WARM1008:0.1|} : 1.0; }", "delegate (int e) { return Math.Min((e + 1) / 5.0, 1.0); }")]
    public Task IsReportedAndMended(string factor, string mended) => Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("e => { if (e < 5) return {|WARM1008:0.1|}; return 1.0; }")]
    [InlineData("e => /* slow */ e < 5 ? {|WARM1008:0.1|} /* low */ : 1.0")]
    public Task StatementsAndCommentsHaveNoFix(string factor) => Verify.NoFix(FactorSource.Script(factor));

    [Fact]
    public Task ThereIsNoSafeFix() => VerifySafe.NoFix(FactorSource.Script("e => e < 5 ? {|WARM1008:0.1|} : 1.0"));

    [Theory]
    [InlineData("static double Warmup(int epoch) => VALUE;")]
    [InlineData("static double Warmup(int epoch) { return VALUE; }")]
    [InlineData("static Func<int, double> Warmup = epoch => VALUE;")]
    [InlineData("static Func<int, double> Warmup => epoch => VALUE;")]
    public Task Members(string member) => Verify.Fix(
        FactorSource.Script("Warmup", members: member.Replace("VALUE", "epoch < 5 ? {|WARM1008:0.1|} : 1.0", System.StringComparison.Ordinal)),
        FactorSource.Script("Warmup", members: member.Replace("VALUE", "Math.Min((epoch + 1) / 5.0, 1.0)", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("double Warmup(int epoch) => VALUE;")]
    [InlineData("Func<int, double> Warmup = epoch => VALUE;")]
    public Task Locals(string local) => Verify.Fix(
        FactorSource.Script("Warmup", local.Replace("VALUE", "epoch < 5 ? {|WARM1008:0.1|} : 1.0", System.StringComparison.Ordinal)),
        FactorSource.Script("Warmup", local.Replace("VALUE", "Math.Min((epoch + 1) / 5.0, 1.0)", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR])")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")]
    public Task Schedulers(string scheduler) => Verify.Fix(
        FactorSource.Script("e => e < 5 ? {|WARM1008:0.1|} : 1.0", scheduler: scheduler),
        FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1.0)", scheduler: scheduler));

    [Theory]
    [InlineData("e => e < 5 ? 0.1 : 1.0", "int x = 0;", "the factor runs 0.1, 0.1, 0.1, 0.1, 0.1, 1, … ▂▂▂▂▂██, so the learning rate becomes 10 times as large at once after 5 steps")]
    [InlineData("e => e < x ? 0.5 : 1.0", "int x = Console.Read();", "the factor runs 0.5, 0.5, 0.5, 0.5, 0.5, 1, … ▅▅▅▅▅██, so the learning rate becomes 2 times as large at once after x steps (with x = 5)")]
    [InlineData("e => e < 2 * x ? 0.5 : 1.0", "int x = Console.Read();", "after the first steps (with x = 5)")]
    public async Task TheMessageShowsTheCurve(string factor, string before, string text)
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script(factor, before)));
        Assert.Equal("WARM1008", found.Id);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Contains(text, found.GetMessage());
    }

    [Theory]
    [InlineData("e => fast ? e < 5 ? 0.1 : 1.0 : Math.Min(e / 5.0, 1.0)")]
    [InlineData("e => fast ? Math.Min(e / 5.0, 1.0) : e < 5 ? 0.1 : 1.0")]
    public async Task AWorseMistakeInAnotherBranchIsReportedFirst(string factor) =>
        Assert.Equal("WARM1001", Assert.Single(await Findings.In(FactorSource.Script(factor, "bool fast = Console.Read() > 0;"))).Id);

    [Theory]
    [InlineData("e => e == 0 ? 1e-3 : 1.0")]
    [InlineData("e => e < 1 ? 0.1 : 1.0")]
    [InlineData("e => e < 30 ? 1.0 : 0.1")]
    [InlineData("e => e < 5 ? 0.1 : e < 10 ? 0.5 : 1.0")]
    [InlineData("e => e < 5 ? 0.1 : 0.5")]
    [InlineData("e => e < 5 ? 0.1 : 1.0 - 0.001 * Math.Min(e, 10)")]
    [InlineData("e => e % 10 < 5 ? 0.1 : 1.0")]
    [InlineData("e => new[] { 0.1, 0.1, 1.0 }[Math.Min(e, 2)]")]
    [InlineData("e => fast ? 1.0 : 0.1")]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => e < limit() ? 0.1 : 1.0")]
    public async Task OtherCurvesAreSilent(string factor) =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor, "bool fast = Console.Read() > 0; int limit() => Random.Shared.Next();")));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.ConstantLR(optimizer, 0.1, 5)")]
    [InlineData("torch.optim.lr_scheduler.ConstantLR(optimizer, factor: 0.1, total_iters: 5)")]
    public async Task ConstantLRIsSilent(string scheduler) => Assert.Empty(await Findings.In(FactorSource.Script("", scheduler: scheduler)));

    [Theory]
    [InlineData("[e => e < 5 ? 0.1 : 1.0, e => 1.0]")]
    [InlineData("[e => 1.0, e => e < 5 ? 0.1 : 1.0]")]
    public async Task AGroupThatIsHeldBackBesideAnotherIsSilent(string factors) =>
        Assert.Empty(await Findings.In(FactorSource.WithTwoGroups(FactorSource.Script(factors, scheduler: List))));

    [Fact]
    public async Task AllGroupsAtOnceAreReportedEach() =>
        Assert.Equal(2, (await Findings.In(FactorSource.WithTwoGroups(FactorSource.Script("[e => e < 5 ? 0.1 : 1.0, e => e < 5 ? 0.2 : 1.0]", scheduler: List)))).Length);

    [Theory]
    [InlineData("e => e < 5 ? 0.1 :")]
    [InlineData("e => e < warm ? 0.1 : 1.0")]
    [InlineData("e => e < ? 0.1 : 1.0")]
    public async Task HalfTypedCodeIsSilent(string factor) => Assert.Empty(await Findings.In(FactorSource.Script(factor), mustCompile: false));
}
