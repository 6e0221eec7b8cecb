using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.MultiplicativeUsedLikeLambdaFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class MultiplicativeUsedLikeLambdaTests
{
    private const string TwoGroups = "0.05); optimizer.add_param_group(new TorchSharp.Modules.SGD.ParamGroup { Parameters = Linear(2, 2).parameters() }";
    private const string Wrong = "torch.optim.lr_scheduler.{|WARM2007:MultiplicativeLR|}(optimizer, FACTOR)";
    private const string Plain = "torch.optim.lr_scheduler.MultiplicativeLR(optimizer, FACTOR)";
    private const string Right = "torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)";

    [Theory]
    [InlineData("k => Math.Min((k + 1) / 5.0, 1.0)", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("k => Math.Min((k + 1) / (double)warmupEpochs, 1.0)", "k => Math.Min((k + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("k => Math.Min(k / 5.0, 1.0)", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("k => (k + 1) / 5.0", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("k => k / 5", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("k => 0.05 * Math.Min((k + 1) / 5.0, 1.0)", "k => Math.Min((k + 1) / 5.0, 1.0)")]
    [InlineData("k => k < 5 ? k / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * (k - 5) / 95))", "k => k < 5 ? (k + 1) / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * (k - 5) / 95))")]
    [InlineData("k => Math.Pow(0.95, k)", "k => Math.Pow(0.95, k)")]
    [InlineData("k => 1 - k / 100.0", "k => 1 - k / 100.0")]
    [InlineData("k => 1 - k / 10.0", "k => Math.Max(0.0, 1 - k / 10.0)")]
    [InlineData("k => { return Math.Min(1, 0.1 + 0.9 * k / 10); }", "k => { return Math.Min(1, 0.1 + 0.9 * k / 10); }")]
    public Task IsReportedAndMended(string factor, string mended) =>
        Verify.Fix(FactorSource.Script(factor, scheduler: Wrong), FactorSource.Script(mended, scheduler: Right));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.NAME(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("torch.optim.lr_scheduler.NAME(optimizer, verbose: false, lr_lambda: FACTOR)")]
    [InlineData("optim.lr_scheduler.NAME(optimizer, FACTOR, -1)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.NAME(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.NAME(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.NAME(optimizer, new[] { FACTOR })")]
    [InlineData("new torch.optim.lr_scheduler.impl.NAME(optimizer, new List<Func<int, double>> { FACTOR })")]
    [InlineData("new torch.optim.lr_scheduler.impl.NAME(lr_lambdas: [FACTOR], optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.NAME(optimizer, [k => 1.0, FACTOR])", TwoGroups)]
    public Task EverySpelling(string scheduler, string rate = "0.05")
    {
        const string Ramp = "(int k) => Math.Min((k + 1) / 5.0, 1.0)";
        return Verify.Fix(
            FactorSource.Script(Ramp, rate: rate, scheduler: scheduler.Replace("NAME", "{|WARM2007:MultiplicativeLR|}", StringComparison.Ordinal)),
            FactorSource.Script(Ramp, rate: rate, scheduler: scheduler.Replace("NAME", "LambdaLR", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Warmup", "static double Warmup(int epoch) => VALUE;")]
    [InlineData("Warmup", "static double Warmup(int epoch) { return VALUE; }")]
    [InlineData("Warmup", "static readonly Func<int, double> Warmup = epoch => VALUE;")]
    [InlineData("Make(5)", "static Func<int, double> Make(int n) => epoch => Math.Min((epoch + 1) / (double)n, 1.0);")]
    public Task EveryFunction(string factor, string member)
    {
        var source = member.Replace("VALUE", "Math.Min((epoch + 1) / 5.0, 1.0)", StringComparison.Ordinal);
        return Verify.Fix(FactorSource.Script(factor, members: source, scheduler: Wrong), FactorSource.Script(factor, members: source, scheduler: Right));
    }

    [Fact]
    public Task ADeclaredTypeGoesAlong() => Verify.Fix(
        Held("torch.optim.lr_scheduler.impl.MultiplicativeLR _scheduler = new torch.optim.lr_scheduler.impl.{|WARM2007:MultiplicativeLR|}(s_optimizer, k => (k + 1) / 5.0)"),
        Held("torch.optim.lr_scheduler.impl.LambdaLR _scheduler = new torch.optim.lr_scheduler.impl.LambdaLR(s_optimizer, k => Math.Min((k + 1) / 5.0, 1.0))"));

    [Fact]
    public Task ATargetTypedCreationIsReportedAsAWhole() => Verify.Fix(
        Held("torch.optim.lr_scheduler.impl.MultiplicativeLR _scheduler = {|WARM2007:new(s_optimizer, k => (k + 1) / 5.0)|}"),
        Held("torch.optim.lr_scheduler.impl.LambdaLR _scheduler = new(s_optimizer, k => Math.Min((k + 1) / 5.0, 1.0))"));

    private static string Held(string declaration) => $$"""
        using System;
        using TorchSharp;

        public static class Program
        {
            private static readonly torch.optim.Optimizer s_optimizer = torch.optim.SGD(torch.nn.Linear(2, 2).parameters(), 0.1);
            private static readonly {{declaration}}; // kept

            public static void Main()
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    s_optimizer.step();
                    _scheduler.step();
                }
            }
        }
        """;

    [Theory]
    [InlineData("k => 0.95")]
    [InlineData("k => k < 30 ? 1 : 0.95")]
    [InlineData("k => k % 30 == 0 ? 0.1 : 1.0")]
    [InlineData("k => (k + 1.0) / k")]
    [InlineData("k => k < warmupEpochs ? (k + 1.0) / k : 1")]
    [InlineData("k => k / (k + 1.0)")]
    [InlineData("k => (1 + Math.Cos(Math.PI * k / 50)) / (1 + Math.Cos(Math.PI * (k - 1) / 50))")]
    [InlineData("k => Math.Max(0.0, warmupEpochs - k) / (warmupEpochs + 1 - k)")]
    [InlineData("k => Math.Pow(0.99, 3)")]
    [InlineData("k => Math.Pow(0.5, k / 30)")]
    [InlineData("k => 1.0 / (1 + k / 30)")]
    [InlineData("k => Random.Shared.NextDouble() * k / 5.0")]
    [InlineData("k => decay ? 0.9 : 1.0", "bool decay = Console.ReadLine() == null;")]
    [InlineData("k => table[k]", "double[] table = { 1, 0.9, 0.9, 0.8, 0.8, 0.5 };")]
    [InlineData("null!")]
    public Task WhatGivesASensibleProductIsSilent(string factor, string before = "int warmupEpochs = int.Parse(\"5\");") =>
        Verify.Silent(FactorSource.Script(factor, before, scheduler: Plain));

    [Theory]
    [InlineData("new torch.optim.lr_scheduler.impl.{|WARM2007:MultiplicativeLR|}(optimizer, [k => Math.Min((k + 1) / 5.0, 1.0), k => 0.95])", TwoGroups)]
    [InlineData("torch.optim.lr_scheduler.{|WARM2007:MultiplicativeLR|}(optimizer, k => warm ? Math.Min((k + 1) / 5.0, 1.0) : 0.95)")]
    [InlineData("torch.optim.lr_scheduler.ChainedLR(new[] { torch.optim.lr_scheduler.{|WARM2007:MultiplicativeLR|}(optimizer, k => Math.Min((k + 1) / 5.0, 1.0)), torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9) })")]
    public Task WhereLambdaLRIsNotSurelyMeantThereIsNoFix(string scheduler, string rate = "0.05") =>
        Verify.NoFix(FactorSource.Script("", rate: rate, before: "bool warm = Console.ReadLine() == null;", scheduler: scheduler));

    [Fact]
    public Task ATableWithAZeroStartIsNotMended() =>
        Verify.NoFix(FactorSource.Script("k => table[k]", "double[] table = { 0, 0.2, 0.4, 0.6, 0.8, 1 };", scheduler: Wrong));

    [Fact]
    public async Task TheBaseConstructorOfAUsersOwnSchedulerIsReportedWithoutAFix() => await Verify.NoFix("""
        using System;
        using TorchSharp;
        public static class Program { public static void Main() { } }
        public class WarmupLR(torch.optim.Optimizer optimizer) : torch.optim.lr_scheduler.impl.{|WARM2007:MultiplicativeLR|}(optimizer, k => Math.Min((k + 1) / 5.0, 1.0));
        """);

    [Fact]
    public async Task TheMessageShowsBothCurves()
    {
        var source = FactorSource.Script("k => Math.Min((k + 1) / 5.0, 1.0)", scheduler: Plain);
        var found = Assert.Single(await Findings.In(source));
        Assert.Equal(
            "WARM2007: MultiplicativeLR is used like LambdaLR: each value is multiplied onto the last learning rate, so training runs at "
            + "1, 0.4, 0.24, 0.192, 0.192, 0.192, … █▄▃▂▂▂▂ of the base learning rate and not at 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇███",
            found.Id + ": " + found.GetMessage());
        double[] trained = [0.05, 0.02, 0.012, 0.0096, 0.0096];
        Assert.All(TrainingRun.LearningRates(source).Zip(trained), pair => Assert.Equal(pair.Second, pair.First, 12));
    }

    [Fact]
    public async Task ADivisionThatTruncatesTooIsNamed()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script("k => (k + 1) / n", "int n = int.Parse(\"5\");", scheduler: Plain)));
        Assert.Equal("WARM2007", found.Id);
        Assert.EndsWith("(with n = 5); also, an integer division truncates the factor (WARM1002)", found.GetMessage());
    }

    [Fact]
    public async Task ABranchIsNamed()
    {
        var found = Assert.Single(await Findings.In(FactorSource.Script(
            "k => warm ? Math.Min((k + 1) / 5.0, 1.0) : 0.95", "bool warm = Console.ReadLine() == null;", scheduler: Plain)));
        Assert.EndsWith(" when warm is true", found.GetMessage());
    }

    [Fact]
    public async Task SeveralOnOneLineAndNestedOnesAreMendedTogether()
    {
        const string Two = "new Func<LRS>[] { () => torch.optim.lr_scheduler.NAME(optimizer, FIRST), () => torch.optim.lr_scheduler.NAME(optimizer, SECOND) }[0]()";
        static string Source(string name, string first, string second) => "using LRS = TorchSharp.torch.optim.lr_scheduler.LRScheduler;\n"
            + FactorSource.Script("", scheduler: Two.Replace("NAME", name, StringComparison.Ordinal).Replace("FIRST", first, StringComparison.Ordinal).Replace("SECOND", second, StringComparison.Ordinal));
        await Verify.Fix(
            Source("{|WARM2007:MultiplicativeLR|}", "k => k / 5", "k => Math.Min(k / 7.0, 1)"),
            Source("LambdaLR", "k => Math.Min((k + 1) / 5.0, 1.0)", "k => Math.Min((k + 1) / 7.0, 1.0)"));
    }

    [Theory]
    [InlineData("k => k /")]
    [InlineData("k => k / warm")]
    [InlineData("k =>")]
    [InlineData("(k + 1) / 5.0")]
    [InlineData("")]
    public async Task HalfTypedCodeIsSilent(string factor) =>
        Assert.Empty(await Findings.In(FactorSource.Script(factor, scheduler: Plain), mustCompile: false));

    [Fact]
    public Task ADoppelgangerIsNotOurs() => Verify.Silent(
        """
        using System;
        public static class lr_scheduler
        {
            public static object MultiplicativeLR(object optimizer, Func<int, double> lr_lambda) => lr_lambda;
        }

        public static class Program
        {
            public static void Main() => lr_scheduler.MultiplicativeLR(new object(), k => Math.Min((k + 1) / 5.0, 1.0));
        }
        """);
}
