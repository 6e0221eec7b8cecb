using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class ZeroAtFirstStepTests
{
    private const string Plan = "var plan = new Plan { e = 5 };";

    private const string PlanType = "private class Plan { public int e; }";

    [Theory]
    [InlineData("epoch => {|WARM1001:(double)epoch / warmupEpochs|}", "epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => Math.Min({|WARM1001:e / 5.0|}, 1)", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => Math.Min(1.0, {|WARM1001:1.0 * e / warmupEpochs|})", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => e < warmupEpochs ? {|WARM1001:e * 1.0 / warmupEpochs|} : 1.0", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => Math.Min({|WARM1001:0.2 * e|}, 1.0)", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => Math.Clamp({|WARM1001:(float)e / warmupEpochs|}, 0f, 1f)", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => e < 5 ? {|WARM1001:e / 5.0|} : Math.Pow(0.9, e - 5)", "e => e < 5 ? (e + 1) / 5.0 : Math.Pow(0.9, e - 5)")]
    [InlineData("e => { if (e < 5) return {|WARM1001:e / 5.0|}; /* decay */ return Math.Pow(0.9, e - 5); }", "e => { if (e < 5) return (e + 1) / 5.0; /* decay */ return Math.Pow(0.9, e - 5); }")]
    [InlineData("e => { var ramp = {|WARM1001:e / 5.0|}; return Math.Min(ramp, 1); }", "e => { var ramp = (e + 1) / 5.0; return Math.Min(ramp, 1); }")]
    [InlineData("e => Math.Pow(64, -0.5) * Math.Min(Math.Pow(e, -0.5), {|WARM1001:e * Math.Pow(40, -1.5)|})", "e => Math.Pow(64, -0.5) * Math.Min(Math.Pow(e + 1, -0.5), (e + 1) * Math.Pow(40, -1.5))")]
    [InlineData("e => Math.Min({|WARM1001:e / 5.0|}, 1.0) * Math.Pow(0.9, e)", "e => Math.Min((e + 1) / 5.0, 1.0) * Math.Pow(0.9, e)")]
    [InlineData("e => Math.Sin(Math.PI / 2 * Math.Min({|WARM1001:e / 5.0|}, 1))", "e => Math.Sin(Math.PI / 2 * Math.Min((e + 1) / 5.0, 1))")]
    public Task IsReportedAndMended(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("static double Ramp(int e) { var part = VALUE; return part < 1 ? part : 1; }")]
    public Task AVariableOfAHelperIsTheHelpersOwn(string helper) => Verify.Fix(
        FactorSource.Script("Ramp", members: helper.Replace("VALUE", "{|WARM1001:e / 5.0|}", System.StringComparison.Ordinal)),
        FactorSource.Script("Ramp", members: helper.Replace("VALUE", "(e + 1) / 5.0", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("e => { var part = {|WARM1001:e / (double)plan.e|}; return part < 1 ? part : 1; }", "e => { var part = (e + 1) / (double)plan.e; return part < 1 ? part : 1; }")]
    public Task Members_of_the_same_name_are_no_index(string factor, string mended) => Verify.Fix(
        FactorSource.Script(factor, before: Plan, members: PlanType), FactorSource.Script(mended, before: Plan, members: PlanType));

    [Theory]
    [InlineData("e => e < 4 ? {|WARM1001:0|} : 1")]
    [InlineData("e => e < warmupEpochs ? {|WARM1001:0.0|} : 1.0")]
    [InlineData("e => new[] { {|WARM1001:0|}, 0.5, 1.0 }[Math.Min(e, 2)]")]
    [InlineData("e => e switch { 0 => {|WARM1001:0|}, _ => 1.0 }")]
    public Task LevelsAndTablesHaveNoFix(string factor) => Verify.NoFix(FactorSource.Script(factor));

    [Theory]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => 0")]
    [InlineData("e => 1")]
    [InlineData("e => e == 0 ? 1e-3 : Math.Min(e / 5.0, 1)")]
    [InlineData("e => Math.Min(Math.Max(1, e) / (double)warmupEpochs, 1)")]
    [InlineData("e => 0.1 + 0.9 * Math.Min(e / 5.0, 1)")]
    [InlineData("e => 0.5 * (1 + Math.Cos(Math.PI * e / 100))")]
    [InlineData("e => Math.Max(0, 1 - e / 100.0)")]
    [InlineData("e => Math.Pow(1.1, e)")]
    [InlineData("e => 1.0 / (1 + 0.1 * e)")]
    public Task RightFactorsAreSilent(string factor) => Verify.Silent(FactorSource.Script(factor));
}
