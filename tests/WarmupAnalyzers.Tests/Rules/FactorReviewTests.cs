using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;
using VerifySafe = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class FactorReviewTests
{
    private const string Shared = """
        static double Warmup(int epoch) => Math.Min(MARK, 1.0);
            public static double AlsoHere() => Warmup(3);
        """;

    private static string Members(bool marked) => Shared.Replace("MARK", marked ? "{|WARM1001:epoch / 5.0|}" : "epoch / 5.0", System.StringComparison.Ordinal);

    [Theory]
    [InlineData("Warmup", "k => Warmup(k + 1)")]
    [InlineData("e => Warmup(e)", "e => Warmup(e + 1)")]
    public Task ASharedFunctionIsCalledWithTheNextIndex(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor, members: Members(true)), FactorSource.Script(mended, members: Members(false)));

    [Fact]
    public Task ASharedFunctionIsNotEdited() => VerifySafe.NoFix(FactorSource.Script("Warmup", members: Members(true)));

    [Theory]
    [InlineData("e => e < 4 ? 0.002 * (e + 1) : {|WARM1003:0.01|}", "e => (e < 4 ? 0.002 * (e + 1) : 0.01) / 0.01")]
    public Task AnAbsoluteRateIsDividedByTheBaseRate(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor, rate: "0.01"), FactorSource.Script(mended, rate: "0.01"));

    [Theory]
    [InlineData("e => e < 4 ? {|WARM1001:0|} : 1")]
    [InlineData("e => Math.Min({|WARM1001:e / 5.0|}, 1.0)")]
    public Task NothingIsOfferedBesideASafeFixOrForLevels(string factor) => Verify.NoFix(FactorSource.Script(factor));
}
