using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Programs that people write and that the factor rules get wrong: not reported, falsely reported, badly mended or badly worded.</summary>
public class FactorProgramsPeopleWriteTests
{
    private const string OwnList = "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, FACTOR)";

    /// <summary>A script of top-level statements, where a setting stands beside the training.</summary>
    private static string TopLevel(string factor, string before = "", string rate = "0.1", string after = "") => $$"""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        {{before}}
        using var model = Linear(4, 1);
        var optimizer = torch.optim.SGD(model.parameters(), {{rate}});
        var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, {{factor}});
        for (int i = 0; i < 20; i++)
        {
            optimizer.step();
            scheduler.step();
        }

        {{after}}
        """;

    /// <summary>A method that is given its settings.</summary>
    private static string Method(string parameters, string factor, string before = "", string rate = "0.1") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;

        public static class Program
        {
            public static void Main() { }

            public static void Train(torch.nn.Module model, {{parameters}})
            {
                {{before}}
                var optimizer = torch.optim.Adam(model.parameters(), {{rate}});
                var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, {{factor}});
                for (int i = 0; i < 1000; i++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }
        }
        """;

    private static async Task<Diagnostic[]> Reports(string source) =>
        [.. (await Findings.In(source)).Where(found => found.Id.StartsWith("WARM1", StringComparison.Ordinal))];

    private static async Task<Diagnostic> Report(string source) => Assert.Single(await Reports(source));

    private static async Task<string> ReportedText(string source)
    {
        var report = await Report(source);
        return report.Location.SourceTree!.GetText().ToString(report.Location.SourceSpan);
    }

    /// <summary>The program after the safe fix of its only report; null where none is offered.</summary>
    private static async Task<string?> Mended(string source)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: TestReferences.All));
        var document = project.AddDocument("Program0.cs", SourceText.From(source));
        var report = await Report(source);
        var actions = new List<CodeAction>();
        await new FactorFix().RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        if (actions.Count == 0)
            return null;
        var operations = await actions[0].GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync()).ToString();
    }

    // ---- Reports that are missing ----

    [Theory]
    [InlineData("WARM1001", "e => mode switch { \"linear\" => Math.Min(1.0, e / 5.0), _ => 1.0 }", "var mode = args[0];")]
    [InlineData("WARM1001", "e => { switch (mode) { case \"linear\": return Math.Min(1.0, e / 5.0); default: return 1.0; } }", "var mode = args[0];")]
    [InlineData("WARM1001", "e => { var f = Math.Min(1.0, e / 5.0); Console.WriteLine($\"{e}: {f}\"); return f; }")]
    [InlineData("WARM1001", "e => { System.Diagnostics.Debug.Assert(e >= 0); return Math.Min(1.0, e / 5.0); }")]
    [InlineData("WARM1002", "e => Math.Pow(1 - e / 20, 0.9)")]
    [InlineData("WARM1002", "e => 1 / 10 + 0.9 * Math.Min(1.0, (e + 1) / 5.0)")]
    [InlineData("WARM1002", "e => 1 / 10 + 0.9 * Math.Min(1.0, e / 5.0)")]
    [InlineData("WARM1002", "e => 1 / 5 + Math.Min(1.0 - 1 / 5, e / 5.0)")]
    [InlineData("WARM1001", "e => table[Math.Min(e, 2)]", "double[] table = { 0, 0.5, 1 };")]
    [InlineData("WARM1001", "e => Tables.Warmup[Math.Min(e, 2)]", "", "static class Tables { public static readonly double[] Warmup = { 0, 0.5, 1 }; }")]
    [InlineData("WARM1001", "e => Math.Min(1.0, Convert.ToDouble(e) / 5)")]
    [InlineData("WARM1002", "e => Math.Min(1.0, Convert.ToDouble(e / 5))")]
    [InlineData("WARM1001", "new Warmup(5).At", "", "record Warmup(int Epochs) { public double At(int e) => Math.Min(1.0, e / (double)Epochs); }")]
    [InlineData("WARM1001", "e => Math.Min(1.0, e / (double)(config?.Warmup ?? 5))", "Config? config = args.Length > 0 ? new Config() : null;", "class Config { public int Warmup { get; set; } = 5; }")]
    [InlineData("WARM1001", "e => (e, warm) switch { (< 5, true) => e / 5.0, _ => 1.0 }", "var warm = args.Contains(\"warmup\");")]
    public async Task IsReported(string id, string factor, string before = "", string after = "") =>
        Assert.Equal(id, (await Report(TopLevel(factor, before, after: after))).Id);

    [Theory]
    [InlineData("WARM1001", "int warmup = (int)(0.1 * total);", "e => Math.Min(1.0, e / (double)warmup)")]
    [InlineData("WARM1001", "int warmup = total / 10;", "e => Math.Min(1.0, e / (double)warmup)")]
    public async Task AWarmupThatIsAShareOfTheTrainingIsReported(string id, string before, string factor) =>
        Assert.Equal(id, (await Report(Method("int total", factor, before))).Id);

    [Fact]
    public async Task TheDelegateOfABaseConstructorIsReported() => Assert.Equal("WARM1002", (await Report(
        """
        using TorchSharp;

        public class WarmupLR : torch.optim.lr_scheduler.impl.LambdaLR
        {
            public WarmupLR(torch.optim.Optimizer optimizer, int warmup) : base(optimizer, e => e / warmup) { }

            public static void Main() { }
        }
        """)).Id);

    [Fact]
    public async Task AListInAFieldIsReported() => Assert.Equal("WARM1002", (await Report(FactorSource.Script(
        "s_lambdas", members: "private static readonly Func<int, double>[] s_lambdas = { e => e / 5 };", scheduler: OwnList))).Id);

    [Theory]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * ((e - 5) / (20 - 5))))", "(e - 5) / (20 - 5)")]
    [InlineData("e => { if (e < 5) return (e + 1) / 5.0; var progress = (e - 5) / (20 - 5); return 0.5 * (1 + Math.Cos(Math.PI * progress)); }", "(e - 5) / (20 - 5)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : Math.Max(0, 1.0 - (e - 5) / 15)", "(e - 5) / 15")]
    [InlineData("e => e < 5 ? 0.1 + 0.9 * (e / 5) : 0.5 * (1 + Math.Cos(Math.PI * (e - 5) / 15))", "e / 5")]
    public async Task AQuotientOfOneLevelIsReportedBesideARealCurve(string factor, string division)
    {
        var source = TopLevel(factor);
        Assert.Equal("WARM1002", (await Report(source)).Id);
        Assert.Equal(division, await ReportedText(source));
    }

    [Fact]
    public async Task ACosineThatWasCutOffRunsAfterTheFix()
    {
        var source = TopLevel("e => e < 5 ? (e + 1) / 5.0 : 0.5 * (1 + Math.Cos(Math.PI * ((e - 5) / (20 - 5))))");
        Assert.Equal(Enumerable.Repeat(0.1, 15), TrainingRun.LearningRates(source).Skip(5));
        var mended = await Mended(source);
        Assert.Empty(await Reports(mended!));
        Assert.Equal(
            Enumerable.Range(5, 15).Select(e => 0.1 * (0.5 * (1 + Math.Cos(Math.PI * ((e - 5) / 15.0))))),
            TrainingRun.LearningRates(mended!).Skip(5));
    }

    [Fact]
    public async Task TheNumberThatIsMostWrongIsShownBehindALongRamp() => Assert.Equal(
        "Integer division truncates the factor: it runs 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, … ▁▂▂▂▂▃▃▃▄▄▄▅▅▅▅▆▆▆▇▇▇▇██ and is 1 instead of 0.00111 at index 999",
        (await Report(Method("double unused", "e => e < 100 ? (e + 1) / 100.0 : Math.Max(0, 1.0 - (e - 100) / 900)"))).GetMessage());

    [Theory]
    [InlineData("_options = options;", "_options.Lr * Math.Pow(0.9, e)")]
    [InlineData("_options = options ?? throw new ArgumentNullException(nameof(options));", "_options.Lr * Math.Min(1.0, (e + 1.0) / _options.Warmup)")]
    public async Task TheRateOfKeptSettingsIsThatOfTheConstructor(string keep, string factor)
    {
        var report = await Report(KeptOptions(keep, factor));
        Assert.Equal("WARM1003: The base learning rate is multiplied in the factor: the scheduler multiplies by options.Lr again, so the learning rate is squared", report.Id + ": " + report.GetMessage());
    }

    [Theory]
    [InlineData("_options = options;", "(1e-5 + (_options.Lr - 1e-5) * Math.Pow(0.9, e)) / _options.Lr")]
    [InlineData("_options = options.Relative();", "_options.Lr * Math.Pow(0.9, e)")]
    [InlineData("_options = options; options = options.Relative();", "_options.Lr * Math.Pow(0.9, e)")]
    [InlineData("_options = options ?? new Options();", "_options.Lr * Math.Pow(0.9, e)")]
    public async Task OtherSettingsThanThoseOfTheOptimizerAreSilent(string keep, string factor) =>
        Assert.Empty(await Reports(KeptOptions(keep, factor)));

    [Theory]
    [InlineData("_options = ")]
    [InlineData("_options = options ??")]
    public async Task HalfKeptSettingsAreSilent(string keep) =>
        Assert.Empty(await Findings.In(KeptOptions(keep, "_options.Lr * "), mustCompile: false));

    private static string KeptOptions(string keep, string factor) => $$"""
        using System;
        using TorchSharp;

        public class Options
        {
            public double Lr { get; set; } = 1e-3;
            public int Warmup { get; set; } = 10;
            public Options Relative() => new() { Lr = 1.0 };
        }

        public class Trainer
        {
            private readonly Options _options;
            private readonly torch.optim.Optimizer _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;

            public Trainer(torch.nn.Module model, Options options)
            {
                {{keep}}
                _optimizer = torch.optim.AdamW(model.parameters(), options.Lr);
                _scheduler = torch.optim.lr_scheduler.LambdaLR(_optimizer, e => {{factor}});
            }

            public void Step() { _optimizer.step(); _scheduler.step(); }

            public static void Main() { }
        }
        """;

    // ---- False alarms ----

    [Theory]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 - 0.3 * ((e - 5) / 30)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : Math.Max(0.0, 1 - 0.5 * ((e - 5) / 30))")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1.0 / (1 << (e / 30))")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 - 0.9 * Math.Min(1, e / 40)")]
    [InlineData("e => { var c = e / 10; var t = e - c * 10; return t < 3 ? (t + 1) / 3.0 : 0.5 * (1 + Math.Cos(Math.PI * (t - 3) / 7)); }")]
    public async Task AStaircaseBehindARampIsSilent(string factor) => Assert.Empty(await Reports(TopLevel(factor)));

    [Theory]
    [InlineData("int step = 0; while (true) { foreach (var b in new[] { 1, 2, 3 }) { o.step(); s.step(); step++; if (step >= max) break; } if (step >= max) break; }")]
    [InlineData("int step = 0; while (true) { o.step(); s.step(); step++; if (step >= max) { Console.WriteLine(step); break; } }")]
    [InlineData("int step = 0; do { o.step(); s.step(); } while (++step < max);")]
    [InlineData("int step = 0; do { o.step(); s.step(); step++; } while (step < max);")]
    public async Task ADecayOverTheBudgetOfTheLoopIsSilent(string loop) => Assert.Empty(await Reports(Budget(loop)));

    [Theory]
    [InlineData("int step = 0; while (true) { o.step(); s.step(); step++; if (step >= 2 * max) break; }")]
    [InlineData("int step = 0; do { o.step(); s.step(); } while (++step < 2 * max);")]
    [InlineData("int step = 0; while (true) { foreach (var b in new[] { 1, 2, 3 }) { o.step(); s.step(); step++; if (step >= max) break; } if (step < max) break; }")]
    public async Task ADecayThatEndsBeforeTheBudgetIsReported(string loop) => Assert.Equal("WARM1006", (await Report(Budget(loop))).Id);

    private static string Budget(string loop) => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        public static class Program
        {
            public static void Main()
            {
                using var model = Linear(4, 1);
                const int max = 100;
                var o = torch.optim.SGD(model.parameters(), 0.02);
                var s = torch.optim.lr_scheduler.LambdaLR(o, k => k < 10 ? (k + 1) / 10f : (max - k) / (float)(max - 10));
                {{loop}}
            }
        }
        """;

    [Theory]
    [InlineData("[e => e < 3 ? 0 : Math.Min(1.0, (e - 2) / 5.0), e => Math.Min(1.0, (e + 1) / 3.0)]")]
    [InlineData("[e => Math.Clamp((e - 4) / 6.0, 0.0, 1.0), e => Math.Pow(0.97, e)]")]
    [InlineData("[e => e < freeze ? 0 : (e - freeze + 1) / (double)(e + 1), e => Math.Pow(0.97, e)]")]
    public async Task LayersThatAreThawedByARampAreSilent(string factors) =>
        Assert.Empty(await Reports(FactorSource.Script(factors, "int freeze = 4;", scheduler: OwnList)));

    [Theory]
    [InlineData("[e => Math.Min(1.0, e / 5.0), e => Math.Pow(0.97, e)]")]
    [InlineData("[e => e < 3 ? 0 : Math.Min(1.0, (e - 2) / 5.0), e => Math.Min(1.0, e / 3.0)]")]
    public async Task ARampFromZeroBesideAnotherGroupIsStillReported(string factors) =>
        Assert.Contains("WARM1001", (await Reports(FactorSource.Script(factors, scheduler: OwnList))).Select(found => found.Id));

    [Theory]
    [InlineData("int samplesSeen", "int done = samplesSeen / 64;", "e => Math.Min(1.0, (e + done) / 500.0)")]
    [InlineData("int lastStep", "int done = Math.Max(0, lastStep - 1000);", "e => Math.Min(1.0, (e + done) / 500.0)")]
    [InlineData("int batchSize", "", "e => batchSize > 256 ? Math.Min(1.0, (e + 1) / 5.0) : Math.Min(1.0, e / 5.0)")]
    [InlineData("int total", "", "e => Math.Min(1.0, total > 1000 ? (e + 1) / 500.0 : e / 5.0)")]
    [InlineData("string[] args", "var useWarmup = args.Length > 0;", "e => useWarmup ? e / 5.0 : 1.0")]
    public async Task WhatHoldsForSmallSettingsOnlyIsSilent(string parameters, string before, string factor) =>
        Assert.Empty(await Reports(Method(parameters, factor, before)));

    [Theory]
    [InlineData("lambdas", "var lambdas = new List<Func<int, double>> { e => e < 5 ? 0 : 1 }; lambdas.Add(e => 1.0);")]
    [InlineData("[e => e < 5 ? 0 : 1, .. others]", "var others = new Func<int, double>[] { e => 1.0 };")]
    public async Task UnfreezingInAListThatGrowsIsSilent(string factors, string before) =>
        Assert.Empty(await Reports(FactorSource.Script(factors, before, scheduler: OwnList)));

    [Theory]
    [InlineData("e => table[Math.Min(e, 1)]", "var table = new List<double> { 0.0, 0.5, 1.0 }; table.RemoveAt(0);")]
    [InlineData("e => table[Math.Min(e, 2)]", "var table = new List<double> { 0.0, 0.5, 1.0 }; table.Reverse();")]
    [InlineData("e => table[Math.Min(e, 2)]", "var table = new double[] { 0, 0.5, 1 }; Array.Reverse(table);")]
    public async Task ATableThatACallChangesIsSilent(string factor, string before) =>
        Assert.Empty(await Reports(FactorSource.Script(factor, before)));

    [Theory]
    [InlineData("[e => Ramp(e), e => 0.1 * Ramp(e)]", "0.1")]
    [InlineData("[e => lr * Math.Pow(0.9, e), e => Math.Max(1e-5 / lr, Math.Pow(0.9, e))]", "lr")]
    public async Task OneGroupsShareIsSilentWhereTheOthersHoldTheNumberForSomethingElse(string factors, string rate) =>
        Assert.Empty(await Reports(FactorSource.Script(
            factors, "double lr = 0.1;", "static double Ramp(int e) => Math.Max(0.1, Math.Min(1.0, e / 5.0));", rate, OwnList)));

    [Fact]
    public async Task ABaseRateThatIsSetToOneIsSilent() => Assert.Empty(await Reports(
        """
        using System;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        const double lr = 0.01;
        using var model = Linear(4, 1);
        var optimizer = torch.optim.SGD(model.parameters(), lr);
        foreach (var group in optimizer.ParamGroups)
            group.InitialLearningRate = 1.0;
        var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => lr * Math.Min(1.0, (e + 1) / 5.0));
        for (int i = 0; i < 10; i++)
        {
            optimizer.step();
            scheduler.step();
        }
        """));

    [Fact]
    public async Task TwoTextsAtOnceAreNoBranch() => Assert.Empty(await Reports(TopLevel(
        "e => mode == \"finetune\" ? (e + offset) / 500.0 : 1.0",
        "var mode = args[0]; var start = args.Length; var offset = mode == \"scratch\" ? 0 : start;")));

    [Fact]
    public async Task APropertyThatAnAttributeSetsIsOpen() => Assert.Empty(await Reports(FactorSource.Script(
        "e => Math.Min(1.0, (e + Settings.StartEpoch) / 5.0)",
        members: "sealed class OptionAttribute : Attribute { } static class Settings { [Option] public static int StartEpoch { get; private set; } = 0; }")));

    [Theory]
    [InlineData("e => 1 - 0.5 * (e / 10)")]
    [InlineData("e => 1.0 - 0.9 * (e / 50)")]
    public async Task AStaircaseThatGoesOnBelowZeroIsStillAStaircase(string factor) =>
        Assert.Empty(await Reports(FactorSource.Script(factor)));

    // ---- Fixes ----

    [Theory]
    [InlineData("e => Lerp(0.0, 1.0, Math.Min(1.0, e / 30.0))", "static double Lerp(double a, double b, double t) => a + (b - a) * t;")]
    [InlineData("e => CosineUp(Math.Min(1.0, e / 5.0))", "static double CosineUp(double t) => 0.5 * (1 - Math.Cos(Math.PI * t));")]
    public async Task OnlyTheIndexIsShifted(string factor, string helper)
    {
        var mended = await Mended(TopLevel(factor, after: helper));
        Assert.True(mended is null || mended.Contains(helper, StringComparison.Ordinal), mended);
    }

    [Theory]
    [InlineData("var lr = 0.1; Console.WriteLine(lr);", "e => lr * Math.Pow(0.9, e)")]
    [InlineData("var dropout = 0.1; var drop = Dropout(dropout);", "e => dropout * Math.Pow(0.9, e)")]
    [InlineData("const double dropout = 0.1; var drop = Dropout(dropout);", "e => dropout * Math.Pow(0.9, e)")]
    public async Task ADeclarationThatOthersReadIsNotEdited(string before, string factor)
    {
        var mended = await Mended(TopLevel(factor, before));
        Assert.True(mended is null || mended.Contains(before, StringComparison.Ordinal), mended);
    }

    [Theory]
    [InlineData("e => useWarmup ? (double)e / 5 : 1.0")]
    [InlineData("e => useWarmup ? e / 5 : 1.0")]
    [InlineData("e => { double warm = e / 5; return warm; }")]
    [InlineData("e => { var warm = e / 5.0; return warm; }")]
    public async Task ACapThatIsMissingIsMendedInTheSameClick(string factor) =>
        Assert.Contains("Math.Min(", await Mended(TopLevel(factor, "var useWarmup = args.Contains(\"warmup\");")), StringComparison.Ordinal);

    [Theory]
    [InlineData("var useWarmup = args.Contains(\"warmup\");", "e => useWarmup ? e / 5.0 : 1.0", "useWarmup ?")]
    [InlineData("const int StartEpoch = 0;", "e => Math.Min(1.0, (e + StartEpoch) / 5.0)", "StartEpoch)")]
    public async Task WhatTheUserDecidesIsKept(string before, string factor, string kept)
    {
        var mended = await Mended(TopLevel(factor, before));
        Assert.True(mended is null || mended.Contains(kept, StringComparison.Ordinal), mended);
    }

    [Fact]
    public async Task AWarmupOfAFractionalLengthDoesNotOvershoot()
    {
        var mended = await Mended(Method("double share", "e => e < share * 100 ? e / (share * 100) : 1.0"));
        Assert.DoesNotContain("? (e + 1) / (share * 100) : 1.0", mended ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e => Math.Log(e + 1) / Math.Log(101)", "Math.Log(e + 1 + 1)")]
    [InlineData("e => lr * (e < 5 ? (e + 1) / 5.0 : Math.Pow(0.9, e - 5))", "e => e < 5 ? (e + 1) / 5.0 : Math.Pow(0.9, e - 5)")]
    public async Task ParenthesesThatAreNotNeededAreTakenAway(string factor, string mended) =>
        Assert.Contains(mended, await Mended(TopLevel(factor, "double lr = 0.1;", "lr")), StringComparison.Ordinal);

    [Theory]
    [InlineData("e => lr * Math.Max(minLr / lr, Math.Pow(0.9, e))")]
    [InlineData("e => Math.Max(minLr, lr * Math.Pow(0.9, e))")]
    public async Task TheFloorKeepsItsPlaceBesideTheRate(string factor)
    {
        var mended = await Mended(TopLevel(factor, "double lr = 0.1, minLr = 1e-4;", "lr"));
        Assert.True(mended is null || mended.Contains("Math.Max(minLr / lr, Math.Pow(0.9, e))", StringComparison.Ordinal), mended);
    }

    [Theory]
    [InlineData("e => Math.Pow(0.9, e) /* decay */ * lr", "/* decay */")]
    [InlineData("e => Math.Pow(0.9, e) * /* base */ lr", "/* base */")]
    [InlineData("e => (lr /* base */) * Math.Pow(0.9, e)", "/* base */")]
    [InlineData("e =>\n    Math.Pow(0.9, e) // decay\n    * lr", "// decay")]
    public async Task CommentsBesideTheRateSurvive(string factor, string comment) =>
        Assert.Contains(comment, await Mended(TopLevel(factor, "double lr = 0.1;", "lr")), StringComparison.Ordinal);

    [Fact]
    public async Task ASharedFunctionIsNotWrittenOutWhereItsParameterHasTheSameName() => Assert.Null(await Mended(FactorSource.Script(
        "e => Warmup(e)", members: "static double Warmup(int e) => Math.Min(e / 5.0, 1.0); public static double AlsoHere() => Warmup(3);")));

    [Fact]
    public async Task AConstantThatIsCutToZeroIsNotLeftBehind()
    {
        var mended = await Mended(TopLevel("e => 1 / 10 + 0.9 * Math.Min(1.0, e / 5.0)"));
        Assert.DoesNotContain("1 / 10 +", mended ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e => Math.Min(1.0, e / 5.0) * Math.Min(1.0, e / 10.0)")]
    [InlineData("e => { double f = 1.0; if (e < 5) { f = e / 5; } f *= Math.Pow(0.95, e); return f; }")]
    public async Task ThereIsAFix(string factor) => Assert.NotNull(await Mended(TopLevel(factor)));

    [Fact]
    public async Task TheParameterIsKeptAsItIsWritten() =>
        Assert.Contains("@step => Math.Min((@step + 1) / 5.0, 1.0)", await Mended(TopLevel("@step => @step / 5.0")), StringComparison.Ordinal);

    [Fact]
    public async Task DigitSeparatorsAreKept() =>
        Assert.Contains("4_000.0", await Mended(TopLevel("e => Math.Min(1.0, e / 4_000)")), StringComparison.Ordinal);

    // ---- Places and messages ----

    [Theory]
    [InlineData("var lr = 0.1;", "0.1")]
    [InlineData("float lr = 0.1f;", "lr")]
    [InlineData("double lr = 0.1, minLr = 1e-4;", "lr", "e => minLr + 0.5 * (lr - minLr) * (1 + Math.Cos(Math.PI * e / 100))")]
    public async Task TheRateIsReportedInTheFunction(string before, string rate, string factor = "e => lr * Math.Pow(0.9, e)") =>
        Assert.Equal("lr", await ReportedText(TopLevel(factor, before, rate)));

    [Fact]
    public async Task OneFunctionOfTwoGroupsIsOneMistake() => Assert.Single(await Reports(FactorSource.Script(
        "[Warmup, Warmup]", members: "static double Warmup(int epoch) => Math.Min(1.0, epoch / 5.0);", scheduler: OwnList)));

    [Fact]
    public async Task OneFunctionOfTwoSchedulersIsOneMistake() => Assert.Single(await Reports(FactorSource.Script(
        "Warmup", "var other = torch.optim.lr_scheduler.LambdaLR(torch.optim.SGD(Linear(2, 2).parameters(), 0.1), Warmup);",
        "static double Warmup(int epoch) => Math.Min(1.0, epoch / 5.0);")));

    [Fact]
    public async Task TheNumberOfZeroStepsIsThatOfARun() =>
        Assert.Contains("for the first 500 steps", (await Report(TopLevel("e => e < 500 ? 0.0 : 1.0"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task AWarmupOfZerosIsNotJustTheFirstStep() =>
        Assert.DoesNotContain("at the first step", (await Report(Method("int warmup", "e => e < warmup ? 0.0 : 1.0"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task AConditionIsPossible() => Assert.DoesNotContain("\"none\" is true", (await Report(TopLevel(
        "e => mode == \"linear\" ? Math.Min(1.0, e / 5.0) : mode == \"none\" ? 1.0 : 0.5 * (1 + Math.Cos(Math.PI * e / 10))",
        "var mode = args[0];"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task AConditionNamesOnlyWhatMatters() => Assert.DoesNotContain("clip", (await Report(TopLevel(
        "e => { var f = useWarmup ? e / 5.0 : 1.0; return clip ? Math.Min(f, 1.0) : f; }",
        "var useWarmup = args.Contains(\"warmup\"); var clip = args.Contains(\"clip\");"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task AnExampleNamesOnlyWhatTheFactorReads() => Assert.DoesNotContain("args.Length", (await Report(TopLevel(
        "e => e / warmup", "int warmup = args.Length > 0 ? int.Parse(args[0]) : 5;"))).GetMessage(), StringComparison.Ordinal);

    [Theory]
    [InlineData("e => lr * Math.Pow(1.1, e)")]
    [InlineData("e => lr * (e + 1) / 5")]
    public async Task WhatGrowsWithoutBoundsHasNoPeak(string factor) => Assert.DoesNotContain(
        "peaks at", (await Report(TopLevel(factor, "double lr = 0.1;", "lr"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public async Task TheCurrentRateOfTheOptimizerIsNotTheFirstOne() => Assert.DoesNotContain(
        "0.1, 0.09, 0.081",
        (await Report(TopLevel("e => optimizer.ParamGroups.First().LearningRate * Math.Pow(0.9, e)"))).GetMessage(),
        StringComparison.Ordinal);
}
