using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using Xunit;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>What the factor compiler knows of the code round a delegate, and where it must not claim to know.</summary>
public sealed class FactorReaderTests
{
    private const string Usings = "using System; using System.Linq; using System.Collections.Generic; using static System.Math;\n";

    [Theory]
    [InlineData("Func<int, double> Make() => e => e / 4.0;", "0 0.25 0.5")]
    [InlineData("Func<int, double> Make() => e => e / 4;", "0 0 0")]
    [InlineData("Func<int, double> Make() { int w; w = 4; return e => (e + 1) / (double)w; }", "0.25 0.5 0.75")]
    [InlineData("double F(int e) => e * _k; private readonly double _k = 0.5; Func<int, double> Make() => F;", "0 0.5 1")]
    [InlineData("double F(int e) => e * this._k; private double _k; C() { _k = 0.5; } Func<int, double> Make() => F;", "0 0.5 1")]
    [InlineData("static Func<int, double> Ramp(int n) => e => Min(1.0, e / (double)n); Func<int, double> Make() => Ramp(n: 2);", "0 0.5 1")]
    [InlineData("static readonly Func<int, double> s_ramp = e => e * 0.5; Func<int, double> Make() => s_ramp;", "0 0.5 1")]
    [InlineData("Func<int, double> Make() { Func<int, double> f = e => e * 0.5; var g = f; return g; }", "0 0.5 1")]
    [InlineData("static double Half(int e) => e * 0.5; Func<int, double> Make() => new Func<int, double>(Half);", "0 0.5 1")]
    [InlineData("int W { get; } = 2; Func<int, double> Make() => e => e / (double)W;", "0 0.5 1")]
    [InlineData("int W => 2; Func<int, double> Make() => e => e / (double)W;", "0 0.5 1")]
    [InlineData("int W { get { return 1 + 1; } } Func<int, double> Make() => e => e / (double)this.W;", "0 0.5 1")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; Func<int, double> Make() => e => s_t[e];", "0.1 0.5 System.IndexOutOfRangeException")]
    [InlineData("private static readonly double[] s_t = [0.1, 0.5]; Func<int, double> Make() => e => s_t[Min(e, s_t.Length - 1)];", "0.1 0.5 0.5")]
    [InlineData("private readonly List<double> _t = new() { 0.1, 0.5 }; Func<int, double> Make() => e => _t[e];", "0.1 0.5 System.ArgumentOutOfRangeException")]
    [InlineData("Func<int, double> Make() { List<double> t = [0.1, 0.5, 1]; return e => t[e] + t.Count; }", "3.1 3.5 4")]
    [InlineData("Func<int, double> Make() { var t = new[] { 1, 2, 3 }; return e => { double s = 0; foreach (double x in t) s += x; return s + e; }; }", "6 7 8")]
    [InlineData("static double F(double[] t, int e) => t[e]; Func<int, double> Make() => e => F(new[] { 1.0, 2.0, 3.0 }, e);", "1 2 3")]
    [InlineData("Func<int, double> Make() => e => { double f = 1; void Halve() { f *= 0.5; } for (int i = 0; i < e; i++) Halve(); return f; };", "1 0.5 0.25")]
    [InlineData("Func<int, double> Make() => e => throw new NotSupportedException();", "System.NotSupportedException System.NotSupportedException System.NotSupportedException")]
    [InlineData("class Odd : Exception {} Func<int, double> Make() => e => throw new Odd();", "C+Odd C+Odd C+Odd")]
    [InlineData("Func<int, double> Make() => e => { throw null; };", "System.NullReferenceException System.NullReferenceException System.NullReferenceException")]
    [InlineData("Func<int, double> Make() => e => 1 / (e - 1);", "-1 System.DivideByZeroException 1")]
    [InlineData("Func<int, double> Make() => e => { byte x = 3; checked { x <<= e * 7; } return x; };", "3 System.OverflowException System.OverflowException")]
    [InlineData("Func<int, double> Make() => e => { byte x = 3; x <<= e * 7; return x; };", "3 128 0")]
    [InlineData("Func<int, double> Make() => e => unchecked(int.MinValue / -1) + e;", "-2147483648 -2147483647 -2147483646")]
    [InlineData("Func<int, double> Make() => e => unchecked(int.MinValue % -1) + e;", "0 1 2")]
    [InlineData("Func<int, double> Make() => e => int.MinValue / (e - 1);", "System.OverflowException System.DivideByZeroException -2147483648")]
    [InlineData("private static readonly System.Collections.Immutable.ImmutableArray<double> s_t = [4, 5]; Func<int, double> Make() => e => s_t[e];", "4 5 System.IndexOutOfRangeException")]
    [InlineData("private static readonly IReadOnlyList<int> s_t = [4, 5, 6]; Func<int, double> Make() => e => s_t[e] + s_t.Count;", "7 8 9")]
    [InlineData("Func<int, double> Make() => e => { Span<double> t = [4, 5, 6]; return t[e]; };", "4 5 6")]
    [InlineData("static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); Func<int, double> Make() => e => Fib(e + 5);", "5 8 13")]
    [InlineData("Func<int, double> Make() { const string mode = \"linear\"; return e => mode == \"linear\" ? e : -e; }", "0 1 2")]
    [InlineData("Func<int, double> Make() { var mode = \"linear\"; return e => mode == \"linear\" ? e : -e; }", "0 1 2")]
    [InlineData("Func<int, double> Make() { int? w = null; return e => w is null ? e : e / (double)w.Value; }", "0 1 2")]
    [InlineData("Func<int, double> Make() => e => e is double.NaN or 1 ? 5 : default(int?) ?? 7.5;", "7.5 5 7.5")]
    [InlineData("Func<int, double> Make() => e => 0.0 / e switch { 0 => 0.0, _ => 1.0 } is double.NaN ? 9 : 1;", "9 1 1")]
    [InlineData("Func<int, double> Make() => e => { double x = e; switch (e) { case 0: x = L(3); break; double L(double a) => a + x + e; default: x = 1; break; } return x; };", "3 1 1")]
    public void A_known_function_has_its_values(string members, string expected) => Assert.Equal(expected, Values(Read(members)));

    [Theory]
    [InlineData("Func<int, double> Make() => null!;")] // no delegate
    [InlineData("Func<int, double> Make() { Func<int, double>? f = null; return f!; }")]
    [InlineData("Func<int, double> Make() => e => { while (true) { } };")] // endless
    [InlineData("Func<int, double> Make() => e => { int i = 0; do i--; while (i != 5); return i; };")]
    [InlineData("static double F(int e) => F(e + 1); Func<int, double> Make() => F;")] // endless recursion
    [InlineData("static double F(int e) => G(e); static double G(int e) => F(e); Func<int, double> Make() => F;")]
    [InlineData("static double F(int e) => e <= 0 ? 1 : F(e - 1) + F(e - 1); Func<int, double> Make() => e => F(e + 60);")] // exponential
    [InlineData("Func<int, double> Make() { int calls = 0; return e => ++calls / 5.0; }")] // state that outlives the call
    [InlineData("Func<int, double> Make() { double f = 0; return e => f += 0.1; }")]
    [InlineData("private int _calls; Func<int, double> Make() => e => _calls++ / 5.0;")]
    [InlineData("static Func<int, double> Count() { int n = 0; return e => ++n; } Func<int, double> Make() => Count();")]
    [InlineData("Func<int, double> Make() { int n = 5; for (int i = 0; i < 3; i++) n = i; return e => e / n; }")] // written in a loop
    [InlineData("Func<int, double> Make() { Func<int, double>? f = null; for (int i = 0; i < 3; i++) { f = e => e * i; } return f!; }")]
    [InlineData("private int _epoch; void Next() { _epoch = _epoch + 1; } Func<int, double> Make() => e => _epoch / 5.0;")] // written in a method
    [InlineData("private int _epoch; void Next() => Interlocked(ref _epoch); static void Interlocked(ref int x) => x++; Func<int, double> Make() => e => _epoch / 5.0;")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; void Set() => s_t[0] = 7; Func<int, double> Make() => e => s_t[e];")] // elements written
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; void Set() => (s_t[0], _) = (7, 8); Func<int, double> Make() => e => s_t[e];")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; void Set() { ref double r = ref s_t[0]; r = 7; } Func<int, double> Make() => e => s_t[e];")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; void Set() { foreach (ref double r in s_t.AsSpan()) r = 7; } Func<int, double> Make() => e => s_t[e];")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; void Set() => Array.Reverse(s_t); Func<int, double> Make() => e => s_t[e];")]
    [InlineData("private static readonly double[] s_t = { 0.1, 0.5 }; double[] All => s_t; Func<int, double> Make() => e => s_t[e];")]
    [InlineData("private static readonly double[][] s_t = { new[] { 0.1 } }; void Set() { s_t[0][0] = 3; } Func<int, double> Make() => e => s_t[0][e];")]
    [InlineData("public static readonly double[] Table = { 0.1, 0.5 }; Func<int, double> Make() => e => Table[e];")] // anyone may write
    [InlineData("private readonly List<double> _t = new() { 0.1 }; void Grow() => _t.Add(1); Func<int, double> Make() => e => _t[e];")]
    [InlineData("Func<int, double> Make() { var t = new[] { 1.0, 2 }; Fill(t); return e => t[e]; } static void Fill(double[] x) => x[0] = 5;")]
    [InlineData("Func<int, double> Make() { var t = new[] { 1.0, 2 }; var u = t; u[0] = 4; return e => t[e]; }")]
    [InlineData("static readonly double[] s_t = { 1.0, 2 }; Func<int, double> Make() => e => { s_t[0] = e; return s_t[0]; };")] // outlives the call
    [InlineData("Func<int, double> Make() => e => { double.TryParse(\"1\", out var x); return x; };")] // ref and out
    [InlineData("static void Up(ref double x) => x++; Func<int, double> Make() => e => { double x = e; Up(ref x); return x; };")]
    [InlineData("Func<int, double> Make() => e => new Random().NextDouble();")] // not pure, or not known
    [InlineData("Func<int, double> Make() => e => DateTime.Now.Second * (double)e.GetHashCode();")]
    [InlineData("Func<int, double> Make() => e => unchecked((int)(e + 1e20));")] // differs between runtimes
    [InlineData("Func<int, double> Make() { string mode = \"a\"; foreach (var m in new[] { \"b\" }) mode = m; return e => mode == \"a\" ? 1 : 2; }")]
    [InlineData("class Stage { public int Length { get; set; } } Func<int, double> Make() { var s = new Stage(); for (int i = 0; i < 3; i++) s = new Stage(); return e => e / (double)s.Length; }")]
    public void What_is_not_certain_is_unknown(string members)
    {
        var program = Read(members);
        foreach (var assignment in Assignments.ByBranch(program).SelectMany(branch => branch.Assignments))
            Assert.Equal(ValueKind.Unknown, program.Under(assignment, CancellationToken.None).At(1).Kind);
    }

    [Theory]
    [InlineData("Func<int, double> Make(int warmup) => e => e / (double)warmup;", "warmup")]
    [InlineData("Func<int, double> Make(int warmup) { var w = warmup * 2; return e => e / (double)w; }", "warmup")]
    [InlineData("public int Warmup { get; set; } = 5; Func<int, double> Make() => e => e / (double)Warmup;", "Warmup")]
    [InlineData("public int Warmup { get; init; } Func<int, double> Make() => e => e / (double)Warmup;", "Warmup")]
    [InlineData("public int Warmup; Func<int, double> Make() => e => e / (double)Warmup;", "Warmup")]
    [InlineData("private readonly int _w; C(int w) { _w = w; } Func<int, double> Make() => e => e / (double)_w;", "w")]
    [InlineData("private readonly int _w; C(bool big) { if (big) _w = 5; } Func<int, double> Make() => e => e / (double)_w;", "_w")]
    [InlineData("private readonly int _w; C() { _w = 5; } C(string s) { } Func<int, double> Make() => e => e / (double)_w;", "_w")]
    [InlineData("Func<int, double> Make(string[] args) { var w = int.Parse(args[0]); return e => e / (double)w; }", "w")]
    [InlineData("Func<int, double> Make(List<int> data) => e => e / (double)data.Count;", "data.Count")]
    [InlineData("enum Kind { A, B } Func<int, double> Make(Kind kind) => e => kind == Kind.A ? 0 : 1;", "kind: kind is Kind.A, kind is Kind.B")]
    [InlineData("enum Kind { A, B } Func<int, double> Make(Kind kind) => kind switch { Kind.A => e => 0, _ => e => 1 };", "kind: kind is Kind.A, kind is Kind.B")]
    [InlineData("Func<int, double> Make(bool on) => e => on ? 0 : 1;", "on: on is true, on is false")]
    [InlineData("Func<int, double> Make(int? w) => e => w is { } n ? e / (double)n : 1;", "w: w is not null, w is null")]
    [InlineData("Func<int, double> Make(int? w) => e => e / (double)(w ?? 5);", "w: w is not null, w is null")]
    [InlineData("Func<int, double> Make(string mode) => e => mode == \"linear\" ? e : 1;", "mode: mode is \"linear\", mode is not \"linear\"")]
    [InlineData("Func<int, double> Make(object? o) => e => o is not null ? e : 1;", "o: o is null, o is not null")]
    [InlineData("class Cfg { public Wu Warmup { get; } = new(); } class Wu { public int Epochs { get; set; } } Func<int, double> Make(Cfg config) => e => e / (double)config.Warmup.Epochs;", "config.Warmup.Epochs")]
    [InlineData("class Cfg { public int A { get; set; } public int B => A * 2; } Func<int, double> Make(Cfg config) => e => e / (double)config.B;", "config.A")]
    [InlineData("class Cfg { private readonly int _n; public Cfg(int n) { _n = n; } public int N => _n; } Func<int, double> Make(Cfg a, Cfg b) => e => a.N / b.N;", "a._n; b._n")]
    [InlineData("class Cfg { public int N = 2; public double F(int e) => e / (double)N; } Func<int, double> Make(Cfg c) => c.F;", "c.N")]
    [InlineData("class Opt { public int W { get; set; } } static double Ramp(int e, Opt o) => e / (double)o.W; Func<int, double> Make(Opt opt) => e => Ramp(e, opt);", "opt.W")]
    public void What_the_code_leaves_open_is_a_free_variable(string members, string expected)
    {
        var program = Read(members);
        Assert.Equal(expected, string.Join("; ", program.FreeVariables.Select(variable => variable.IsDiscrete
            ? variable.Name + ": " + string.Join(", ", Assignments.ByBranch(program with { FreeVariables = [variable] }).Select(branch => branch.Choices[0].Choice.Condition))
            : variable.Name)));
        foreach (var assignment in Assignments.ByBranch(program).SelectMany(branch => branch.Assignments))
            Assert.NotEqual(ValueKind.Unknown, program.Under(assignment, CancellationToken.None).At(1).Kind);
    }

    [Fact]
    public void A_primary_constructors_parameter_is_free() =>
        Assert.Equal("warmup", Assert.Single(Source("public class C(int warmup) { Func<int, double> Make() => e => e / (double)warmup; }").FreeVariables).Name);

    [Fact]
    public void An_extension_method_is_read() =>
        Assert.Equal("0 0.5 1", Values(Source("static class X { public static double Half(this int e) => e * 0.5; } public class C { Func<int, double> Make() => e => e.Half(); }")));

    [Fact]
    public void A_method_in_another_file_is_read()
    {
        var source = new FactorCode(Usings + "public class C { Func<int, double> Make() => Other.Ramp; }", "static class Other { const int W = 2; public static double Ramp(int e) => e / (double)W; }");
        Assert.Equal("0 0.5 1", Values(source.ReturnedBy("Make")));
    }

    [Fact]
    public void A_local_function_of_top_level_statements_is_read()
    {
        const string code = "using TorchSharp; int w = 4; double Ramp(int e) => e / (double)w; var s = torch.optim.lr_scheduler.LambdaLR(null, Ramp);";
        Assert.Equal("0 0.25 0.5", Values(new FactorCode(code).GivenToLambdaLR()));
    }

    [Theory]
    [InlineData("Func<int, double> Make() => e => e / ;")]
    [InlineData("Func<int, double> Make() => e => ")]
    [InlineData("Func<int, double> Make() => e => { return Math.Min(e / 5.0, ; };")]
    [InlineData("Func<int, double> Make() => e => missing / 5.0;")]
    [InlineData("Func<int, double> Make() => e => { for (int i = 0; i < ; i++) { } return 1; };")]
    [InlineData("Func<int, double> Make() => e => { switch (e) { case : return 1; } };")]
    [InlineData("Func<int, double> Make() => Missing;")]
    [InlineData("Func<int, double> Make() => e => e switch { 0 => , };")]
    [InlineData("Func<int, double> Make() => e => Make(;")]
    [InlineData("Func<int, double> Make() => e => new double[] { e, [0];")]
    [InlineData("Func<int, double> Make() => e => t[; double[] t = ")]
    [InlineData("Func<int, double> Make() => (a, b) => a;")]
    [InlineData("Func<int, double> Make() => e => { int x = x + 1; return x; };")]
    [InlineData("const int A = B; const int B = A; Func<int, double> Make() => e => A;")]
    [InlineData("private static readonly int A = B, B = A; Func<int, double> Make() => e => A + e;")]
    [InlineData("Func<int, double> Make() => e => 1 / 0;")]
    [InlineData("Func<int, double> Make() => e => 99999999999999999999999 + e;")]
    public void Half_typed_code_does_no_harm(string members)
    {
        var program = Read(members);
        foreach (var assignment in Assignments.ByBranch(program).SelectMany(branch => branch.Assignments))
            program.Under(assignment, CancellationToken.None).At(1);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("(")]
    [InlineData("?")]
    [InlineData("!")]
    [InlineData("if")]
    [InlineData("or")]
    [InlineData("call")]
    public void Deep_nesting_does_not_overflow_the_stack(string kind)
    {
        // The compiler itself gives up, or dies, at some thousand parentheses and patterns on such a stack.
        const int depth = 5_000;
        const int compilersDepth = 400;
        var text = kind switch
        {
            "+" => "e => " + string.Join(" + ", Enumerable.Repeat("1.0", depth)),
            "(" => "e => " + new string('(', compilersDepth) + "e" + new string(')', compilersDepth),
            "?" => "e => " + string.Concat(Enumerable.Range(0, 300).Select(i => "e == " + i + " ? 1 : ")) + "0",
            "!" => "e => " + new string('!', 300) + "true ? 1 : 0",
            "if" => "e => { " + string.Concat(Enumerable.Repeat("if (e > 0) { ", 300)) + new string('}', 300) + " return 1; }",
            "or" => "e => e is " + string.Join(" or ", Enumerable.Range(0, compilersDepth)) + " ? 1 : 0",
            _ => "e => " + string.Concat(Enumerable.Repeat("Math.Abs(", 300)) + "e" + new string(')', 300),
        };
        OnSmallStack(() =>
        {
            // Where the null analysis of a newer compiler gives up it leaves the process unfit for any other: it is not what is tested.
            var program = Read("#nullable disable\nFunc<int, double> Make() => " + text + ";");
            program.Under(Assignment.Empty, CancellationToken.None).At(1);
        });
    }

    [Fact]
    public void Recursion_of_a_deeply_nested_function_does_not_overflow_the_stack()
    {
        var body = string.Concat(Enumerable.Repeat("(1 + ", 60)) + "F(e - 1)" + new string(')', 60);
        OnSmallStack(() => Read("#nullable disable\nstatic double F(int e) => " + body + "; Func<int, double> Make() => F;").Under(Assignment.Empty, CancellationToken.None).At(1));
    }

    [Fact]
    public void An_endless_loop_costs_one_runs_budget_at_most()
    {
        var run = Read("Func<int, double> Make() => e => { while (true) { } };").Under(Assignment.Empty, CancellationToken.None);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
            Assert.Equal(ValueKind.Unknown, run.At(i).Kind);
        Assert.True(watch.ElapsedMilliseconds < 5_000, watch.Elapsed.ToString());
    }

    [Fact]
    public void Cancellation_is_honoured()
    {
        using var source = new CancellationTokenSource();
        var program = Read("Func<int, double> Make() => e => e;");
        var run = program.Under(Assignment.Empty, source.Token);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => run.At(0));
        Assert.ThrowsAny<OperationCanceledException>(() => new FactorCode(Usings + "class C { Func<int, double> Make() => e => e; }").ReturnedBy("Make", cancellation: source.Token));
    }

    [Fact]
    public void Too_many_branches_are_not_looked_at()
    {
        var parameters = string.Join(", ", Enumerable.Range(0, 6).Select(i => "bool b" + i));
        var sum = string.Join(" + ", Enumerable.Range(0, 6).Select(i => "(b" + i + " ? 1 : 0)"));
        Assert.Empty(Assignments.ByBranch(Read($"Func<int, double> Make({parameters}) => e => {sum};")));
    }

    private static FactorProgram Read(string members) => Source("public class C\n{\n" + members + "\n}");

    private static FactorProgram Source(string source) => new FactorCode(Usings + source).ReturnedBy("Make");

    private static string Values(FactorProgram program)
    {
        Assert.Empty(program.FreeVariables);
        var run = program.Under(Assignment.Empty, CancellationToken.None);
        return string.Join(" ", Enumerable.Range(0, 3).Select(run.At).Select(value => value.Kind switch
        {
            ValueKind.Unknown => "Unknown",
            ValueKind.Thrown => value.Exception,
            _ => value.ToDouble().ToString("R", CultureInfo.InvariantCulture),
        }));
    }

    // The stacks of an IDE's and a compiler server's threads are of one megabyte.
    private static void OnSmallStack(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = exception;
                }
            },
            1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
