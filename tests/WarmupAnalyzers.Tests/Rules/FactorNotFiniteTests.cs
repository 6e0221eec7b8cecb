using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class FactorNotFiniteTests
{
    [Theory]
    [InlineData("e => {|WARM1005:1.0 / e|}", "e => 1.0 / (e + 1)")]
    [InlineData("k => {|WARM1005:Math.Pow(k, -0.5)|}", "k => Math.Pow(k + 1, -0.5)")]
    [InlineData("e => {|WARM1005:1 / Math.Sqrt(e)|}", "e => 1 / Math.Sqrt(e + 1)")]
    [InlineData("e => Math.Max(0.1, {|WARM1005:Math.Pow(e, -0.5)|})", "e => Math.Max(0.1, Math.Pow(e + 1, -0.5))")]
    [InlineData("e => {|WARM1005:Math.Sin(e) / e|}", "e => Math.Max(0.0, Math.Sin(e + 1) / (e + 1))")]
    [InlineData("e => { /* decay */ double rate = {|WARM1005:5.0 / e|}; return rate; }", "e => { /* decay */ double rate = 5.0 / (e + 1); return rate; }")]
    [InlineData("e => {|WARM1005:Math.Min(1, e / 5.0) * Math.Pow(e, -0.5)|}", "e => Math.Min(1, (e + 1) / 5.0) * Math.Pow(e + 1, -0.5)")]
    public Task TheIndexIsCountedFromOne(string factor, string mended) => Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("e => {|WARM1005:(e + 1) / (double)warmupEpochs|} - 0.5", "e => Math.Min((e + 1) / (double)Math.Max(1, warmupEpochs) - 0.5, 1.0)")]
    [InlineData("e => Math.Min(1.0, {|WARM1005:e / (double)warmupEpochs|})", "e => Math.Min(1.0, (e + 1) / (double)Math.Max(1, warmupEpochs))")]
    [InlineData("e => Math.Sqrt({|WARM1005:(e + 1.0) / warmupEpochs|}) / 2", "e => Math.Min(Math.Sqrt((e + 1.0) / Math.Max(1, warmupEpochs)) / 2, 1.0)")]
    public Task ADenominatorIsAtLeastOne(string factor, string mended) => Verify.Fix(
        FactorSource.Script(factor, "const int warmupEpochs = 0;"), FactorSource.Script(mended, "const int warmupEpochs = 0;"));

    [Theory]
    [InlineData("e => {|WARM1005:Math.Log(e)|}")]
    [InlineData("e => {|WARM1005:e / 0.0|}")]
    [InlineData("e => {|WARM1005:1.0 / (10 - e)|}")]
    [InlineData("e => {|WARM1005:e * 1e308 * 1e308|}")]
    [InlineData("e => {|WARM1005:Math.Sqrt(9 - e)|}")]
    [InlineData("e => {|WARM1005:double.NaN|}")]
    public Task WithoutAFix(string factor) => Verify.NoFix(FactorSource.Script(factor));

    [Theory]
    [InlineData("static double Decay(int epoch) => VALUE;")]
    [InlineData("static double Decay(int epoch) { return VALUE; }")]
    [InlineData("static readonly Func<int, double> Decay = epoch => VALUE;")]
    public Task Members(string member) => Verify.Fix(
        FactorSource.Script("Decay", members: member.Replace("VALUE", "{|WARM1005:1.0 / epoch|}", System.StringComparison.Ordinal)),
        FactorSource.Script("Decay", members: member.Replace("VALUE", "1.0 / (epoch + 1)", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { FACTOR, k => 1.0 })")]
    public Task Schedulers(string scheduler) => Verify.Fix(
        FactorSource.Script("epoch => {|WARM1005:1.0 / epoch|}", scheduler: scheduler),
        FactorSource.Script("epoch => 1.0 / (epoch + 1)", scheduler: scheduler));

    [Theory]
    [InlineData("e => Math.Min((e + 1) / (double)n, 1)", "int n = int.Parse(Console.ReadLine()!);")]
    [InlineData("e => Math.Min(1.0, 5.0 / e)")]
    [InlineData("e => 1.0 / Math.Max(1, e)")]
    [InlineData("e => 1.0 / (30 - e)")]
    [InlineData("e => 1.0 / (20 - e)")]
    [InlineData("e => e == 0 ? 1.0 : 1.0 / e")]
    [InlineData("e => 1.0 / (e + 1)")]
    [InlineData("e => Source() / e", "static double Source() => Random.Shared.NextDouble();")]
    public async Task Silent(string factor, string before = "") => Assert.Empty(await Findings.In(FactorSource.Script(factor, before)));

    [Fact]
    public async Task AStepAtTheTopNeverTrainsWithIt() => Assert.DoesNotContain("WARM1005", (await Findings.In(
        FactorSource.Script("e => 1.0 / e").Replace("optimizer.zero_grad();", "scheduler.step(); optimizer.zero_grad();").Replace("            scheduler.step();\n", "\n"))).Select(found => found.Id));

    [Fact]
    public async Task NoamIsZeroAndNotInfinite() => Assert.Equal("WARM1001", Assert.Single(await Findings.In(
        FactorSource.Script("e => Math.Min(Math.Pow(e, -0.5), e * Math.Pow(40, -1.5))"))).Id);

    [Fact]
    public async Task ABranchIsNamed()
    {
        var report = Assert.Single(await Findings.In(FactorSource.Script(
            "e => Math.Min(e / (double)(warmup ?? 0), 1.0)", "int? warmup = args.Length > 0 ? int.Parse(args[0]) : null;").Replace("Main()", "Main(string[] args)")));
        Assert.Equal("WARM1005", report.Id);
        Assert.EndsWith(" when warmup is null", report.GetMessage());
    }

    [Theory]
    [InlineData("e => 1.0 / e", "The factor is not finite at the first step, where it is ∞: it runs ∞, 1, 0.5, 0.333, 0.25, 0.2, … ██▅▃▃▂▂")]
    [InlineData("e => 1.0 / (4 - e)", "The factor is not finite at step 5, where it is ∞: it runs 0.25, 0.333, 0.5, 1, ∞, -1, … ")]
    public async Task TheNumbersAreThoseOfARun(string factor, string message)
    {
        var report = (await Findings.In(FactorSource.Script(factor))).First();
        Assert.StartsWith(message, report.GetMessage());
        var rates = TrainingRun.LearningRates(FactorSource.Script(factor));
        Assert.Contains(rates, double.IsInfinity);
    }
}
