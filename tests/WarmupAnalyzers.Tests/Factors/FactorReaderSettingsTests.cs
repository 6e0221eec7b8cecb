using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>Settings that are texts, objects or marked by an attribute, and what a function does besides computing.</summary>
public sealed class FactorReaderSettingsTests
{
    private const string Usings = "using System; using System.Linq; using System.Collections.Generic;\n";
    private const string Ramp = "Func<int, double> Make() => ";

    [Theory]
    [InlineData("Func<int, double> Make() { var mode = \"cosine\"; return e => mode switch { \"linear\" => 0, \"cosine\" => e, _ => -1 }; }", "0 1 2 3")]
    [InlineData("Func<int, double> Make() { const string mode = \"cosine\"; return e => { switch (mode) { case \"linear\": return 0; case \"cosine\" when e > 0: return e; default: return 9; } }; }", "9 1 2 3")]
    [InlineData("private readonly string _mode = \"linear\"; Func<int, double> Make() => e => _mode is \"linear\" or \"ramp\" ? e : -e;", "0 1 2 3")]
    [InlineData("static double F(int e, string m) => m == \"a\" ? e : -e; Func<int, double> Make() => e => F(e, \"a\");", "0 1 2 3")]
    [InlineData("static double F(int e, string? m = null) => (m ?? \"a\") == \"a\" ? e : -e; Func<int, double> Make() => e => F(e);", "0 1 2 3")]
    [InlineData("static double F(int e, string m) => m == \"a\" ? e : -e; Func<int, double> Make() { var mode = \"a\"; return e => F(e, mode); }", "0 1 2 3")]
    [InlineData("Func<int, double> Make() { string? mode = null; return e => mode is { } ? -1 : mode is null ? e : -e; }", "0 1 2 3")]
    [InlineData("Func<int, double> Make() { double[]? t = { 3, 4, 5, 6 }; return e => t == null ? -1 : t[e]; }", "3 4 5 6")]
    [InlineData("Func<int, double> Make() { Func<int, double>? f = e => e; return e => f != null ? f(e) : -1; }", "0 1 2 3")]
    [InlineData(Ramp + "e => { Console.WriteLine($\"{e}: {Math.Sqrt(e)}\"); return e; };", "0 1 2 3")]
    [InlineData(Ramp + "e => { System.Diagnostics.Debug.Assert(e >= 0, \"negative\"); System.Diagnostics.Trace.WriteLine(e); return e; };", "0 1 2 3")]
    [InlineData("System.IO.TextWriter? Log; Func<int, double> Make() => e => { Log?.WriteLine(e); return e; };", "0 1 2 3")]
    [InlineData(Ramp + "e => Convert.ToInt32(e / 2.0);", "0 0 1 2")]
    [InlineData(Ramp + "e => Convert.ToDouble(e) / Convert.ToSingle(2);", "0 0.5 1 1.5")]
    [InlineData(Ramp + "e => (e, 1) switch { (0, _) => 5, (> 1, 1) => 7, var (a, b) => 8 };", "5 8 7 7")]
    [InlineData(Ramp + "e => (e, \"a\") is (>= 1, \"a\") ? e : -1;", "-1 1 2 3")]
    [InlineData(Ramp + "new W(2).At; record W(int N) { public double At(int e) => e / (double)N; }", "0 0.5 1 1.5")]
    [InlineData(Ramp + "new W(2).At; class W(int n) { public double At(int e) => e / (double)n; }", "0 0.5 1 1.5")]
    [InlineData(Ramp + "new W(2).At; class W(int n) { private readonly double _n = n * 2; public double At(int e) => e / _n; }", "0 0.25 0.5 0.75")]
    [InlineData(Ramp + "new W(2).At; class W { private readonly int _n; public W(int n) { _n = n; } public double At(int e) => e / (double)_n; }", "0 0.5 1 1.5")]
    [InlineData(Ramp + "new W(b: 1, a: 2).At; class W { private readonly int _n; public W(int a, int b) => _n = a; public double At(int e) => e / (double)_n; }", "0 0.5 1 1.5")]
    [InlineData(Ramp + "new W { N = 2 }.At; class W { public int N { get; set; } = 9; public double At(int e) => e / (double)N; }", "0 0.5 1 1.5")]
    [InlineData(Ramp + "new W().At; class W { public int N { get; set; } = 2; public double At(int e) => e / (double)N; }", "0 0.5 1 1.5")]
    [InlineData("static double F(int e, W w) => e / (double)w.N; Func<int, double> Make() => e => F(e, new W(2)); record W(int N);", "0 0.5 1 1.5")]
    [InlineData("sealed class OptAttribute : Attribute { } [Obsolete] private int _w = 2; [Opt] private readonly int _v = 1; Func<int, double> Make() => e => e / (double)_w * _v;", "0 0.5 1 1.5")]
    public void What_the_code_fixes_is_known(string members, string expected) => Assert.Equal(expected, Values(Read(members)));

    [Theory]
    [InlineData("Func<int, double> Make(string mode) => e => mode == \"a\" ? 0 : mode is \"b\" ? 1 : 2;", "mode: mode is \"a\", mode is \"b\", mode is neither \"a\" nor \"b\"")]
    [InlineData("Func<int, double> Make(string mode) => e => mode switch { \"a\" => 0, \"b\" or \"c\" => 1, _ => 2 };", "mode: mode is \"a\", mode is \"b\", mode is \"c\", mode is none of \"a\", \"b\", \"c\"")]
    [InlineData("Func<int, double> Make(string? mode) => e => (mode ?? \"a\") == \"a\" ? 0 : 1;", "mode: mode is \"a\", mode is null, mode is neither \"a\" nor null")]
    [InlineData("Func<int, double> Make(string? mode) => e => mode is { } ? 0 : 1;", "mode: mode is null, mode is not null")]
    [InlineData("Func<int, double> Make(string mode) { var m = mode; return e => m == \"a\" ? 0 : 1; }", "mode: mode is \"a\", mode is not \"a\"")]
    [InlineData("static double F(int e, string m) => m == \"a\" ? e : 1; Func<int, double> Make(string mode) => e => F(e, mode);", "mode: mode is \"a\", mode is not \"a\"")]
    [InlineData("class Cfg { public int W { get; set; } } Func<int, double> Make(Cfg? c) => e => e / (double)(c?.W ?? 5);", "c: c is null, c is not null; c.W")]
    [InlineData("class Cfg { public Cfg? Inner; public int W { get; set; } } Func<int, double> Make(Cfg? c) => e => e / (double)(c?.Inner?.W ?? 5);", "c: c is null, c is not null; c.Inner: c.Inner is null, c.Inner is not null; c.Inner.W")]
    [InlineData("class Cfg { public string? Mode; } Func<int, double> Make(Cfg? c) => e => c?.Mode == \"a\" ? 0 : 1;", "c: c is null, c is not null; c.Mode: c.Mode is \"a\", c.Mode is not \"a\"")]
    [InlineData("Func<int, double> Make(string mode, bool warm) => e => (mode, warm) switch { (\"a\", true) => 0, _ => 1 };", "mode: mode is \"a\", mode is not \"a\"; warm: warm is true, warm is false")]
    [InlineData("class Cfg(int n) { public int N => n; } Func<int, double> Make(Cfg a, Cfg b) => e => a.N / (double)b.N;", "a.n; b.n")]
    [InlineData("Func<int, double> Make(int a) { var w = a > 0 ? int.Parse(\"3\") : 5; return e => e / (double)w; }", "w")]
    [InlineData("static int H(int a, int b) => a / b; Func<int, double> Make(int a) { var w = H(a, 2) + int.Parse(\"3\"); return e => H(e, w); }", "w")]
    [InlineData("sealed class OptAttribute : Attribute { } [Opt] private int _w = 5; Func<int, double> Make() => e => e / (double)_w;", "_w")]
    [InlineData("sealed class OptAttribute : Attribute { } [Opt] private static int W { get; set; } = 5; Func<int, double> Make() => e => e / (double)W;", "W")]
    [InlineData("[ThreadStatic] private static int s_w = 5; Func<int, double> Make() => e => e / (double)s_w;", "s_w")]
    [InlineData(Ramp + "new W(2).At; class W { private readonly int _n; public W(int n) { if (n > 3) _n = n; } public double At(int e) => e / (double)_n; }", "W._n")]
    [InlineData(Ramp + "new W(2).At; class W { private readonly int _n; public W(int n) { n++; _n = n; } public double At(int e) => e / (double)_n; }", "W.n")]
    [InlineData(Ramp + "new W().At; class W(int n) { public W() : this(2) { } public double At(int e) => e / (double)n; }", "W.n")]
    [InlineData(Ramp + "new W(int.Parse(\"2\")).At; record W(int N) { public double At(int e) => e / (double)N; }", "W.N")]
    public void What_the_code_leaves_open_is_a_free_variable(string members, string expected)
    {
        var program = Read(members);
        Assert.Equal(expected, string.Join("; ", program.FreeVariables.Select(variable => variable.IsDiscrete
            ? variable.Name + ": " + string.Join(", ", Assignments.ByBranch(program with { FreeVariables = [variable] }).Select(branch => branch.Choices[0].Choice.Condition))
            : variable.Name)));
        foreach (var assignment in Assignments.ByBranch(program).SelectMany(branch => branch.Assignments))
            Assert.NotEqual(ValueKind.Unknown, program.Under(assignment, CancellationToken.None).At(1).Kind);
        Assert.Equal(Enumerable.Range(0, program.Divisions.Length), program.Divisions.Select(division => division.Number));
    }

    [Theory]
    [InlineData("Func<int, double> Make(string a, string b) => e => a == b ? 1 : 2;")]
    [InlineData("Func<int, double> Make(string mode) => e => { var m = mode; return m == \"a\" ? 1 : 2; };")] // a branch that nothing was split off for
    [InlineData("Func<int, double> Make(string mode) => e => mode.ToLower() == \"a\" ? 1 : 2;")]
    [InlineData("string Mode => DateTime.Now.ToString(); static double F(int e, string m) => m == \"a\" ? 1 : 2; Func<int, double> Make() => e => F(e, Mode);")]
    [InlineData("private string _mode = \"a\"; void Next() => _mode = \"b\"; Func<int, double> Make() => e => _mode == \"a\" ? 1 : 2;")]
    [InlineData("private string _mode = \"a\"; void Next() => _mode = \"b\"; static double F(int e, string m) => m == \"a\" ? 1 : 2; Func<int, double> Make() => e => F(e, _mode);")]
    [InlineData("class Cfg { public int W { get; set; } } private Cfg? _c; void Next() { for (;;) _c = new Cfg(); } Func<int, double> Make() => e => _c?.W ?? 5;")]
    [InlineData("Func<int, double> Make(string mode) => e => (mode + e) == \"a1\" ? 1 : 2;")]
    [InlineData(Ramp + "e => { Console.WriteLine(e = 5); return e; };")] // printing that is more than printing
    [InlineData(Ramp + "e => { Console.WriteLine(e++); return e; };")]
    [InlineData(Ramp + "e => { Console.WriteLine(int.TryParse(\"5\", out e)); return e; };")]
    [InlineData(Ramp + "e => { int Bump() => e += 5; Console.WriteLine(Bump()); return e; };")]
    [InlineData(Ramp + "e => { Func<int> bump = () => e += 5; Console.WriteLine(bump()); return e; };")]
    [InlineData(Ramp + "e => { Console.WriteLine(new[] { 1, 2 }.Select(x => e += x).Sum()); return e; };")]
    [InlineData("static class Debug { public static void Assert(bool b) => throw new Exception(); } extern static int Get(); Func<int, double> Make() => e => { Console.Out.Write(Get()); return e; };")]
    [InlineData(Ramp + "new W(2).At; class W(int n) { public double At(int e) => e / (double)n++; }")]
    [InlineData(Ramp + "new W(2).At; class W { private int _n; public W(int n) { _n = n; } public double At(int e) => e / (double)_n++; }")]
    [InlineData("Func<int, double> Make() => e => new W(e).At(e); class W(int n) { public double At(int e) => e / (double)n; }")] // made of the index
    [InlineData(Ramp + "e => (e, e.GetHashCode()) switch { (_, > 5) => 1, _ => 2 };")]
    [InlineData(Ramp + "e => Convert.ToDouble(e.ToString());")]
    [InlineData("internal static class T { public static readonly double[] Table = { 1, 2, 3 }; } void Set() => T.Table[0] = 5; Func<int, double> Make() => e => T.Table[e];")]
    public void What_is_not_certain_is_unknown(string members)
    {
        var program = Read(members);
        foreach (var assignment in Assignments.ByBranch(program).SelectMany(branch => branch.Assignments))
            Assert.Equal(ValueKind.Unknown, program.Under(assignment, CancellationToken.None).At(1).Kind);
    }

    [Fact]
    public void Another_text_is_not_known_to_differ_from_one_that_was_not_asked_for()
    {
        var program = Read("Func<int, double> Make(string mode) => e => { var m = mode; return mode == \"a\" ? 0 : m == \"b\" ? 1 : 2; };");
        var branches = Assignments.ByBranch(program);
        Assert.Equal([ValueKind.Double, ValueKind.Unknown], branches.Select(branch => program.Under(branch.Assignments[0], CancellationToken.None).At(1).Kind));
    }

    [Theory]
    [InlineData("public static class T { public static readonly double[] Table = { 1, 2, 3 }; }", "Unknown")]
    [InlineData("internal static class T { public static readonly double[] Table = { 1, 2, 3 }; }", "1")]
    [InlineData("internal static class T { public static readonly double[] Table = { 1, 2, 3 }; } class D { void Set() => T.Table[0] = 5; }", "Unknown")]
    [InlineData("internal static class T { public static readonly double[] Table = { 1, 2, 3 }; } class D { void Set() => Array.Reverse(T.Table); }", "Unknown")]
    public void A_table_of_another_type_is_known_where_nobody_can_change_it(string table, string expected)
    {
        var program = new FactorCode(Usings + "public class C { Func<int, double> Make() => e => T.Table[e]; }", Usings + table).ReturnedBy("Make");
        var first = program.Under(Assignment.Empty, CancellationToken.None).At(0);
        Assert.Equal(expected, first.IsKnown ? first.ToDouble().ToString(CultureInfo.InvariantCulture) : "Unknown");
    }

    [Theory]
    [InlineData("Func<int, double> Make() { var lr = 0.1; return e => lr * 2.0; }", "0.1 at lr, 2.0")]
    [InlineData("Func<int, double> Make() { var lr = 0.1; var peak = lr * 3.0; return e => peak * 2.0; }", "0.1 at peak, 3.0 at peak, 2.0")]
    [InlineData("Func<int, double> Make() { Func<int, double> f = e => e * 2.0; return f; }", "2.0")]
    [InlineData("static double F(int e) => e * 2.0; Func<int, double> Make() { Func<int, double> f = F; return f; }", "2.0")]
    [InlineData("Func<int, double> Make() { int n = 7 / 2; return e => e / (double)n; }", "7 at n, 2 at n, 7 / 2 at n")]
    public void What_a_variable_was_made_with_entered_where_the_variable_stands(string members, string expected)
    {
        var program = Read(members);
        var sites = program.Literals.Select(site => (site.Origin, site.EnteredAt)).Concat(program.Divisions.Select(site => (site.Origin, site.EnteredAt)));
        Assert.Equal(expected, string.Join(", ", sites.Select(site => (SyntaxNode)site.Origin + (site.EnteredAt is null ? "" : " at " + (SyntaxNode)site.EnteredAt))));
    }

    [Fact]
    public void What_asks_for_a_whole_number_is_no_mistaken_division()
    {
        var run = Read("Func<int, double> Make() => e => Convert.ToInt32(e / 5) + Convert.ToDouble(e / 7);").Under(Assignment.Empty, CancellationToken.None);
        Assert.False(run.At(8).Trace.Holds(0));
        Assert.True(run.At(8).Trace.Holds(1));
    }

    private static FactorProgram Read(string members)
    {
        var code = new FactorCode(Usings + "public class C\n{\n" + members + "\n}");
        Assert.Empty(code.Errors());
        return code.ReturnedBy("Make");
    }

    private static string Values(FactorProgram program)
    {
        var run = program.Under(Assignments.ByBranch(program)[0].Assignments[0], CancellationToken.None);
        return string.Join(" ", Enumerable.Range(0, 4).Select(run.At).Select(value => value.IsKnown ? value.ToDouble().ToString("R", CultureInfo.InvariantCulture) : "Unknown"));
    }
}
