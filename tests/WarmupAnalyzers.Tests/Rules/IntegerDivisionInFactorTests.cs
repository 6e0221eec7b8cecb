using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class IntegerDivisionInFactorTests
{
    [Theory]
    [InlineData("epoch => {|WARM1002:epoch / warmupEpochs|}", "epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("epoch => {|WARM1002:(epoch + 1) / warmupEpochs|}", "epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("epoch => Math.Min(1, {|WARM1002:epoch / warmupEpochs|})", "epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => Math.Min(1.0, {|WARM1002:(e + 1) / warmupEpochs|})", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => e < 5 ? {|WARM1002:e / 5|} : 1", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => Math.Min((double)({|WARM1002:(e + 1) / 5|}), 1.0)", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => e switch { < 5 => {|WARM1002:(e + 1) / 5|}, _ => 1.0 }", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("(int e) => {|WARM1002:e / (2 * warmupEpochs)|}", "(int e) => Math.Min((e + 1) / (double)(2 * warmupEpochs), 1.0)")]
    [InlineData("e => { return {|WARM1002:e / 5|}; }", "e => { return Math.Min((e + 1) / 5.0, 1.0); }")]
    [InlineData("delegate(int e) { return {|WARM1002:e / 5|}; }", "delegate(int e) { return Math.Min((e + 1) / 5.0, 1.0); }")]
    [InlineData("e => { if (e < 5) { return {|WARM1002:(e + 1) / 5|}; } return 1; }", "e => { if (e < 5) { return (e + 1) / 5.0; } return 1; }")]
    [InlineData("e => { if (e < 5) { return {|WARM1002:e / warmupEpochs|}; } return 1; }", "e => { if (e < 5) { return (e + 1) / (double)warmupEpochs; } return 1; }")]
    [InlineData("e => e < 5 ? {|WARM1002:e / 5|} : 0.5 * (1 + Math.Cos(Math.PI * (e - 5) / 95.0))", "e => e < 5 ? (e + 1) / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * (e - 5) / 95.0))")]
    [InlineData("e => Math.Min(1.0, 0.2 + {|WARM1002:e / 10|})", "e => Math.Min(1.0, 0.2 + e / 10.0)")]
    [InlineData("e => 0.1 + Math.Min({|WARM1002:e / 10|}, 1) * 0.9", "e => 0.1 + Math.Min(e / 10.0, 1) * 0.9")]
    [InlineData("e => {|WARM1002:1 / 10|} * e + 0.5", "e => Math.Min(1.0 / 10 * e + 0.5, 1.0)")]
    [InlineData("e => Math.Max(0, 1 - {|WARM1002:e / 100|})", "e => Math.Max(0, 1 - e / 100.0)")]
    public Task IsReportedAndMended(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("double share = VALUE;", "1 / 10", "1.0 / 10")]
    [InlineData("const double share = VALUE;", "1 / 10", "1.0 / 10")]
    public Task ADivisionInAVariableOfTheFactorIsMendedThere(string before, string division, string real) => Verify.Fix(
        FactorSource.Script("epoch => 0.5 + share * epoch", before.Replace("VALUE", "{|WARM1002:" + division + "|}", System.StringComparison.Ordinal)),
        FactorSource.Script("epoch => Math.Min(0.5 + share * epoch, 1.0)", before.Replace("VALUE", real, System.StringComparison.Ordinal)));

    [Fact]
    public Task AVariableWithOtherUsesIsNotEdited() => Verify.NoFix(
        FactorSource.Script("epoch => 0.5 + share * epoch", "double share = {|WARM1002:1 / 10|}; Console.WriteLine(share);"));

    [Theory]
    [InlineData("epoch => Math.Pow(0.1, epoch / 30)")]
    [InlineData("epoch => 1.0 / (1 + epoch / 30)")]
    [InlineData("epoch => 1 - 0.1 * (epoch / 10)")]
    [InlineData("epoch => new[] { 1.0, 0.5, 0.1 }[Math.Min(epoch / 10, 2)]")]
    [InlineData("epoch => (epoch / 10) switch { 0 => 1.0, 1 => 0.5, _ => 0.1 }")]
    [InlineData("epoch => epoch / 10 == 0 ? 1.0 : 0.1")]
    [InlineData("epoch => (epoch / 10) % 2 == 0 ? 1.0 : 0.1")]
    [InlineData("epoch => Math.Exp(-(epoch / 10))")]
    [InlineData("epoch => Math.Min((epoch + 1) / (double)(100 / 30), 1.0)")]
    [InlineData("epoch => (epoch - epoch / 10 * 10 + 1) / 10.0")]
    [InlineData("epoch => (2 * epoch + 2) / 2 / 10.0 > 1 ? 1 : (2 * epoch + 2) / 2 / 10.0")]
    public Task TruncationThatIsMeantIsSilent(string factor) => Verify.Silent(FactorSource.Script(factor));
}
