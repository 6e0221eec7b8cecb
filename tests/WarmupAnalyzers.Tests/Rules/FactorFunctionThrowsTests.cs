using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;
using VerifyReview = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class FactorFunctionThrowsTests
{
    [Theory]
    [InlineData("double[] table = { 0.2, 0.6, 1 };", "e => {|WARM1012:table[e]|}", "e => table[Math.Min(e, table.Length - 1)]")]
    [InlineData("double[] table = { 0.2, 0.6, 1 };", "e => {|WARM1012:table[e + 1]|}", "e => table[Math.Min(e + 1, table.Length - 1)]")]
    [InlineData("double[] table = { 0.2, 0.6, 1 };", "e => { return /* the table */ {|WARM1012:table[e]|}; }", "e => { return /* the table */ table[Math.Min(e, table.Length - 1)]; }")]
    [InlineData("var table = new List<double> { 0.2, 0.6, 1 };", "e => {|WARM1012:table[e]|}", "e => table[Math.Min(e, table.Count - 1)]")]
    [InlineData("IReadOnlyList<double> table = [0.2, 0.6, 1];", "e => {|WARM1012:table[e]|}", "e => table[Math.Min(e, table.Count - 1)]")]
    public async Task ATableThatEndsIsMendedAfterReview(string before, string factor, string mended)
    {
        await VerifyReview.Fix(FactorSource.Script(factor, before), FactorSource.Script(mended, before));
        await Verify.NoFix(FactorSource.Script(factor, before));
    }

    [Fact]
    public Task AMembersTable() => VerifyReview.Fix(
        FactorSource.Script("Level", members: "static readonly double[] s_table = [0.2, 0.6, 1]; static double Level(int epoch) => {|WARM1012:s_table[epoch]|};"),
        FactorSource.Script("Level", members: "static readonly double[] s_table = [0.2, 0.6, 1]; static double Level(int epoch) => s_table[Math.Min(epoch, s_table.Length - 1)];"));

    [Theory]
    [InlineData("e => {|WARM1012:e / zero|}")]
    [InlineData("e => {|WARM1012:10 % zero|}")]
    [InlineData("e => {|WARM1012:1 / e|}")]
    [InlineData("e => {|WARM1012:throw new InvalidOperationException()|}")]
    [InlineData("e => {|WARM1012:throw new NotSupportedException()|}")]
    [InlineData("e => { if (e > 3) {|WARM1012:throw new InvalidOperationException();|} return 1; }")]
    [InlineData("e => {|WARM1012:Math.Clamp(e, 5, 1)|}")]
    public async Task WithoutAFix(string factor)
    {
        await Verify.NoFix(FactorSource.Script(factor, members: "static readonly int zero = 0;"));
        await VerifyReview.NoFix(FactorSource.Script(factor, members: "static readonly int zero = 0;"));
    }

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new List<Func<int, double>> { FACTOR, k => 1.0 })")]
    public Task Schedulers(string scheduler) => Verify.NoFix(
        FactorSource.Script("epoch => {|WARM1012:1 / epoch|}", scheduler: scheduler));

    [Theory]
    [InlineData("e => table[Math.Min(e, 2)]", "double[] table = { 0.2, 0.6, 1 };")]
    [InlineData("e => table[e]", "var table = new double[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };")]
    [InlineData("e => table[e]", "double[] table = Console.ReadLine()!.Split(',').Select(double.Parse).ToArray();")]
    [InlineData("e => e < table.Length ? table[e] : 1", "double[] table = { 0.2, 0.6, 1 };")]
    [InlineData("e => e < 0 ? throw new ArgumentOutOfRangeException() : 1.0")]
    [InlineData("e => Math.Min((e + 1) / (double)(20 / n), 1)", "int n = int.Parse(Console.ReadLine()!);")]
    public async Task Silent(string factor, string before = "") => Assert.Empty(await Findings.In(FactorSource.Script(factor, before)));

    [Fact]
    public async Task ALoopThatMayEndBeforeIsSilent() => Assert.Empty(await Findings.In(
        FactorSource.Script("e => table[e]", "double[] table = { 0.2, 0.6, 1 };").Replace("optimizer.zero_grad();", "if (Console.KeyAvailable) break; optimizer.zero_grad();")));

    [Fact]
    public async Task TheLastStepThrowsToo()
    {
        var table = "double[] table = { " + string.Join(", ", Enumerable.Repeat("1.0", 20)) + " };";
        var source = FactorSource.Script("e => table[e]", table);
        var report = Assert.Single(await Findings.In(source));
        Assert.Equal("The factor function throws IndexOutOfRangeException at scheduler.step() number 20, after 1, 1, 1, 1, 1, 1, …", report.GetMessage());
        Assert.IsType<IndexOutOfRangeException>(Assert.ThrowsAny<Exception>(() => TrainingRun.LearningRates(source)).GetBaseException());
    }

    [Theory]
    [InlineData("e => 1 / e", "DivideByZeroException when the scheduler is made", typeof(DivideByZeroException))]
    [InlineData("e => 1 / (1 - e)", "DivideByZeroException at the first scheduler.step(), after 1", typeof(DivideByZeroException))]
    [InlineData("e => table[e]", "ArgumentOutOfRangeException at scheduler.step() number 3, after 0.2, 0.6, 1", typeof(ArgumentOutOfRangeException))]
    public async Task TheMessageIsThatOfARun(string factor, string effect, Type exception)
    {
        var source = FactorSource.Script(factor, "var table = new List<double> { 0.2, 0.6, 1 };");
        Assert.Equal("The factor function throws " + effect, Assert.Single(await Findings.In(source)).GetMessage());
        Assert.IsType(exception, Assert.ThrowsAny<Exception>(() => TrainingRun.LearningRates(source)).GetBaseException());
    }
}
