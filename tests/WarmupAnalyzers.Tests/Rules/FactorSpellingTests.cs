using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>The same curves through every way of writing a function and a scheduler.</summary>
public class FactorSpellingTests
{
    private const string Ramp = "Math.Min((epoch + 1) / 5.0, 1.0)";

    [Theory]
    [InlineData("static double Warmup(int epoch) => VALUE;")]
    [InlineData("static double Warmup(int epoch) { return VALUE; }")]
    [InlineData("static Func<int, double> Warmup = epoch => VALUE;")]
    [InlineData("static Func<int, double> Warmup => epoch => VALUE;")]
    [InlineData("static readonly Func<int, double> Warmup = (int epoch) => { return VALUE; };")]
    public Task Members(string member) => Verify.Fix(
        FactorSource.Script("Warmup", members: member.Replace("VALUE", "{|WARM1002:epoch / 5|}", System.StringComparison.Ordinal)),
        FactorSource.Script("Warmup", members: member.Replace("VALUE", Ramp, System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("Warmup", "double Warmup(int epoch) => VALUE;")]
    [InlineData("Warmup", "static double Warmup(int epoch) { return VALUE; }")]
    [InlineData("Warmup", "Func<int, double> Warmup = epoch => VALUE;")]
    [InlineData("e => Warmup(e)", "double Warmup(int epoch) => VALUE;")]
    [InlineData("new Func<int, double>(Warmup)", "double Warmup(int epoch) => VALUE;")]
    public Task Locals(string factor, string local) => Verify.Fix(
        FactorSource.Script(factor, local.Replace("VALUE", "Math.Min({|WARM1001:epoch / 5.0|}, 1.0)", System.StringComparison.Ordinal)),
        FactorSource.Script(factor, local.Replace("VALUE", Ramp, System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(optimizer, verbose: false, lr_lambda: FACTOR)")]
    [InlineData("optim.lr_scheduler.LambdaLR(optimizer, FACTOR, -1)")]
    [InlineData("TorchSharp.torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { FACTOR })")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new List<Func<int, double>> { FACTOR })")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR])")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(lr_lambdas: [FACTOR, epoch => 1.0], optimizer: optimizer)")]
    public Task Schedulers(string scheduler) => Verify.Fix(
        FactorSource.Script("epoch => {|WARM1002:epoch / 5|}", scheduler: scheduler),
        FactorSource.Script("epoch => " + Ramp, scheduler: scheduler));

    [Theory]
    [InlineData("e => e / (double)WarmupEpochs", "const int WarmupEpochs = 5;")]
    [InlineData("e => e / (double)WarmupEpochs", "static readonly int WarmupEpochs = 5;")]
    [InlineData("e => e / (double)WarmupEpochs", "public static int WarmupEpochs { get; set; } = 5;")]
    [InlineData("e => e / (double)Config.WarmupEpochs", "static class Config { public static int WarmupEpochs; }")]
    [InlineData("e => e / (double)config.Warmup.Epochs", "record Warmup(int Epochs); record Config(Warmup Warmup); static Config config = null!;")]
    [InlineData("e => Ramp(e, 5)", "static double Ramp(int step, int length) => Math.Min((double)step / length, 1.0);")]
    [InlineData("e => A(e)", "static double A(int e) => B(e); static double B(int e) => C(e) * 1.0; static double C(int e) => Math.Min(e / 5.0, 1.0);")]
    [InlineData("Make(5)", "static Func<int, double> Make(int n) => e => Math.Min((double)e / n, 1.0);")]
    [InlineData("e => { double f = 1; for (int i = 0; i < 1; i++) f *= Math.Min(e / 5.0, 1); return f; }", "")]
    [InlineData("e => e switch { >= 0 and < 5 => e / 5.0, _ => 1 }", "")]
    public async Task ZeroIsFoundWhereverItIsComputed(string factor, string members)
    {
        var found = await Findings.In(FactorSource.Script(factor, members: members));
        Assert.Equal("WARM1001", Assert.Single(found).Id);
    }

    [Theory]
    [InlineData("null!")]
    [InlineData("e => { while (true) { } }")]
    [InlineData("e => Loop(e)", "static double Loop(int e) => Loop(e + 1);")]
    [InlineData("e => Unknown(e)", "static double Unknown(int e) => Random.Shared.Next() * e;")]
    [InlineData("e => Source!(e)", "static Func<int, double>? Source = null;")]
    public async Task WhatIsNotKnownIsSilent(string factor, string members = "") =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor, members: members)));

    [Theory]
    [InlineData("e => e /")]
    [InlineData("e => e / warm")]
    [InlineData("e =>")]
    [InlineData("(e")]
    [InlineData("")]
    [InlineData("e => { return e / 5")]
    [InlineData("e => Math.Min(e / 5, ")]
    [InlineData("e => 1.0 /")]
    [InlineData("e => table[")]
    [InlineData("e => (e + 1) / 5.0 *")]
    [InlineData("e => 1 - e / undefined")]
    [InlineData("e => { throw")]
    public async Task HalfTypedCodeIsSilent(string factor) =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor), mustCompile: false));

    [Fact]
    public Task AUsersOwnMathIsLeftAlone() => Verify.Fix(
        FactorSource.Script("epoch => {|WARM1002:epoch / 5|}", members: "static class Math { public static double Min(double a, double b) => a; }"),
        FactorSource.Script("epoch => System.Math.Min((epoch + 1) / 5.0, 1.0)", members: "static class Math { public static double Min(double a, double b) => a; }"));

    [Fact]
    public async Task SeveralOnOneLineAndNestedOnesAreMendedTogether()
    {
        const string Two = "new Func<LRS>[] { () => torch.optim.lr_scheduler.LambdaLR(optimizer, FIRST), () => torch.optim.lr_scheduler.LambdaLR(optimizer, SECOND) }[0]()";
        static string Source(string first, string second) => "using LRS = TorchSharp.torch.optim.lr_scheduler.LRScheduler;\n"
            + FactorSource.Script("", scheduler: Two.Replace("FIRST", first, System.StringComparison.Ordinal).Replace("SECOND", second, System.StringComparison.Ordinal));
        await Verify.Fix(
            Source("epoch => {|WARM1002:epoch / 5|}", "epoch => Math.Min({|WARM1001:epoch / 7.0|}, 1)"),
            Source("epoch => Math.Min((epoch + 1) / 5.0, 1.0)", "epoch => Math.Min((epoch + 1) / 7.0, 1.0)"));
    }

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent(
        """
        using System;
        public static class Program
        {
            public static void Main() => lr_scheduler.LambdaLR(new object(), epoch => epoch / 5);
        }

        public static class lr_scheduler
        {
            public static object LambdaLR(object optimizer, Func<int, double> lr_lambda) => optimizer;
        }
        """,
        withTorchSharp: false);

    [Fact]
    public Task ADoppelgangerIsNotOurs() => Verify.Silent(
        """
        using System;
        namespace Mine
        {
            public static class torch
            {
                public static class optim
                {
                    public class Optimizer { }

                    public static class lr_scheduler
                    {
                        public class LRScheduler { }

                        public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda) => new();
                    }
                }
            }

            public static class Program
            {
                public static void Main() => torch.optim.lr_scheduler.LambdaLR(new torch.optim.Optimizer(), epoch => epoch / 5);
            }
        }
        """);
}
