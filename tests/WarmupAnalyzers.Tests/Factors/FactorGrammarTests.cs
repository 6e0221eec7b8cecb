using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>The grammar of factor functions, construct by construct, up to the newest C# that the host knows.</summary>
public sealed class FactorGrammarTests
{
    private const string Usings = "using System; using System.Linq; using System.Collections.Generic; using static System.Math;\n";

    [Theory]
    [InlineData("Func<int, double> Make() => e => { var (a, b) = (e + 1, 5.0); return a / b; };", "0.2 0.4 0.6")]
    [InlineData("Func<int, double> Make() => e => { double a = e, b = 2; (a, b) = (b, a); return a - b; };", "2 1 0")]
    [InlineData("static (double Low, double High) Ends(int e) => (e / 10.0, 1); Func<int, double> Make() => e => Ends(e).Low + Ends(e).Item2;", "1 1.1 1.2")]
    [InlineData("static (double Low, double High) Ends(int e) => (e / 10.0, 1); Func<int, double> Make() => e => { var (low, high) = Ends(e); return low + high; };", "1 1.1 1.2")]
    [InlineData("Func<int, double> Make() => e => { var t = (Low: e / 2.0, High: 1.0); return Min(t.Low, t.High); };", "0 0.5 1")]
    [InlineData("Func<int, double> Make() => e => { (int a, _) = (e, 3); return a; };", "0 1 2")]
    [InlineData("Func<int, double> Make() => e => { int? x = e; x += 1; return x.Value; };", "1 2 3")]
    [InlineData("Func<int, double> Make() => e => { int? x = null; x += e; return x ?? 7; };", "7 7 7")]
    [InlineData("Func<int, double> Make() => e => { int? x = null; x ??= e; return x.Value; };", "0 1 2")]
    [InlineData("Func<int, double> Make() => e => { int? x = e; x++; return x ?? 0; };", "1 2 3")]
    [InlineData("Func<int, double> Make() => e => { var t = new double[3]; t[1] = 0.5; for (int i = 0; i < 3; i++) t[i] += i; return t[e]; };", "0 1.5 2")]
    [InlineData("Func<int, double> Make() => e => { double[] t = [0.1, 0.2, 0.3]; t[0] *= 5; return t[e]; };", "0.5 0.2 0.3")]
    [InlineData("Func<int, double> Make() => e => { switch (e) { case 0: goto case 2; case 1: return 5; case 2: return 7; default: return 1; } };", "7 5 7")]
    [InlineData("Func<int, double> Make() => e => { switch (e) { case 0: goto default; case 1: return 5; default: return 1; } };", "1 5 1")]
    [InlineData("static double Half(in int e) => e / 2.0; Func<int, double> Make() => e => Half(e);", "0 0.5 1")]
    [InlineData("static double F(int e, double scale = 0.5) => e * scale; Func<int, double> Make() => e => F(e);", "0 0.5 1")]
    [InlineData("static double F(params double[] x) => x[0] + x.Length; Func<int, double> Make() => e => F(e, 2);", "2 3 4")]
    [InlineData("Func<int, double> Make() => e => { const double low = 0.1; static double Half(double x) => x / 2; return low + Half(e); };", "0.1 0.6 1.1")]
    [InlineData("static T Twice<T>(T x, Func<T, T> f) => f(f(x)); Func<int, double> Make() => e => Twice(e, x => x + 1);", "2 3 4")]
    [InlineData("struct Ramp { public double Length; public double At(int e) => e / Length; } Func<int, double> Make() => e => new Ramp { Length = 2 }.At(e);", "0 0.5 1")]
    [InlineData("record Ramp(double Length) { public double At(int e) => e / Length; } Func<int, double> Make() => e => new Ramp(2).At(e);", "0 0.5 1")]
    [InlineData("record Ramp(double Length) { public double At(int e) => e / Length; } Func<int, double> Make() { var ramp = new Ramp(2); return e => ramp.At(e); }", "0 0.5 1")]
    [InlineData("Func<int, double> Make() => e => double.Lerp(0.2, 1, Min(e / 2.0, 1));", "0.2 0.6 1")]
    [InlineData("Func<int, double> Make() => e => e is > 0 and < 2 or 7 ? 1 : 2;", "2 1 2")]
    [InlineData("Func<int, double> Make() => e => (e, e + 1) switch { (0, _) => 5, (_, 2) => 6, _ => 7 };", "5 6 7")]
    [InlineData("Func<int, double> Make() => e => (e < 1, e < 2) switch { (true, _) => 5, (_, true) => 6, _ => 7 };", "5 6 7")]
    [InlineData("Func<int, double> Make() => (int e) => { checked { int x = int.MaxValue - 1; x += e; return x - 2147483645.0; } };", "1 2 System.OverflowException")]
    [InlineData("Func<int, double> Make() => static e => Math.ScaleB(1.0, e);", "1 2 4")]
    [InlineData("Func<int, double> Make() => e => int.Clamp(e, 1, 5) + int.Max(e, 1) + double.Clamp(e, 0, 1);", "2 3 5")]
    [InlineData("Func<int, double> Make() => e => (0.1, 0.5, 1.0) switch { var (a, b, c) => e == 0 ? a : e == 1 ? b : c };", "0.1 0.5 1")]
    [InlineData("class Ramp { private readonly int _n; public Ramp(int n) => _n = n; public double At(int e) => e / (double)_n; } Func<int, double> Make() { var ramp = new Ramp(2); return ramp.At; }", "0 0.5 1")]
    [InlineData("class Ramp { public int Length { get; init; } = 4; public double At(int e) => e / (double)Length; } private readonly Ramp _ramp = new() { Length = 2 }; Func<int, double> Make() => _ramp.At;", "0 0.5 1")]
    [InlineData("class Ramp(int n) { public double At(int e) => e / (double)n; } private readonly Ramp _ramp; public C() { _ramp = new Ramp(2); } Func<int, double> Make() => e => _ramp.At(e);", "0 0.5 1")]
    [InlineData("Func<int, double> Make() => e => { var t = new int[2]; t[5] = 1; return 0; };", "System.IndexOutOfRangeException System.IndexOutOfRangeException System.IndexOutOfRangeException")]
    [InlineData("Func<int, double> Make() => e => { var t = new int[2]; var u = t; u[0] = e; return t[0]; };", "0 1 2")]
    [InlineData("Func<int, double> Make() => e => { var t = new int[2]; t[0]++; ++t[1]; return t[0]-- + t[1] + t[0] + e; };", "2 3 4")]
    [InlineData("Func<int, double> Make() => e => { ((int a, int b), double c) = ((e, 1), 2); return a + b + c; };", "3 4 5")]
    [InlineData("Func<int, double> Make() => e => { (double a, double b) t = (e, 1); return t.a / (t.b + t.Item2); };", "0 0.5 1")]
    [InlineData("Func<int, double> Make() => e => { foreach (var (from, f) in new[] { (1, 0.5), (2, 1.0) }) if (e == from) return f; return 0.1; };", "0.1 0.5 1")]
    [InlineData("static readonly (int From, double Factor)[] s_stages = { (0, 0.1), (1, 0.5) }; Func<int, double> Make() => e => { var f = 0.0; foreach (var stage in s_stages) if (e >= stage.From) f = stage.Factor; return f; };", "0.1 0.5 0.5")]
    [InlineData("Func<int, double> Make() => e => { double F(int n) { if (n == 0) return 1; return 0.5 * F(n - 1); } return F(e); };", "1 0.5 0.25")]
    [InlineData("delegate double Factor(int step); Func<int, double> Make() { Factor f = e => e / 2.0; return new Func<int, double>(f); }", "0 0.5 1")]
    [InlineData("delegate double Factor(int step); Func<int, double> Make() { Factor f = e => e / 2.0; return e => f.Invoke(e); }", "0 0.5 1")]
    [InlineData("Func<int, Func<int, double>> Curry() => n => e => e / (double)n; Func<int, double> Make() => Curry()(2);", "0 0.5 1")]
    [InlineData("static readonly Func<int, double>[] s_phases = { e => 0.1, e => 0.5, e => 1 }; Func<int, double> Make() => e => s_phases[e](e);", "0.1 0.5 1")]
    public void IsKnown(string members, string expected) => Assert.Equal(expected, Values(Usings + "public class C { " + members + " }"));

    /// <summary>Source that needs at least this version of C#; on a host that does not know it, it is half-typed code.</summary>
    public static TheoryData<int, string, string> Newer => new()
    {
        { 12, "public class C(int n) { Func<int, double> Make() => (int e) => e / (double)n; }", "free n" },
        { 12, "public class C { static double Half(ref readonly int e) => e / 2.0; Func<int, double> Make() => e => Half(in e); }", "0 0.5 1" },
        { 12, "public class C { static readonly double[] s_t = [0.1, 0.5, 1]; Func<int, double> Make() => e => s_t[^(3 - e)]; }", "0.1 0.5 1" },
        { 13, "public class C { static double F(params ReadOnlySpan<double> x) => x[0] + x.Length; Func<int, double> Make() => e => F(e, 2.0); }", "2 3 4" },
        { 13, "public partial class C { private partial int W { get; } private partial int W => 2; Func<int, double> Make() => e => e / (double)W; }", "0 0.5 1" },
        { 14, "static class X { extension(int e) { public double Half() => e * 0.5; } } public class C { Func<int, double> Make() => e => e.Half(); }", "0 0.5 1" },
        { 14, "static class X { extension(int e) { public double Ramp(int n) => e / (double)n; } } public class C { Func<int, double> Make() => e => e.Ramp(2); }", "0 0.5 1" },
        { 14, "static class X { extension(int e) { public double Half => e * 0.5; } } public class C { Func<int, double> Make() => e => e.Half; }", "0 0.5 1" },
        { 14, "static class X { extension(Math) { public static double Ramp(int e, int n) => e / (double)n; } } public class C { Func<int, double> Make() => e => Math.Ramp(e, 2); }", "0 0.5 1" },
        { 14, "public class C { private int W { get => field > 0 ? field : 2; } = 4; Func<int, double> Make() => e => e / (double)W; }", "0 0.25 0.5" },
        { 14, "delegate double Reading(in int x); public class C { Func<int, double> Make() => e => { Reading f = (in x) => x * 0.5; return f(e); }; }", "0 0.5 1" },
    };

    [Theory]
    [MemberData(nameof(Newer))]
    public void Newer_CSharp_is_known_where_the_host_knows_it(int version, string source, string expected)
    {
        var code = new FactorCode(Usings + source);
        var isKnownToHost = (int)LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() >= version * 100;
        var program = code.ReturnedBy("Make", "C");
        Assert.Equal(isKnownToHost, code.Errors().IsEmpty);
        var free = string.Join(" ", program.FreeVariables.Select(variable => "free " + variable.Name));
        if (isKnownToHost)
            Assert.Equal(expected, free.Length > 0 ? free : Values(program));
    }

    private static string Values(string source)
    {
        var code = new FactorCode(source);
        Assert.Empty(code.Errors());
        return Values(code.ReturnedBy("Make", "C"));
    }

    private static string Values(FactorProgram program)
    {
        var run = program.Under(Assignment.Empty, CancellationToken.None);
        return string.Join(" ", Enumerable.Range(0, 3).Select(run.At).Select(value => value.Kind switch
        {
            ValueKind.Thrown => value.Exception,
            ValueKind.Unknown => "?",
            _ => value.ToDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        }));
    }
}
