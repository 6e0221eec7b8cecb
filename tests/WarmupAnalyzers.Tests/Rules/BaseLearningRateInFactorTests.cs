using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class BaseLearningRateInFactorTests
{
    private const string Rate = "double lr = 0.1;";

    [Theory]
    [InlineData("e => {|WARM1003:0.1|} * Math.Min((e + 1) / 4.0, 1)", "0.1", "e => Math.Min((e + 1) / 4.0, 1.0)")]
    [InlineData("e => {|WARM1003:lr|} * Math.Min((e + 1) / 4.0, 1)", "lr", "e => Math.Min((e + 1) / 4.0, 1.0)")]
    [InlineData("e => Math.Min((e + 1) / 4.0, 1) * {|WARM1003:lr|}", "lr", "e => Math.Min((e + 1) / 4.0, 1.0)")]
    [InlineData("e => Math.Min({|WARM1003:lr|} * (e + 1) / 4, lr)", "lr", "e => Math.Min((e + 1) / 4.0, 1.0)")]
    [InlineData("e => {|WARM1003:lr|} * Math.Pow(0.9, e)", "lr", "e => Math.Pow(0.9, e)")]
    [InlineData("e => {|WARM1003:lr|} * 0.5 * (1 + Math.Cos(Math.PI * e / 100))", "lr", "e => 0.5 * (1 + Math.Cos(Math.PI * e / 100))")]
    [InlineData("e => e < 4 ? {|WARM1003:lr|} * (e + 1) / 4 : lr * Math.Pow(0.9, e - 3)", "lr", "e => e < 4 ? (e + 1) / 4.0 : Math.Pow(0.9, e - 3)")]
    [InlineData("e => /* ramp */ {|WARM1003:lr|} * Math.Pow(0.9, e) /* slow */", "lr", "e => /* ramp */ Math.Pow(0.9, e) /* slow */")]
    [InlineData("e => optimizer.ParamGroups.First().InitialLearningRate * Math.Pow(0.9, e)", "lr", "e => Math.Pow(0.9, e)")]
    public Task IsReportedAndMended(string factor, string rate, string mended)
    {
        var marked = factor.Contains("{|", System.StringComparison.Ordinal)
            ? factor
            : factor.Replace("optimizer.ParamGroups.First().InitialLearningRate", "{|WARM1003:optimizer.ParamGroups.First().InitialLearningRate|}", System.StringComparison.Ordinal);
        return Verify.Fix(FactorSource.Script(marked, Rate, rate: rate), FactorSource.Script(mended, Rate, rate: rate));
    }

    [Theory]
    [InlineData("e => e < 4 ? 0.025 * (e + 1) : {|WARM1003:0.1|}", "0.1")]
    [InlineData("e => Math.Min(0.02 * (e + 1), {|WARM1003:0.1|})", "0.1")]
    public Task AnAbsoluteRateHasNoSafeFix(string factor, string rate) => Verify.NoFix(FactorSource.Script(factor, Rate, rate: rate));

    [Theory]
    [InlineData("e => 0.1", "0.1")]
    [InlineData("e => lr", "lr")]
    [InlineData("e => e < 30 ? 1.0 : 0.1", "0.1")]
    [InlineData("e => e < 30 ? 0.1 : 0.01", "0.1")]
    [InlineData("e => 0.3 * Math.Min((e + 1) / 4.0, 1)", "0.1")]
    [InlineData("e => Math.Max(1e-5 / lr, Math.Pow(0.9, e))", "lr")]
    [InlineData("e => 1.0 * Math.Min((e + 1) / 4.0, 1)", "1.0")]
    [InlineData("e => Math.Max(0.1, Math.Pow(0.9, e))", "0.1")]
    public Task RightFactorsAreSilent(string factor, string rate) => Verify.Silent(FactorSource.Script(factor, Rate, rate: rate));
}
