using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.HandWrittenSource;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>WARM1001 and WARM1002 on a learning rate that is written by hand, and how they are mended.</summary>
public class HandWrittenRateTests
{
    [Theory]
    [InlineData("{|WARM1001:lr * step / warmup|}", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("{|WARM1001:step * lr / warmup|}", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("Math.Min(lr, {|WARM1001:lr * step / warmup|})", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("step < warmup ? {|WARM1001:lr * step / warmup|} : lr", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * ({|WARM1002:step / warmup|})", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * Math.Min(1.0, {|WARM1002:step / warmup|})", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * (double)({|WARM1002:step / warmup|})", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * Math.Min(1.0, {|WARM1002:(step + 1) / warmup|})", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("{|WARM1001:0.05 * step / 5.0|}", "0.05 * Math.Min((step + 1) / 5.0, 1.0)")]
    [InlineData("lr * (step < warmup ? {|WARM1001:step / (double)warmup|} : Math.Pow(0.9, step - warmup))", "lr * (step < warmup ? (step + 1) / (double)warmup : Math.Pow(0.9, step - warmup))")]
    [InlineData("step < warmup ? {|WARM1001:lr * step / warmup|} : lr * Math.Pow(0.9, step - warmup)", "step < warmup ? lr * (step + 1) / warmup : lr * Math.Pow(0.9, step - warmup)")]
    [InlineData("0.01 * Math.Min({|WARM1001:step / 5.0|}, 1)", "0.01 * Math.Min((step + 1) / 5.0, 1)")]
    public Task IsReportedAndMended(string value, string mended) => Verify.Fix(Rate(value), Rate(mended));

    [Theory]
    [InlineData(
        "if (step < warmup) { foreach (var group in optimizer.ParamGroups) group.LearningRate = {|WARM1001:lr * step / warmup|}; }",
        "if (step < warmup) { foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * (step + 1) / warmup; }")]
    [InlineData(
        "if (step < warmup) { var scale = {|WARM1002:step / warmup|}; foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * scale; /* ramp */ }",
        "if (step < warmup) { var scale = (step + 1) / (double)warmup; foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * scale; /* ramp */ }")]
    [InlineData(
        "double rate = lr; if (step < warmup) rate = {|WARM1001:lr * step / warmup|}; Console.WriteLine($\"{step}: {rate}\"); foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;",
        "double rate = lr; if (step < warmup) rate = lr * (step + 1) / warmup; Console.WriteLine($\"{step}: {rate}\"); foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;")]
    [InlineData(
        "var rate = Math.Min(lr, {|WARM1001:lr * step / warmup|}); Console.WriteLine(rate); foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;",
        "var rate = lr * Math.Min((step + 1) / (double)warmup, 1.0); Console.WriteLine(rate); foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;")]
    public Task IsMendedInItsPlace(string write, string mended) => Verify.Fix(Loop(write), Loop(mended));

    [Theory]
    [InlineData(
        "for (int e = 0; e < 100; e++) { Adjust(optimizer, e, lr); TRAIN }",
        "static void Adjust(torch.optim.Optimizer o, int e, double rate) { if (e < 5) foreach (var g in o.ParamGroups) g.LearningRate = {|WARM1001:rate * e / 5|}; }",
        "static void Adjust(torch.optim.Optimizer o, int e, double rate) { if (e < 5) foreach (var g in o.ParamGroups) g.LearningRate = rate * (e + 1) / 5; }")]
    [InlineData(
        "for (int e = 0; e < 100; e++) { Adjust(optimizer, WarmupLr(e)); TRAIN }",
        "static double WarmupLr(int e) => 0.05 * Math.Min({|WARM1001:e / 5.0|}, 1.0); static void Adjust(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }",
        "static double WarmupLr(int e) => 0.05 * Math.Min((e + 1) / 5.0, 1.0); static void Adjust(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }")]
    public Task IsMendedInAHelper(string loop, string helpers, string mended) => Verify.Fix(Script(loop, members: helpers), Script(loop, members: mended));

    [Theory]
    [InlineData("SetRate(optimizer, {|WARM1001:lr * step / warmup|});", "SetRate(optimizer, lr * Math.Min((step + 1) / (double)warmup, 1.0));")]
    [InlineData("SetRate(rate: lr * ({|WARM1002:step / warmup|}), o: optimizer);", "SetRate(rate: lr * Math.Min((step + 1) / (double)warmup, 1.0), o: optimizer);")]
    [InlineData("SetRate(optimizer, {|WARM1004:lr * (step + 1) / warmup|}); // up", "SetRate(optimizer, lr * Math.Min((step + 1) / (double)warmup, 1.0)); // up")]
    [InlineData("var rate = {|WARM1004:lr * (step + 1) / warmup|}; SetRate(optimizer, rate);", "var rate = lr * Math.Min((step + 1) / (double)warmup, 1.0); SetRate(optimizer, rate);")]
    public Task IsMendedWhereAHelperIsGivenIt(string write, string mended)
    {
        const string Helper = "static void SetRate(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }";
        const string Loop = "for (int step = 0; step < 100; step++) { WRITE\n TRAIN }";
        return Verify.Fix(
            Script(Loop.Replace("WRITE", write, System.StringComparison.Ordinal), members: Helper),
            Script(Loop.Replace("WRITE", mended, System.StringComparison.Ordinal), members: Helper));
    }

    [Theory]
    [InlineData("int step = 0; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = {|WARM1001:lr * step / warmup|}; TRAIN step++; }", "int step = 0; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Math.Min((step + 1) / (double)warmup, 1.0); TRAIN step++; }")]
    [InlineData("foreach (var e in Enumerable.Range(1, 99)) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * ({|WARM1002:e / warmup|}); TRAIN }", "foreach (var e in Enumerable.Range(1, 99)) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Math.Min(e / (double)warmup, 1.0); TRAIN }")]
    public Task ACounterIsAnIndex(string loop, string mended) => Verify.Fix(Script(loop), Script(mended));

    [Theory]
    [InlineData("{|WARM1004:lr * (step + 1) / warmup|}", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("{|WARM1004:lr * (0.1 + step / (double)warmup)|}", "Math.Min(lr * (0.1 + step / (double)warmup), lr)")]
    [InlineData("{|WARM1005:lr / step|}", "lr / (step + 1)")]
    [InlineData("lr * {|WARM1005:Math.Pow(step, -0.5)|}", "lr * Math.Pow(step + 1, -0.5)")]
    public Task EndsAndInfinities(string value, string mended) => Verify.Fix(Rate(value), Rate(mended));

    [Theory]
    [InlineData("for (int step = 0; step < warmup; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN }")]
    [InlineData("int step = 0; while (step < warmup) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN step++; }")]
    [InlineData("for (int step = 0; step < 100; step++) { if (step < warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = 1e-7 * Math.Pow(10, step / 20.0); TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (1 + step / 10.0); TRAIN }")]
    [InlineData("for (int step = 1; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr / step; TRAIN }")]
    public Task AnEndIsAnEnd(string loop) => Verify.Silent(Script(loop));

    [Theory]
    [InlineData("step < warmup ? {|WARM1001:0|} : lr")]
    [InlineData("step switch { 0 => {|WARM1001:0|}, < 5 => lr / 2, _ => lr }")]
    public Task LevelsHaveNoFix(string value) => Verify.NoFix(Rate(value));

    // The optimizer's own rate is not known: only what is capped shows where it leads.
    [Theory]
    [InlineData("{|WARM1001:step / 5.0|} * 0.05", "(step + 1) / 5.0 * 0.05")]
    [InlineData("Math.Min({|WARM1001:peak * step / 5|}, peak)", "peak * Math.Min((step + 1) / 5.0, 1.0)")]
    public Task OfAnOptimizerFromElsewhere(string value, string mended)
    {
        string Program(string rate) => Script("Train(optimizer, 0.1);", members: "static void Train(torch.optim.Optimizer optimizer, double peak) { for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = " + rate + "; optimizer.step(); } }");
        return Verify.Fix(Program(value), Program(mended));
    }

    [Fact]
    public Task AHelperOfSeveralCallersIsNotMended() => Verify.NoFix(Script(
        "Console.WriteLine(WarmupLr(3)); for (int e = 0; e < 100; e++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = WarmupLr(e); TRAIN }",
        members: "static double WarmupLr(int e) => 0.05 * Math.Min({|WARM1001:e / 5.0|}, 1.0);"));

    [Fact]
    public Task AllOnOneLineAreMended() => Verify.Fix(
        Script("for (int a = 0; a < 9; a++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = {|WARM1001:lr * a / warmup|}; optimizer.step(); } for (int b = 0; b < 9; b++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * ({|WARM1002:b / 5|}); optimizer.step(); }"),
        Script("for (int a = 0; a < 9; a++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Math.Min((a + 1) / (double)warmup, 1.0); optimizer.step(); } for (int b = 0; b < 9; b++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Math.Min((b + 1) / 5.0, 1.0); optimizer.step(); }"));

    [Theory]
    [InlineData("lr * step / warmup", "The learning rate is zero at the first step: the learning rate runs 0, 0.01, 0.02, 0.03, 0.04, 0.05, … ▁▂▃▅▆▇█; also, the warmup has no cap (WARM1004)")]
    [InlineData("lr * Math.Min(1.0, step / warmup)", "Integer division truncates the factor: the learning rate runs 0, 0, 0, 0, 0, 0.05, … ▁▁▁▁▁██ instead of 0, 0.01, 0.02, 0.03, 0.04, 0.05, … ▁▂▄▅▇██; also, the first step trains with a learning rate of zero (WARM1001)")]
    public async Task TheMessageShowsLearningRates(string value, string message)
    {
        var report = Assert.Single(await Findings.In(Rate(value)));
        Assert.Equal(message, report.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What the message says is what a run gives, and so is what the fix promises.</summary>
    [Theory]
    [InlineData("lr * step / warmup", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * Math.Min(1.0, step / warmup)", "lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("step < warmup ? lr * step / warmup : lr * Math.Pow(0.9, step - warmup)", "step < warmup ? lr * (step + 1) / warmup : lr * Math.Pow(0.9, step - warmup)")]
    public async Task TheNumbersAreThoseOfARun(string value, string mended)
    {
        var report = Assert.Single(await Findings.In(Rate(value)));
        Assert.Contains("the learning rate runs " + CurveText.Numbers(TrainingRun.LearningRates(Rate(value))), report.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 5).Select(step => 0.05 * step / 5), TrainingRun.LearningRates(Rate(mended)).Take(5), (left, right) => System.Math.Abs(left - right) < 1e-15);
    }

    [Theory]
    [InlineData("WARM1001")]
    [InlineData("WARM1002")]
    [InlineData("WARM1004")]
    [InlineData("WARM1005")]
    public async Task ThePagesShowItByHand(string id)
    {
        var report = Assert.Single(await Findings.In(PageExampleTests.Program(SecondCode(id, "Example"))));
        Assert.Equal(id, report.Id);
        Assert.Contains("warning " + id + ": " + report.GetMessage(System.Globalization.CultureInfo.InvariantCulture) + "\n", DocumentationTests.Section(id, "Example"), System.StringComparison.Ordinal);
        Assert.Empty(await Findings.In(PageExampleTests.Program(SecondCode(id, "Use instead"))));
    }

    private static string SecondCode(string id, string section) => System.Text.RegularExpressions.Regex
        .Matches(DocumentationTests.Section(id, section), "```csharp\n(?<code>.*?)```", System.Text.RegularExpressions.RegexOptions.Singleline)[1].Groups["code"].Value;

    [Fact]
    public async Task AnOpenRateIsGivenAnExampleValue()
    {
        var report = Assert.Single(await Findings.In(Script(
            "for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }",
            before: "var lr = double.Parse(Console.ReadLine()!); var warmup = int.Parse(Console.ReadLine()!);")));
        Assert.EndsWith("(with lr = 0.001, warmup = 20)", report.GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / ; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.) g.LearningRate = lr * step / warmup; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / unknown; TRAIN }")]
    [InlineData("for (int step = ; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN }")]
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = ")]
    public async Task HalfTypedCodeIsSilent(string loop) => Assert.Empty((await Findings.In(Script(loop), mustCompile: false)).Where(found => found.Id.StartsWith("WARM", System.StringComparison.Ordinal)));

    /// <summary>While it is typed: whatever stands there, nothing breaks.</summary>
    [Fact]
    public async Task EveryBeginningIsSurvived()
    {
        var program = Script(
            "int step = 0; for (int epoch = 0; epoch < 10; epoch++) { if (step < warmup) Adjust(optimizer, WarmupLr(step)); else optimizer.ParamGroups.ToList().ForEach(g => g.LearningRate = lr); TRAIN step++; }",
            members: "static double WarmupLr(int step) => 0.05 * Math.Min(step / 5, 1.0); static void Adjust(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }");
        for (var length = 0; length < program.Length; length += 11)
            await Findings.In(program[..length], mustCompile: false);
        Assert.Equal("WARM1002", Assert.Single(await Findings.In(program)).Id);
    }

    [Fact]
    public async Task AGroupOfTheUsersOwnIsNotOurs() => Assert.Empty(await Findings.In("""
        using System.Collections.Generic;

        var optimizer = new Optimizer();
        for (int step = 0; step < 100; step++)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = 0.1 * step / 5;
            optimizer.step();
        }

        public sealed class Optimizer
        {
            public List<Group> ParamGroups { get; } = new();
            public void step() { }
        }

        public sealed class Group { public double LearningRate { get; set; } }
        """));

    [Fact]
    public async Task TheInitialRateOfAnotherOptimizerIsNotOurs()
    {
        var found = Assert.Single(await Findings.In("""
            using TorchSharp;

            static class Program
            {
                static void Main(string[] args)
                {
                    int warmup = int.Parse(args[0]);
                    using var model = torch.nn.Linear(4, 1);
                    var other = torch.optim.SGD(model.parameters(), 0.1);
                    foreach (var group in other.ParamGroups)
                        group.InitialLearningRate = group.LearningRate = 0.02;
                    const double lr = 0.05;
                    var optimizer = torch.optim.SGD(model.parameters(), lr);
                    for (int step = 0; step < 20; step++)
                    {
                        foreach (var group in optimizer.ParamGroups)
                            group.LearningRate = lr * step / warmup;
                        optimizer.step();
                        other.step();
                    }
                }
            }
            """));
        Assert.Contains("also, the warmup has no cap (WARM1004)", found.GetMessage());
    }
}
