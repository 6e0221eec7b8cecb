using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Functions that are no factor of the base rate: MultiplicativeLR's, judged on the running product, and CyclicLR's scale.</summary>
public class ProductsAndCycleScalesTests
{
    private const string Product = "torch.optim.lr_scheduler.MultiplicativeLR(optimizer, FACTOR)";
    private const string Cycle = "torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, step_size_up: 5, scale_fn: FACTOR, cycle_momentum: false)";
    private const string Iterations = "torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, step_size_up: 5, scale_fn: FACTOR, scale_mode: torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode.Iterations, cycle_momentum: false)";

    public static TheoryData<string> ProductSpellings =>
    [
        Product,
        "torch.optim.lr_scheduler.MultiplicativeLR(lr_lambda: FACTOR, optimizer: optimizer)",
        "optim.lr_scheduler.MultiplicativeLR(optimizer, FACTOR, -1)",
        "global::TorchSharp.torch.optim.lr_scheduler.MultiplicativeLR(optimizer, verbose: false, lr_lambda: FACTOR)",
        "new torch.optim.lr_scheduler.impl.MultiplicativeLR(optimizer, FACTOR)",
        "new torch.optim.lr_scheduler.impl.MultiplicativeLR(optimizer, new Func<int, double>[] { FACTOR })",
        "new torch.optim.lr_scheduler.impl.MultiplicativeLR(lr_lambdas: [FACTOR, k => 1.0], optimizer: optimizer)",
    ];

    [Theory]
    [MemberData(nameof(ProductSpellings))]
    public Task ADivisionInAProductIsMended(string scheduler) => Verify.Fix(
        FactorSource.Script("k => k % 30 == 0 ? {|WARM1002:1 / 10|} : 1", scheduler: scheduler),
        FactorSource.Script("k => k % 30 == 0 ? 1.0 / 10 : 1", scheduler: scheduler));

    [Theory]
    [InlineData("k => {|WARM1002:9 / 10|}", "k => 9.0 / 10")]
    [InlineData("k => k < 5 ? 1 : {|WARM1002:9 / 10|}", "k => k < 5 ? 1 : 9.0 / 10")]
    [InlineData("k => { if (k == 10) return {|WARM1002:1 / 2|}; return 1; }", "k => { if (k == 10) return 1.0 / 2; return 1; }")]
    [InlineData("k => {|WARM1002:(k + 8) / (k + 9)|}", "k => (k + 8) / (double)(k + 9)")]
    [InlineData("k => 1 - {|WARM1002:1 / 10|}", "k => 1 - 1.0 / 10")]
    public Task OnlyTheDivisionOfAProductIsChanged(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor, scheduler: Product), FactorSource.Script(mended, scheduler: Product));

    [Theory]
    [InlineData("k => 0.95")]
    [InlineData("k => k < 30 ? 1 : 0.95")]
    [InlineData("k => (k + 1.0) / k")]
    [InlineData("k => Math.Pow(0.5, k / 30)")]
    [InlineData("k => 1.0 / (1 + k / 30)")]
    [InlineData("k => 1 - 0.1 * (k / 10)")]
    [InlineData("k => new[] { 1.0, 0.9, 0.8 }[Math.Min(k / 10, 2)]")]
    [InlineData("k => k / 10 % 2 == 0 ? 1.0 : 0.9")]
    [InlineData("k => (k - k / 10 * 10 + 1) / 10.0")]
    [InlineData("k => 5 / k")]
    [InlineData("k => Other(k)", "static double Other(int k) => Random.Shared.Next() / k;")]
    public async Task AProductThatIsMeantIsSilent(string factor, string members = "") =>
        Assert.DoesNotContain("WARM1002", (await Findings.In(FactorSource.Script(factor, members: members, scheduler: Product))).Select(found => found.Id));

    [Fact]
    public async Task TheMessageShowsTheRunningProduct()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("k => k < 3 ? 1 : 1 / 2", scheduler: Product)));
        Assert.Equal(
            "WARM1002: Integer division truncates the factor: it runs 1, 1, 1, 0, 0, 0, … ███▁▁▁▁ instead of 1, 1, 1, 0.5, 0.25, 0.125, … ███▅▃▂▁",
            found.Id + ": " + found.GetMessage());
        Assert.Equal([0.05, 0.05, 0.05, 0, 0], TrainingRun.LearningRates(FactorSource.Script("k => k < 3 ? 1 : 1 / 2", scheduler: Product)).Take(5));
    }

    [Theory]
    [InlineData(Cycle, "x => {|WARM1002:1 / (int)x|}", "x => 1 / (double)(int)x")]
    [InlineData(Cycle, "x => x < 3 ? 1 : {|WARM1002:1 / 2|}", "x => x < 3 ? 1 : 1.0 / 2")]
    [InlineData(Iterations, "(double x) => { return Math.Max(0, 1 - {|WARM1002:(int)x / 100|}); }", "(double x) => { return Math.Max(0, 1 - (int)x / 100.0); }")]
    public Task ADivisionInACyclesScaleIsMended(string scheduler, string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor, scheduler: scheduler), FactorSource.Script(mended, scheduler: scheduler));

    [Theory]
    [InlineData(Cycle, "x => 1 / x")]
    [InlineData(Cycle, "x => 1 / Math.Pow(2, x - 1)")]
    [InlineData(Cycle, "x => Math.Pow(0.5, (int)x / 2)")]
    [InlineData(Iterations, "x => Math.Pow(0.99994, x)")]
    [InlineData("torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, scale_fn: FACTOR, cycle_momentum: false)", "null")]
    [InlineData("torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: FACTOR)", "false")]
    [InlineData("torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, scale_fn: x => 1 / (int)x, scale_mode: FACTOR, cycle_momentum: false)", "Mode()", "static torch.optim.lr_scheduler.impl.CyclicLR.ScaleMode Mode() => default;")]
    public Task AScaleThatIsMeantIsSilent(string scheduler, string factor, string members = "") =>
        Verify.Silent(FactorSource.Script(factor, members: members, scheduler: scheduler));

    [Theory]
    [InlineData("x => 1 / (int)x", "it runs 1, 0, 0, 0, 0, 0, … █▁▁▁▁▁▁ instead of 1, 0.5, 0.333, 0.25, 0.2, 0.167, … █▅▃▃▂▂▂")]
    public async Task TheMessageShowsTheScaleOfTheCycles(string factor, string effect)
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script(factor, scheduler: Cycle)));
        Assert.Equal("Integer division truncates the factor: " + effect, found.GetMessage());
    }

    [Theory]
    [InlineData(Product, "k => 1.0 / (k - 1)", "WARM1005: The factor is not finite at step 2, where it is ∞")]
    [InlineData(Product, "k => double.NaN * k", "WARM1005: The factor is not finite at step 2, where it is NaN")]
    [InlineData(Product, "k => 1e200", "WARM1005: The factor is not finite at step 3, where it is ∞")]
    [InlineData(Cycle, "x => 1 / (x - 1)", "WARM1005: The factor is not finite at the first step, where it is ∞")]
    [InlineData(Iterations, "x => Math.Pow(x, -0.5)", "WARM1005: The factor is not finite at the first step, where it is ∞")]
    [InlineData(Product, "k => table[k - 1]", "WARM1012: The factor function throws IndexOutOfRangeException at scheduler.step() number 4")]
    [InlineData(Product, "k => 1 / (k - 1)", "WARM1012: The factor function throws DivideByZeroException at the first scheduler.step()")]
    [InlineData(Cycle, "x => table[(int)x + 2]", "WARM1012: The factor function throws IndexOutOfRangeException when the scheduler is made")]
    [InlineData(Iterations, "x => table[(int)x]", "WARM1012: The factor function throws IndexOutOfRangeException at scheduler.step() number 3")]
    [InlineData(Product, "k => Next()", "WARM1011")]
    [InlineData(Cycle, "x => Next()", "WARM1011")]
    [InlineData(Product, "k => now < 5 ? 1 : 0.95", "WARM1010")]
    [InlineData(Cycle, "x => 1.0 / (1 + now)", "WARM1010")]
    public async Task TheOtherRulesLookAtThem(string scheduler, string factor, string start)
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script(
            factor,
            "double[] table = { 0.9, 0.9, 0.8 }; var now = 0;",
            "static int s_calls; static double Next() { s_calls++; return 0.9; }",
            scheduler: scheduler).Replace("scheduler.step();", "scheduler.step(); now = epoch;", System.StringComparison.Ordinal)));
        Assert.StartsWith(start, found.Id + ": " + found.GetMessage());
    }

    /// <summary>A product is never asked about index 0, and the cycles are counted from 1.</summary>
    [Theory]
    [InlineData(Product, "k => 0.9 + 0.1 / k")]
    [InlineData(Product, "k => k / k")]
    [InlineData(Cycle, "x => 1 / x")]
    [InlineData(Cycle, "x => 1.0 / (int)x")]
    [InlineData(Cycle, "x => table[(int)x - 1]", "double[] table = { 1, 0.5 };")]
    public async Task WhatIsNotReachedIsSilent(string scheduler, string factor, string before = "") =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor, before, scheduler: scheduler)));

    [Theory]
    [InlineData("k => k /")]
    [InlineData("k => k / warm")]
    [InlineData("k =>")]
    [InlineData("")]
    public async Task HalfTypedCodeIsSilent(string factor)
    {
        Assert.Empty(await Findings.In(FactorSource.Script(factor, scheduler: Product), mustCompile: false));
        Assert.Empty(await Findings.In(FactorSource.Script(factor, scheduler: Cycle), mustCompile: false));
    }
}
