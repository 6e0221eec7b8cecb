using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;
using VerifyReview = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class WarmupWithoutCapTests
{
    [Theory]
    [InlineData("e => {|WARM1004:(e + 1) / 5.0|}", "e => Math.Min((e + 1) / 5.0, 1.0)")]
    [InlineData("e => {|WARM1004:(e + 1.0) / warmupEpochs|}", "e => Math.Min((e + 1) / (double)warmupEpochs, 1.0)")]
    [InlineData("e => {|WARM1004:0.1 + 0.2 * e|}", "e => Math.Min(0.1 + 0.2 * e, 1.0)")]
    [InlineData("e => { if (e < 2) return 0.1 + 0.1 * e; /* on and on */ return {|WARM1004:e / 5.0|}; }", "e => { if (e < 2) return 0.1 + 0.1 * e; /* on and on */ return Math.Min(e / 5.0, 1.0); }")]
    [InlineData("e => {|WARM1004:Math.Sqrt((e + 1) / 5.0)|}", "e => Math.Min(Math.Sqrt((e + 1) / 5.0), 1.0)")]
    [InlineData("e => {|WARM1004:Math.Log(e + 2) / 3|}", "e => Math.Min(Math.Log(e + 2) / 3, 1.0)")]
    [InlineData("e => { /* warm up */ return {|WARM1004:(e + 1) / 10.0|}; /* over */ }", "e => { /* warm up */ return Math.Min((e + 1) / 10.0, 1.0); /* over */ }")]
    public Task IsReportedAndMended(string factor, string mended) => Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("static double Warmup(int epoch) => VALUE;")]
    [InlineData("static double Warmup(int epoch) { return VALUE; }")]
    [InlineData("static readonly Func<int, double> Warmup = epoch => VALUE;")]
    public Task Members(string member) => Verify.Fix(
        FactorSource.Script("Warmup", members: member.Replace("VALUE", "{|WARM1004:(epoch + 1) / 5.0|}", System.StringComparison.Ordinal)),
        FactorSource.Script("Warmup", members: member.Replace("VALUE", "Math.Min((epoch + 1) / 5.0, 1.0)", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("TorchSharp.torch.optim.lr_scheduler.LambdaLR(optimizer, FACTOR)")]
    [InlineData("optim.lr_scheduler.LambdaLR(optimizer, FACTOR, -1, false)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR, k => 1.0])")]
    public Task Schedulers(string scheduler) => Verify.Fix(
        FactorSource.Script("epoch => {|WARM1004:(epoch + 1) / 5.0|}", scheduler: scheduler),
        FactorSource.Script("epoch => Math.Min((epoch + 1) / 5.0, 1.0)", scheduler: scheduler));

    [Theory]
    [InlineData("e => Math.Min((e + 1) / 5.0, 1)")]
    [InlineData("e => 1 + 0.1 * e")]
    [InlineData("e => (e + 5) / 5.0")]
    [InlineData("e => 1e-3 * Math.Pow(1.1, e)")]
    [InlineData("e => Math.Pow(10, e / 100.0 - 3)")]
    [InlineData("e => 0.001 * Math.Exp(0.05 * e)")]
    [InlineData("e => 2 - 1.5 / (e + 1)")]
    [InlineData("e => (e + 1) / 20.0")]
    [InlineData("e => (e % 10 + 1) / 5.0")]
    [InlineData("e => (e + 1) / 5.0 * Math.Pow(0.5, e)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1.2")]
    [InlineData("e => -0.1 * e")]
    public async Task Silent(string factor) => Assert.DoesNotContain("WARM1004", (await Findings.In(FactorSource.Script(factor))).Select(found => found.Id));

    [Theory]
    [InlineData("int epochs", "epochs", "for (int i = 0; i < epochs; i++)", false)]
    [InlineData("int epochs", "epochs", "for (int i = 1; i <= epochs; ++i)", false)]
    [InlineData("int epochs", "epochs", "foreach (var i in Enumerable.Range(0, epochs))", false)]
    [InlineData("int epochs, int warmup", "(epochs + warmup)", "for (int i = 0; i < epochs; i++)", false)]
    [InlineData("int epochs, System.Collections.Generic.List<Tensor> data", "(epochs * data.Count)", "for (int i = 0; i < epochs; i++) foreach (var x in data)", false)]
    [InlineData("int epochs", "20", "for (int i = 0; i < 20 && epochs > 0; i++)", false)]
    [InlineData("int epochs", "epochs", "for (int i = 0; i < 2 * epochs; i++)", true)]
    [InlineData("int epochs, int warmup", "warmup", "for (int i = 0; i < epochs; i++)", true)]
    [InlineData("int epochs", "20", "while (model.training)", true)]
    [InlineData("int epochs", "20", "for (int i = 0; i < 21; i++)", true)]
    public async Task SilentWhereTheLoopEndsBefore(string parameters, string length, string loop, bool isReported)
    {
        var found = await Findings.In($$"""
            using System;
            using System.Linq;
            using TorchSharp;
            using static TorchSharp.torch;

            public static class Program
            {
                public static void Main() { }

                public static void Train(torch.nn.Module model, {{parameters}})
                {
                    var optimizer = torch.optim.Adam(model.parameters(), 0.1);
                    var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => (e + 1) / (double){{length}});
                    {{loop}}
                    {
                        optimizer.step();
                        scheduler.step();
                    }
                }
            }
            """);
        Assert.Equal(isReported ? ["WARM1004"] : [], found.Select(report => report.Id).ToArray());
    }

    [Theory]
    [InlineData("if (epoch < 4) scheduler.step();")]
    [InlineData("if (epoch < 4) scheduler.step(); else decay.step();")]
    public async Task AStepUnderAConditionOfItsOwnMayBeTheEnd(string step) => Assert.Empty((await Findings.In(
        FactorSource.Script("e => (e + 1) / 5.0").Replace("for (int", "var decay = torch.optim.lr_scheduler.StepLR(optimizer, 3);\nfor (int").Replace("            scheduler.step();\n", step + "\n")))
        .Where(found => found.Id.StartsWith("WARM1", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("[5]", false)]
    [InlineData("[warmupEpochs]", false)]
    [InlineData("[6]", true)]
    public async Task ASequenceHandsOver(string milestones, bool isReported) => Assert.Equal(isReported, (await Findings.In(FactorSource.Script(
        "", scheduler: "optim.lr_scheduler.SequentialLR(optimizer, [optim.lr_scheduler.LambdaLR(optimizer, e => (e + 1) / 5.0), optim.lr_scheduler.StepLR(optimizer, 30)], " + milestones + ")")))
        .Any(found => found.Id == "WARM1004"));

    [Theory]
    [InlineData("e => (e + 1) / 5.0")]
    [InlineData("e => 1 - e / 5.0")]
    public async Task WhatGoesOutOfSightMayEndThere(string factor) => Assert.Empty(await Findings.In($$"""
        using TorchSharp;

        public static class Schedules
        {
            public static torch.optim.lr_scheduler.LRScheduler Make(torch.optim.Optimizer optimizer) => torch.optim.lr_scheduler.LambdaLR(optimizer, {{factor}});

            public static void Main() { }
        }
        """));

    [Fact]
    public async Task AStepAtTheTopCounts()
    {
        static string Source(int n) => FactorSource.Script("e => e / " + n + ".0").Replace("optimizer.zero_grad();", "scheduler.step(); optimizer.zero_grad();").Replace("            scheduler.step();\n", "\n");
        Assert.Empty((await Findings.In(Source(20))).Where(found => found.Id == "WARM1004"));
        Assert.Single((await Findings.In(Source(19))).Where(found => found.Id == "WARM1004"));
    }

    [Fact]
    public Task ARampFromZeroIsMendedWithIt() => Verify.Fix(
        FactorSource.Script("e => Math.Sqrt({|WARM1001:e / 5.0|})"),
        FactorSource.Script("e => Math.Min(Math.Sqrt((e + 1) / 5.0), 1.0)"));

    [Theory]
    [InlineData("Warmup", "k => Math.Min(Warmup(k), 1.0)")]
    [InlineData("e => Warmup(e)", "e => Math.Min(Warmup(e), 1.0)")]
    public async Task ASharedFunctionIsNotEdited(string factor, string mended)
    {
        static string Members(bool marked) => "static double Warmup(int epoch) => " + (marked ? "{|WARM1004:(epoch + 1) / 5.0|}" : "(epoch + 1) / 5.0") + "; public static double Also() => Warmup(3);";
        if (factor == "Warmup")
            await VerifyReview.Fix(FactorSource.Script(factor, members: Members(true)), FactorSource.Script(mended, members: Members(false)));
        else
            await Verify.Fix(FactorSource.Script(factor, members: Members(true)), FactorSource.Script(mended, members: Members(false)));
    }

    [Fact]
    public async Task TheMessageShowsHowFarItGets()
    {
        var report = Assert.Single(await Findings.In(FactorSource.Script("e => (e + 1) / 5.0")));
        Assert.Equal("The warmup has no cap: the factor runs 0.2, 0.4, 0.6, 0.8, 1, 1.2, … ▂▃▄▅▆▇█ and grows on, to 4 at step 20", report.GetMessage());
        Assert.Equal(4 * 0.05, TrainingRun.LearningRates(FactorSource.Script("e => (e + 1) / 5.0"))[19], 12);
    }

    [Fact]
    public async Task TheMessageNamesTheValuesItIsFor() => Assert.EndsWith(
        "and grows on, to 3 at step 15 (with Warmup = 5)",
        Assert.Single(await Findings.In(FactorSource.Script("e => (e + 1) / (double)Warmup", members: "public static int Warmup { get; set; }").Replace("epoch < 20", "epoch < Warmup * 3"))).GetMessage());
}
