using System.Threading;
using WarmupAnalyzers.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>A schedule and the ratios of one are told apart by their numbers.</summary>
public class AbsoluteCurveTests
{
    [Theory]
    [InlineData("k => Math.Min((k + 1) / 5.0, 1)")]
    [InlineData("k => Math.Min(k / 5.0, 1)")]
    [InlineData("k => (k + 1) / 3.0")]
    [InlineData("k => k / 5.0")]
    [InlineData("k => k < 1000 ? k / 1000.0 : 1")]
    [InlineData("k => Math.Min(1, 0.1 + 0.9 * k / 10)")]
    [InlineData("k => k < 10 ? 0.5 * (1 - Math.Cos(Math.PI * k / 10)) : 1")]
    [InlineData("k => k < 5 ? (k + 1) / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * (k - 5) / 95))")]
    [InlineData("k => k < 500 ? k / 500.0 : Math.Max(0, (10_000 - k) / 9_500.0)")]
    [InlineData("k => Math.Min(Math.Pow(k, -0.5), k * Math.Pow(4000, -1.5))")]
    [InlineData("k => 0.001 * Math.Min(1, (k + 1) / 5.0)")]
    [InlineData("k => 1 - k / 100.0")]
    [InlineData("k => Math.Max(0.0, 1 - k / 100.0)")]
    [InlineData("k => 0.5 * (1 + Math.Cos(Math.PI * k / 50))")]
    [InlineData("k => 0.1 + 0.45 * (1 + Math.Cos(Math.PI * k / 50))")]
    [InlineData("k => Math.Pow(0.95, k)")]
    [InlineData("k => Math.Exp(-0.1 * k)")]
    [InlineData("k => 1 / (1 + 0.1 * k)")]
    public void ASchedule(string factor) => Assert.Equal(CurveKind.Schedule, KindOf(factor));

    [Theory]
    [InlineData("k => k < 30 ? 1 : 0.95")]
    [InlineData("k => k % 30 == 0 ? 0.1 : 1.0")]
    [InlineData("k => (k + 1.0) / k")]
    [InlineData("k => k < 5 ? (k + 1.0) / k : 1")]
    [InlineData("k => k / (k + 1.0)")]
    [InlineData("k => k < 100 ? k / (k + 1.0) : 1")]
    [InlineData("k => k < 3 ? k / (k + 1.0) : 1")]
    [InlineData("k => Math.Sqrt(k / (k + 1.0))")]
    [InlineData("k => (1 + Math.Cos(Math.PI * k / 50)) / (1 + Math.Cos(Math.PI * (k - 1) / 50))")]
    [InlineData("k => k == 0 ? 1 : (1 + Math.Cos(Math.PI * k / 4)) / (1 + Math.Cos(Math.PI * (k - 1) / 4))")]
    [InlineData("k => k == 0 ? 1 : (1 + Math.Cos(Math.PI * k / 50)) / (1 + Math.Cos(Math.PI * (k - 1) / 50))")]
    [InlineData("k => k == 0 ? 1 : Math.Max(0, 1000.0 - k) / (1001 - k)")]
    [InlineData("k => k == 0 ? 1 : Math.Max(0, 1e6 - k) / (1e6 + 1 - k)")]
    [InlineData("k => k == 0 ? 1 : Math.Max(0, 5.0 - k) / (6 - k)")]
    [InlineData("k => (0.1 + 0.9 * Math.Pow(0.5, k)) / (0.1 + 0.9 * Math.Pow(0.5, k - 1))")]
    [InlineData("k => (0.1 + 0.9 * Math.Pow(0.1, k)) / (0.1 + 0.9 * Math.Pow(0.1, k - 1))")]
    [InlineData("k => Math.Min(1, 0.9 + 0.001 * k)")]
    [InlineData("k => Math.Max(0.9, 1 - 0.01 * k)")]
    [InlineData("k => Math.Pow(0.5, k / 30)")]
    [InlineData("k => k < 30 ? 1 : k < 60 ? 0.5 : 0.1")]
    [InlineData("k => k switch { 0 => 0, 1 => 0.25, 2 => 0.5, 3 => 0.75, _ => 1 }")]
    [InlineData("k => 1 + 0.01 * k")]
    [InlineData("k => new Random().NextDouble()")]
    [InlineData("k => throw null!")]
    public void NotCertainlyOne(string factor) => Assert.Equal(CurveKind.Other, KindOf(factor));

    [Theory]
    [InlineData("k => Math.Min((k + 1) / 2.0, 1)")]
    [InlineData("k => (k + 1) / 2.0")]
    [InlineData("k => Math.Min(k / 2.0, 1)")]
    [InlineData("k => k < 2 ? k / (k + 1.0) : 1")]
    [InlineData("k => Math.Max(0, 1 - k / 3.0)")]
    public void TooShortToTell(string factor) => Assert.Equal(CurveKind.TooShort, KindOf(factor));

    [Theory]
    [InlineData("k => 0.95")]
    [InlineData("k => k < 0 ? 2 : 1")]
    public void OneLevel(string factor) => Assert.Equal(CurveKind.Constant, KindOf(factor));

    private static CurveKind KindOf(string factor)
    {
        var code = new FactorCode("using System; static class Functions { static Func<int, double> Make() => " + factor + "; }");
        Assert.Empty(code.Errors());
        var program = code.ReturnedBy("Make");
        return AbsoluteCurve.KindOf(program.Under(Assignment.Empty, CancellationToken.None), program.LargestConstant);
    }
}
