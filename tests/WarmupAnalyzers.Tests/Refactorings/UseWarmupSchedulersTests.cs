using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>A scheduler of the user's becomes the library's where both have the same numbers.</summary>
public class UseWarmupSchedulersTests
{
    private const string Lengths = "int warmup = 5, total = 16;";
    private const string HuggingFace = "convention: WarmupSchedulers.WarmupConvention.HuggingFace";

    [Theory]
    // A ramp, however it is written.
    [InlineData("e => Math.Min((e + 1) / 5.0, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => Math.Min((e + 1) / (double)warmup, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e < warmup ? (e + 1) / (double)warmup : 1.0", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e >= 4 ? 1 : 0.2 * (e + 1)", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => e switch { < 5 => (e + 1) * 0.2, _ => 1 }", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => e switch { 0 => 0.25, 1 => 0.5, 2 => 0.75, _ => 1 }", "LinearWarmupLR(optimizer, warmup_steps: 4)")]
    [InlineData("e => { if (e < warmup) return (double)(e + 1) / warmup; return 1; }", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => { var k = e + 1; return Math.Clamp(k / (double)warmup, 0, 1); }", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => new[] { 0.25, 0.5, 0.75, 1.0 }[Math.Min(e, 3)]", "LinearWarmupLR(optimizer, warmup_steps: 4)")]
    [InlineData("delegate (int e) { return Math.Min((e + 1) / 5.0, 1.0); }", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    // As other libraries count, and from a start above zero.
    [InlineData("e => Math.Min(e / 5.0, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: 5, " + HuggingFace + ")")]
    [InlineData("e => Math.Min(1.0, e / (double)Math.Max(1, warmup))", "LinearWarmupLR(optimizer, warmup_steps: warmup, " + HuggingFace + ")")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / (warmup + 1))", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.NeMo)")]
    [InlineData("e => Math.Min(1.0, e / (warmup - 1.0))", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.Lightning)")]
    [InlineData("e => Math.Min(1.0, 0.1 + 0.9 * e / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.PyTorch, start_factor: 0.1)")]
    [InlineData("e => Math.Min(1.0, 1.0 / 3 + (1 - 1.0 / 3) * e / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.PyTorch)")]
    [InlineData("e => Math.Min(1.0, 0.1 + 0.9 * (e + 1) / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, start_factor: 0.1)")]
    // Then a line.
    [InlineData("e => e < warmup ? (e + 1) / (double)warmup : Math.Max(0.0, (total - e) / (double)(total - warmup))", "WarmupThenLinearLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    [InlineData("e => e < warmup ? e / (double)Math.Max(1, warmup) : Math.Max(0.0, (double)(total - e) / Math.Max(1, total - warmup))", "WarmupThenLinearLR(optimizer, warmup_steps: warmup, total_steps: total, " + HuggingFace + ")")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 - Math.Min(1.0, (e - 5) / 11.0)", "WarmupThenLinearLR(optimizer, warmup_steps: 5, total_steps: 16)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 0.1 + 0.9 * Math.Max(0, 16 - e) / 11", "WarmupThenLinearLR(optimizer, warmup_steps: 5, total_steps: 16, min_lr_factor: 0.1)")]
    // Then half a cosine.
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : e >= total ? 0 : 0.5 * (1 + Math.Cos(Math.PI * (e - warmup) / (total - warmup)))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    [InlineData("e => e < warmup ? (double)e / warmup : 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1.0, (double)(e - warmup) / (total - warmup))))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total, " + HuggingFace + ")")]
    [InlineData("e => { if (e < warmup) return (e + 1.0) / warmup; var p = Math.Min(1.0, (e - warmup) / (double)(total - warmup)); return 0.05 + (1 - 0.05) * 0.5 * (1 + Math.Cos(Math.PI * p)); }", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total, min_lr_factor: 0.05)")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / warmup) * (e < warmup ? 1 : e > total ? 0 : Math.Pow(Math.Cos(Math.PI / 2 * (e - warmup) / (total - warmup)), 2))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    // Then the inverse square root.
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : Math.Sqrt((double)warmup / e)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e < warmup ? (double)e / warmup : 1 / Math.Sqrt((double)e / warmup)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: warmup, " + HuggingFace + ")")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 / Math.Sqrt((e - 5 + 100) / 100.0)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: 5, timescale: 100)")]
    [InlineData("e => Math.Min((e + 1.0) / warmup, Math.Sqrt(warmup / (e + 1.0)))", "NoamLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => Math.Pow(512, -0.5) * Math.Min(Math.Pow(e + 1, -0.5), (e + 1) * Math.Pow(warmup, -1.5))", "NoamLR(optimizer, warmup_steps: warmup, d_model: 512)")]
    [InlineData("e => 1 / Math.Sqrt(64.0) * Math.Min(1 / Math.Sqrt(e + 1), (e + 1) / (warmup * Math.Sqrt(warmup)))", "NoamLR(optimizer, warmup_steps: warmup, d_model: 64)")]
    public async Task TheSameNumbersAreOffered(string factor, string call)
    {
        var before = FactorSource.Script(factor, Lengths);
        var after = await Offered(before);

        Assert.Equal(before.Replace("torch.optim.lr_scheduler.LambdaLR(optimizer, " + factor + ")", "WarmupSchedulers.LRSchedulers." + call, StringComparison.Ordinal), after);
        AssertSameRun(before, after);
    }

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("optim.lr_scheduler.LambdaLR(optimizer, FACTOR, -1, false)")]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(optimizer, verbose: false, last_epoch: -1, lr_lambda: FACTOR)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR])")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { FACTOR })")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, new List<Func<int, double>> { FACTOR })")]
    public async Task EverySpellingOfTheScheduler(string scheduler)
    {
        const string Factor = "e => Math.Min((e + 1.0) / warmup, 1)";
        var before = FactorSource.Script(Factor, Lengths, scheduler: scheduler);

        var after = await Offered(before);

        Assert.Equal(FactorSource.Script("", Lengths, scheduler: "WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: warmup)"), after);
        AssertSameRun(before, after);
    }

    [Theory]
    [InlineData("Warmup", "static double Warmup(int e) => VALUE;", "")]
    [InlineData("e => Warmup(e)", "static double Warmup(int e) { return VALUE; }", "")]
    [InlineData("new Func<int, double>(Warmup)", "private static double Warmup(int e) => VALUE;", "")]
    [InlineData("Warmup", "public static double Warmup(int e) => VALUE;", "public static double Warmup(int e) => VALUE;")]
    [InlineData("Warmup", "static Func<int, double> Warmup = e => VALUE;", "static Func<int, double> Warmup = e => VALUE;")]
    [InlineData("e => Ramp(e, 5)", "static double Ramp(int step, int length) => Math.Min((step + 1.0) / length, 1.0);", "")]
    [InlineData("Make(5)", "static Func<int, double> Make(int n) => e => Math.Min((e + 1.0) / n, 1);", "")]
    [InlineData("e => A(e)", "static double A(int e) => B(e); static double B(int e) => VALUE;", "")]
    [InlineData("Warmup", "static double Warmup(int e) => VALUE; public static double Other() => Warmup(3);", "static double Warmup(int e) => VALUE; public static double Other() => Warmup(3);")]
    [InlineData("Warmup", "static double Warmup(int e) => VALUE /* as in the paper */;", "static double Warmup(int e) => VALUE /* as in the paper */;")]
    [InlineData("Warmup", "[Obsolete(\"x\")] static double Warmup(int e) => VALUE;", "[Obsolete(\"x\")] static double Warmup(int e) => VALUE;")]
    public async Task WhatNobodyCallsAnyMoreGoes(string factor, string members, string rest)
    {
        const string Value = "Math.Min((e + 1) / 5.0, 1.0)";
        var before = FactorSource.Script(factor, "", members.Replace("VALUE", Value, StringComparison.Ordinal));

        var after = await Offered(before);

        Assert.Equal(Words(FactorSource.Script("", "", rest.Replace("VALUE", Value, StringComparison.Ordinal), scheduler: "WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5)")), Words(after));
        AssertSameRun(before, after);
    }

    [Theory]
    [InlineData("double Warmup(int e) => VALUE;", "")]
    [InlineData("double Warmup(int e) { return VALUE; }", "")]
    [InlineData("Func<int, double> Warmup = e => VALUE;", "")]
    [InlineData("// Five steps.\n        double Warmup(int e) => VALUE;", "// Five steps.")]
    [InlineData("Func<int, double> Warmup = e => VALUE; Console.WriteLine(Warmup(3));", "Func<int, double> Warmup = e => VALUE; Console.WriteLine(Warmup(3));")]
    public async Task LocalFunctionsToo(string local, string rest)
    {
        const string Value = "Math.Min((e + 1) / 5.0, 1.0)";
        var before = FactorSource.Script("Warmup", "int n = 3;\n        " + local.Replace("VALUE", Value, StringComparison.Ordinal));

        var after = await Offered(before);

        Assert.Equal(
            FactorSource.Script("", "int n = 3;" + (rest.Length == 0 ? "" : "\n        " + rest.Replace("VALUE", Value, StringComparison.Ordinal)), scheduler: "WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5)"),
            after);
    }

    [Theory]
    [InlineData("warmup", "e => e < warmup ? (e + 1.0) / warmup : 1", "static void Train(int warmup)")]
    [InlineData("Config.Warmup", "e => Math.Min((e + 1) / (double)Config.Warmup, 1)", "static class Config { public static int Warmup { get; set; } = 5; } static void Train(int warmup)")]
    [InlineData("config.Warmup.Epochs", "e => Math.Min((e + 1) / (double)config.Warmup.Epochs, 1)", "record Warmup(int Epochs); record Config(Warmup Warmup); static void Train(Config config)")]
    [InlineData("warmup", "e => { if (e >= warmup) return 1; return (e + 1) / (float)warmup * 1.0; }", "static void Train(short warmup)", false)]
    [InlineData("warmup", "e => Math.Min((e + 1.0) / warmup, 1)", "static void Train(short warmup)")]
    [InlineData("warmup", "e => Math.Min((e + 1.0) / warmup, 1)", "static void Train(ulong warmup)", false)]
    [InlineData("warmup", "e => Math.Min((e + 1.0) / warmup, 1)", "static void Train(double warmup)", false)]
    [InlineData("epochs / 10", "e => Math.Min((e + 1) / (double)(epochs / 10), 1)", "static void Train(int epochs)")]
    [InlineData("epochs / 10", "e => Math.Min((double)e / (epochs / 10), 1)", "static void Train(int epochs)", true, "HuggingFace")]
    [InlineData("warmup ?? 5", "e => Math.Min((e + 1.0) / (warmup ?? 5), 1)", "static void Train(int? warmup)")]
    [InlineData("longer ? 10 : 5", "e => Math.Min((e + 1.0) / (longer ? 10 : 5), 1)", "static void Train(bool longer)")]
    public async Task OpenLengthsArePassedOn(string length, string factor, string method, bool isOffered = true, string convention = "")
    {
        var before = Method(method, "torch.optim.lr_scheduler.LambdaLR(optimizer, " + factor + ")");

        var refactored = await Refactored.By(new UseWarmupSchedulers(), [before]);

        Assert.Equal(isOffered, refactored.Title is not null);
        var argument = convention.Length == 0 ? "" : ", convention: WarmupSchedulers.WarmupConvention." + convention;
        if (isOffered)
            Assert.Equal(Method(method, "WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: " + length + argument + ")"), refactored.Text);
    }

    [Theory]
    [InlineData("int warmup, int total", "warmup_steps: warmup, total_steps: total")]
    [InlineData("int total, int warmup", "warmup_steps: warmup, total_steps: total")]
    [InlineData("double lowest, int total, int warmup", "warmup_steps: warmup, total_steps: total, min_lr_factor: lowest")]
    public async Task TwoOpenLengthsInAnyOrder(string parameters, string arguments)
    {
        var lowest = parameters.Contains("lowest", StringComparison.Ordinal) ? "lowest" : "0";
        var factor = $"e => e < warmup ? (e + 1.0) / warmup : {lowest} + (1 - {lowest}) * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (e - warmup) / (double)(total - warmup))))";
        var before = Method($"static void Train({parameters})", "torch.optim.lr_scheduler.LambdaLR(optimizer, " + factor + ")");

        var after = await Offered(before);

        Assert.Equal(Method($"static void Train({parameters})", "WarmupSchedulers.LRSchedulers.WarmupThenCosineLR(optimizer, " + arguments + ")"), after);
    }

    [Theory]
    [InlineData("[Ramp, Ramp]", true)]
    [InlineData("[Ramp, e => Math.Min((e + 1) / 5.0, 1)]", true)]
    [InlineData("[Ramp, e => Math.Min((e + 1) / 6.0, 1)]", false)]
    [InlineData("[Ramp, e => 1]", false)]
    [InlineData("[Ramp, e => 0.1 * Ramp(e)]", false)]
    public async Task SeveralGroupsOnlyWhereAllFollowTheSameCurve(string list, bool isOffered)
    {
        var source = FactorSource.Script(
            "", "", "public static double Ramp(int e) => e < 5 ? (e + 1) / 5.0 : 1;", scheduler: "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, " + list + ")");

        Assert.Equal(isOffered, (await Refactored.By(new UseWarmupSchedulers(), [source])).Title is not null);
    }

    [Theory]
    // Other curves.
    [InlineData("e => 1.0")]
    [InlineData("e => 0.5")]
    [InlineData("e => (e + 1) / 5.0")]
    [InlineData("e => Math.Min((e + 1) / 5, 1)")]
    [InlineData("e => Math.Min((e + 1) / 5.0f, 1)")]
    [InlineData("e => Math.Min((e + 1) / 5.0, 0.9)")]
    [InlineData("e => Math.Min((e + 2) / 7.5, 1)")]
    [InlineData("e => 0.05 * Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => e < 5 ? 0.1 : 1")]
    [InlineData("e => e < 30 ? 1 : 0.1")]
    [InlineData("e => Math.Pow(0.9, e)")]
    [InlineData("e => Math.Min(Math.Pow((e + 1) / 5.0, 2), 1)")]
    [InlineData("e => e == 777 ? 0.5 : Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => e > 999_999 ? 0.5 : Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : (total - e) / (double)(total - warmup)")]
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : Math.Max(0.1, (total - e) / (double)(total - warmup))")]
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : 0.5 * (1 + Math.Cos(Math.PI * (e - warmup) / (total - warmup)))")]
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, e / (double)total)))")]
    [InlineData("e => Math.Pow(512, -0.5) * Math.Min(Math.Pow(e, -0.5), e * Math.Pow(warmup, -1.5))")]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1) + Random.Shared.Next()")]
    [InlineData("e => throw new InvalidOperationException()")]
    [InlineData("e => { while (true) { } }")]
    [InlineData("null!")]
    // What the user may still want to set.
    [InlineData("e => Math.Min((e + 1 + offset) / 5.0, 1)", "int offset = 0;")]
    [InlineData("e => useWarmup ? Math.Min((e + 1) / 5.0, 1) : 1", "const bool useWarmup = true;")]
    // A length that is another one later, or is not known where the scheduler is made.
    [InlineData("e => Math.Min((e + 1.0) / n, 1)", "int n = 5; n++;")]
    public async Task OtherNumbersAreNotOffered(string factor, string before = Lengths) => Assert.Null(await Title(FactorSource.Script(factor, before)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR, 3)")]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR, last_epoch: done)")]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR, verbose: true)")]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(torch.optim.LBFGS(model.parameters()), FACTOR)")]
    [InlineData("torch.optim.lr_scheduler.MultiplicativeLR(optimizer, FACTOR); torch.optim.lr_scheduler.StepLR(optimizer, 3); // LambdaLR(")]
    public async Task OtherSchedulersAndSettingsAreNotOffered(string scheduler) =>
        Assert.Null(await Title(FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1)", "int done = Environment.ProcessorCount;", scheduler: scheduler)));

    [Fact]
    public async Task ALengthThatIsSetAfterwardsIsNotPassedOn() => Assert.Null(await Title(
        FactorSource.Script("e => Math.Min((e + 1.0) / n, 1)", "int n;\n        n = 0;").Replace("for (int epoch", "n = 5;\n        for (int epoch", StringComparison.Ordinal)));

    [Theory]
    [InlineData("LRScheduler", "optim.lr_scheduler.LRScheduler scheduler")]
    [InlineData("impl.LambdaLR", "optim.lr_scheduler.impl.LambdaLR scheduler", "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)")]
    [InlineData("new()", "optim.lr_scheduler.impl.LambdaLR scheduler", "new(optimizer, FACTOR)")]
    public async Task TheVariableMayBeDeclared(string _, string declaration, string scheduler = "torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")
    {
        var before = FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1)", scheduler: scheduler).Replace("var scheduler", declaration, StringComparison.Ordinal);

        var after = (await Refactored.By(new UseWarmupSchedulers(), [before], caret: "scheduler =")).Text;

        Assert.Contains(declaration + " = WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5);", after, StringComparison.Ordinal);
        AssertSameRun(before, after);
    }

    [Theory]
    [InlineData("scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3);")]
    [InlineData("scheduler.step(3L);")]
    [InlineData("static void Register<T>(T service) => Console.WriteLine(typeof(T)); Register(scheduler);")]
    [InlineData("var all = new[] { scheduler }.ToList();")]
    public async Task WhatWouldNotCompileOrMeanSomethingElseIsNotOffered(string statement) => Assert.Null(await Title(
        FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1)").Replace("for (int epoch", statement + "\n        for (int epoch", StringComparison.Ordinal)));

    [Fact]
    public async Task UsingsMakeItShort()
    {
        var before = "using WarmupSchedulers;\n" + FactorSource.Script("e => Math.Min(e / 5.0, 1)");

        Assert.Contains("var scheduler = LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5, convention: WarmupConvention.HuggingFace);", await Offered(before), StringComparison.Ordinal);
        Assert.Contains("var scheduler = LinearWarmupLR(optimizer, warmup_steps: 5,", await Offered("using static WarmupSchedulers.LRSchedulers;\n" + before), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommentsAreKept()
    {
        var before = FactorSource.Script("", scheduler: """
            torch.optim.lr_scheduler.LambdaLR(
                        optimizer, // all of it
                        /* a ramp */ e => Math.Min((e + 1) / 5.0, 1)) /* as in the paper */
            """);

        var after = await Offered(before);

        Assert.Contains("""
                    // all of it
                    /* a ramp */
                    var scheduler = WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5) /* as in the paper */;
            """, after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepsAtTheTopOfTheLoopKeepTheirNumbers()
    {
        var before = FactorSource.Script("e => Math.Min(e / 5.0, 1)")
            .Replace("            scheduler.step();\n", "", StringComparison.Ordinal)
            .Replace("optimizer.zero_grad();", "scheduler.step();\n            optimizer.zero_grad();", StringComparison.Ordinal);

        var refactored = await Refactored.By(new UseWarmupSchedulers(), [before]);

        Assert.StartsWith("Use LinearWarmupLR: 0.2, 0.4, 0.6, 0.8, 1, 1, …", refactored.Title, StringComparison.Ordinal);
        AssertSameRun(before, refactored.Text);
    }

    [Fact]
    public async Task AFieldInAConstructor()
    {
        const string Before = """
            using System;
            using TorchSharp;
            public sealed class Trainer
            {
                private readonly int _warmup;
                private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;
                public Trainer(torch.optim.Optimizer optimizer, int warmup)
                {
                    _warmup = warmup;
                    _scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, Ramp);
                }

                private double Ramp(int e) => Math.Min((e + 1.0) / _warmup, 1.0);

                public void Step() => _scheduler.step();
                public static void Main() { }
            }
            """;

        var after = await Offered(Before);

        Assert.Equal(
            Before.Replace("torch.optim.lr_scheduler.LambdaLR(optimizer, Ramp)", "WarmupSchedulers.LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: _warmup)", StringComparison.Ordinal)
                .Replace("    private double Ramp(int e) => Math.Min((e + 1.0) / _warmup, 1.0);\n\n", "", StringComparison.Ordinal),
            after);
        Assert.Null(await Title(Before.Replace("_warmup = warmup;", "", StringComparison.Ordinal).Replace("Ramp);", "Ramp);\n        _warmup = warmup;", StringComparison.Ordinal)));
    }

    /// <summary>A function that only the scheduler made in it leads to is not taken away with it.</summary>
    [Fact]
    public async Task TheFunctionAroundTheSchedulerStays()
    {
        const string Before = """
            using System;
            using TorchSharp;
            public static class Program
            {
                static double Ramp(torch.optim.Optimizer optimizer, int k)
                {
                    if (k < 0)
                        torch.optim.lr_scheduler.LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1) + 0 * Ramp(optimizer, 1));
                    return 0;
                }
                public static void Main() { }
            }
            """;

        var refactored = await Refactored.By(new UseWarmupSchedulers(), [Before]);

        Assert.Contains("static double Ramp(", refactored.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1)", "Use LinearWarmupLR: 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇███")]
    [InlineData("e => Math.Min(e / (double)warmup, 1)", "Use LinearWarmupLR: 0, 0.2, 0.4, 0.6, 0.8, 1, … ▁▂▄▅▇██")]
    [InlineData("e => Math.Min((e + 1) / 500.0, 1)", "Use LinearWarmupLR: 0.002, 0.004, 0.006, 0.008, 0.01, 0.012, … ▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▇▇▇▇██")]
    public async Task TheTitleShowsTheCurve(string factor, string title) => Assert.Equal(title, await Title(FactorSource.Script(factor, Lengths)));

    [Fact]
    public async Task TheTitleNamesWhatItsNumbersAreFor() => Assert.Equal(
        "Use LinearWarmupLR: 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇███ (with warmup = 5)",
        await Title(Method("static void Train(int warmup)", "torch.optim.lr_scheduler.LambdaLR(optimizer, e => Math.Min((e + 1.0) / warmup, 1))")));

    [Theory]
    [InlineData("e => Math.Min((e + 1) / , 1)")]
    [InlineData("e => Math.Min((e + 1) / wamrup, 1)")]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1")]
    [InlineData("e => ")]
    [InlineData("Warmp")]
    [InlineData("")]
    public async Task HalfTypedCodeIsLeftAlone(string factor) =>
        Assert.Null((await Refactored.By(new UseWarmupSchedulers(), [FactorSource.Script(factor)], mustCompile: false)).Title);

    /// <summary>Wherever the caret stands and wherever the typing ends: no exception.</summary>
    [Fact]
    public async Task NoPlaceInAFileThrows()
    {
        var source = FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1)");
        for (var end = 400; end < source.Length; end += 37)
        {
            for (var at = 0; at < end; at += 61)
                await Refactored.By(new UseWarmupSchedulers(), [source[..end]], caret: source[at..end], mustCompile: false);
        }
    }

    [Fact]
    public async Task NothingIsOfferedWithoutTheLibrary() =>
        Assert.Null((await Refactored.By(new UseWarmupSchedulers(), [FactorSource.Script(Plain)], references: TestReferences.All)).Title);

    [Fact]
    public async Task NothingIsOfferedWithoutTorchSharp() => Assert.Null((await Refactored.By(
        new UseWarmupSchedulers(), [FactorSource.Script(Plain)], references: TestReferences.Framework.Add(TestReferences.WarmupSchedulers), mustCompile: false)).Title);

    [Fact]
    public async Task ALibraryOfTheUsersOwnIsNotOurs() => Assert.Null((await Refactored.By(
        new UseWarmupSchedulers(), [FactorSource.Script(Plain), Doppelganger], references: TestReferences.All)).Title);

    [Fact]
    public async Task NothingIsOfferedWhereTheUsersOwnWouldBeCalled() =>
        Assert.Null((await Refactored.By(new UseWarmupSchedulers(), [FactorSource.Script(Plain), Doppelganger])).Title);

    [Fact]
    public async Task ALambdaLROfTheUsersOwnIsNotTorchSharps() => Assert.Null(await Title("""
        using System;
        using TorchSharp;
        public static class Program
        {
            static object LambdaLR(torch.optim.Optimizer optimizer, Func<int, double> lr_lambda) => lr_lambda;
            static object Make(torch.optim.Optimizer optimizer) => (object)Program.LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1));
            public static void Main() { }
        }
        """));

    private const string Plain = "e => Math.Min((e + 1) / 5.0, 1)";

    private const string Doppelganger = """
        namespace WarmupSchedulers
        {
            public static class LRSchedulers
            {
                public static TorchSharp.torch.optim.lr_scheduler.LRScheduler LinearWarmupLR(TorchSharp.torch.optim.Optimizer optimizer, long warmup_steps) => null!;
            }
        }
        """;

    private static string Method(string header, string scheduler) => $$"""
        using System;
        using TorchSharp;
        public static class Program
        {
            {{header.Replace(")", ", torch.optim.Optimizer optimizer)", StringComparison.Ordinal).Replace("(int Epochs, torch.optim.Optimizer optimizer)", "(int Epochs)", StringComparison.Ordinal).Replace("(Warmup Warmup, torch.optim.Optimizer optimizer)", "(Warmup Warmup)", StringComparison.Ordinal)}}
            {
                var scheduler = {{scheduler}};
                scheduler.step();
            }

            public static void Main() { }
        }
        """;

    private static string Words(string text) => string.Join(" ", text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task<string?> Title(string source) => (await Refactored.By(new UseWarmupSchedulers(), [source])).Title;

    private static async Task<string> Offered(params string[] sources)
    {
        var refactored = await Refactored.By(new UseWarmupSchedulers(), sources);
        Assert.NotNull(refactored.Title);
        return refactored.Text;
    }

    private static void AssertSameRun(string before, string after)
    {
        var (old, now) = (TrainingRun.LearningRates(before), TrainingRun.LearningRates(after));
        Assert.Equal(old.Count, now.Count);
        foreach (var (left, right) in old.Zip(now))
            Assert.Equal(left, right, 1e-12 * Math.Abs(left) + 1e-16);
    }
}
