using System.Globalization;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>Where C# stops computing on: the ends of the numeric types, and what is thrown first. Found by mutating the interpreter.</summary>
public sealed class FactorBoundaryTests
{
    [Theory]
    [InlineData("e => (int)(1.7m * e)", "0 1 3")]
    [InlineData("e => (int)(e * 3000000000m)", "0 System.OverflowException System.OverflowException")]
    [InlineData("e => unchecked((long)(e * 10000000000000000000m))", "0 System.OverflowException System.OverflowException")]
    [InlineData("e => (ulong)(e * 9300000000000000000m)", "0 9.3E+18 System.OverflowException")]
    [InlineData("e => (double)(decimal)(e * 1e30)", "0 System.OverflowException System.OverflowException")]
    [InlineData("e => checked((ulong)(e - 1L))", "System.OverflowException 0 1")]
    [InlineData("e => checked((uint)(e - 1))", "System.OverflowException 0 1")]
    [InlineData("e => checked((long)(ulong.MaxValue / (ulong)(e + 1)))", "System.OverflowException 9.223372036854776E+18 6.148914691236517E+18")]
    [InlineData("e => checked((byte)(254 + e))", "254 255 System.OverflowException")]
    [InlineData("e => checked((sbyte)(e * -64))", "0 -64 -128")]
    [InlineData("e => { long x = 1; x <<= 40 + e; return x; }", "1099511627776 2199023255552 4398046511104")]
    [InlineData("e => { short x = 1; x <<= 14 + e; return x; }", "16384 -32768 0")]
    public void The_ends_of_a_type_are_where_they_are(string factor, string expected) => Assert.Equal(expected, ValuesOf(factor));

    [Theory]
    [InlineData("e => (new int[3])[e] + 0.5", "0.5 0.5 0.5")]
    [InlineData("e => (new decimal[3])[e] == 0 && !(new bool[3])[e] ? (new float[3])[e] : 1", "0 0 0")]
    [InlineData("e => default(long) + default(double) + default(byte)", "0 0 0")]
    public void What_is_not_set_is_zero(string factor, string expected) => Assert.Equal(expected, ValuesOf(factor));

    [Theory]
    [InlineData("e => { var t = new double[1]; t[3] = 1 / (e - e); return t[0]; }", "System.DivideByZeroException")]
    [InlineData("e => { var t = new double[1]; t[3] += 1 / (e - e); return t[0]; }", "System.IndexOutOfRangeException")]
    [InlineData("e => { var t = new double[1]; t[1 / (e - e)] = t[3]; return t[0]; }", "System.DivideByZeroException")]
    [InlineData("e => { int? x = null; x ??= 1 / (e - e); return x.Value; }", "System.DivideByZeroException")]
    public void What_is_thrown_first_is_thrown(string factor, string exception) =>
        Assert.Equal(string.Join(' ', exception, exception, exception), ValuesOf(factor));

    private static string ValuesOf(string factor)
    {
        var code = new FactorCode("using System; public class C { Func<int, double> Make() => " + factor + "; }");
        Assert.Empty(code.Errors());
        var run = code.ReturnedBy("Make").Under(Assignment.Empty, CancellationToken.None);
        return string.Join(' ', Enumerable.Range(0, 3).Select(run.At).Select(value => value.Kind switch
        {
            ValueKind.Unknown => "Unknown",
            ValueKind.Thrown => value.Exception,
            _ => value.ToDouble().ToString("R", CultureInfo.InvariantCulture),
        }));
    }
}
