using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;
using VerifyReview = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class FactorChangesStateTests
{
    private const string List = "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)";

    [Theory]
    [InlineData("e => { {|WARM1011:calls++|}; return (e + 1) / (e + 5.0); }", "int calls = 0;")]
    [InlineData("e => { {|WARM1011:calls += 2|}; return Math.Min((e + 1) / 5.0, 1.0); }", "int calls = 0;")]
    [InlineData("e => {|WARM1011:last = Math.Min((e + 1) / 5.0, 1.0)|}", "double last = 0;")]
    [InlineData("e => { var f = Math.Min((e + 1) / 5.0, 1.0); {|WARM1011:history.Add(f)|}; return f; }", "var history = new List<double>();")]
    [InlineData("e => { {|WARM1011:rates[0] = e|}; return 1.0; }", "var rates = new double[3];")]
    [InlineData("e => { {|WARM1011:seen[e]++|}; return 1.0; }", "var seen = new int[30];")]
    [InlineData("e => { {|WARM1011:(a, b) = (e, 1.0)|}; return b; }", "int a = 0; double b = 0;")]
    [InlineData("e => { System.Threading.Interlocked.Increment({|WARM1011:ref calls|}); return 1.0; }", "int calls = 0;")]
    [InlineData("e => { var own = counter; {|WARM1011:own.Value++|}; return 1.0; }", "var counter = new Counter();")]
    [InlineData("e => { Count(); return 1.0; }", "int calls = 0; void Count() { {|WARM1011:calls++|}; }")]
    [InlineData("e => Scaled(e)", "double scale = 1; double Scaled(int e) { {|WARM1011:scale *= 0.9|}; return scale * e; }")]
    [InlineData("e => counter.Next() * e", "var counter = new Counter();")]
    [InlineData("e => Bump(counter) * e", "var counter = new Counter();")]
    [InlineData("Make()", "")]
    [InlineData("e => { {|WARM1011:s_calls++|}; return 1.0; }", "")]
    [InlineData("e => { {|WARM1011:Calls++|}; return 1.0; }", "")]
    public async Task IsReportedWithoutAFix(string factor, string before)
    {
        const string Members = """
            static int s_calls;
                static int Calls { get; set; }
                class Counter { public int Value; public int Next() => NEXT; }
                static int Bump(Counter counter) => BUMP;
                static Func<int, double> Make() { var count = 0; return e => { MAKE; return 1.0; }; }
            """;
        string Mark(string name, string code) => factor.Contains(name, System.StringComparison.Ordinal) ? "{|WARM1011:" + code + "|}" : code;
        var source = FactorSource.Script(factor, before, Members
            .Replace("NEXT", Mark("Next()", "Value++"), System.StringComparison.Ordinal)
            .Replace("BUMP", Mark("Bump(", "counter.Value++"), System.StringComparison.Ordinal)
            .Replace("MAKE", Mark("Make()", "count++"), System.StringComparison.Ordinal));
        await Verify.NoFix(source);
        await VerifyReview.NoFix(source);
    }

    [Theory]
    [InlineData("e => { var x = 0; for (var i = 0; i < e; i++) x += i; return x + 1; }")]
    [InlineData("e => { var list = new List<double>(); list.Add(e); return list[0] + 1; }")]
    [InlineData("e => { var array = new double[2]; array[0] = e; return array[0] + 1; }")]
    [InlineData("e => { var counter = new Counter(); counter.Value++; return counter.Value; }")]
    [InlineData("e => { void Add(ref int n) { n++; } var n = e; Add(ref n); return n; }")]
    [InlineData("e => { e++; return e; }")]
    [InlineData("e => { var inner = 1; Func<int> bump = () => ++inner; return bump() + e; }")]
    [InlineData("e => (table ??= Build())[Math.Min(e, 4)]")]
    [InlineData("e => (table ??= Enumerable.Range(1, 5).Select(i => i / 5.0).ToArray())[Math.Min(e, 4)]")]
    [InlineData("e => { if (!memo.TryGetValue(e, out var f)) memo[e] = f = Math.Min((e + 1) / 5.0, 1.0); return f; }")]
    [InlineData("e => { if (memo.TryGetValue(e, out var f)) return f; f = Math.Min((e + 1) / 5.0, 1.0); memo.Add(e, f); return f; }")]
    [InlineData("e => { Console.WriteLine(e); return Math.Min((e + 1) / 5.0, 1.0); }")]
    [InlineData("e => new Counter { Value = e }.Value + 1")]
    [InlineData("e => Find().Value++")]
    public async Task WhatEndsWithTheCallIsSilent(string factor) => Assert.Empty(await Findings.In(FactorSource.Script(
        factor,
        "double[]? table = null; var memo = new Dictionary<int, double>();",
        "class Counter { public int Value; } static Counter Find() => new(); static double[] Build() { var made = new double[5]; for (int i = 0; i < 5; i++) made[i] = (i + 1) / 5.0; return made; }")));

    [Fact]
    public async Task ACacheOfTheFirstIndexIsReported() =>
        Assert.Equal("WARM1011", Assert.Single(await Findings.In(FactorSource.Script("e => first ??= e + 1.0", "double? first = null;"))).Id);

    [Fact]
    public async Task TheMessageNamesWhatIsWritten()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("e => { calls++; return 1.0; }", "int calls = 0;")));
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.Equal("The factor function changes state: it writes 'calls', and TorchSharp calls it once for each parameter group at every step", found.GetMessage());
    }

    [Fact]
    public async Task AnIgnoredIndexNamesIt()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("e => counter++ / 5.0", members: "static int counter;")));
        Assert.Equal("WARM1010", found.Id);
        Assert.EndsWith("; also, it writes 'counter' at every call (WARM1011)", found.GetMessage());
    }

    [Fact]
    public async Task AFunctionOfSeveralGroupsIsReportedOnce() =>
        Assert.Single(await Findings.In(FactorSource.WithTwoGroups(
            FactorSource.Script("[Warmup, Warmup]", members: "static int s_calls; static double Warmup(int e) { s_calls++; return 1.0; }", scheduler: List))));

    [Fact]
    public async Task AnotherMistakeIsReportedFirst()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("e => { Console.WriteLine(calls); return Math.Min(e / 5.0, 1.0); }", "int calls = 0;")));
        Assert.Equal("WARM1001", found.Id);
    }

    [Theory]
    [InlineData("e => { calls++ return 1.0; }")]
    [InlineData("e => { calls++; return")]
    [InlineData("e => { missing++; return 1.0; }")]
    public async Task HalfTypedCodeIsSilent(string factor) => Assert.Empty(await Findings.In(FactorSource.Script(factor, "int calls = 0;"), mustCompile: false));
}
