using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.SchedulersOverwriteReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class SchedulersOverwriteTests
{
    private const string Ramp = "LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0))";
    private const string Cosine = "LambdaLR(optimizer, e => 0.5 * (1 + Math.Cos(Math.PI * e / 35)))";

    [Theory]
    [InlineData(
        "var warmup = WARMUP; var decay = {|WARM4001:" + Cosine + "|};", "warmup.step(); decay.step();",
        "var warmup = WARMUP; var decay = " + Cosine + "; var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 5 });", "sequence.step();")]
    [InlineData(
        "LRScheduler warmup = " + Ramp + "; var decay = {|WARM4001:ExponentialLR(optimizer, 0.9)|};", "decay.step(); warmup.step();",
        "LRScheduler warmup = " + Ramp + "; var decay = ExponentialLR(optimizer, 0.9); var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 4 });", "sequence.step();")]
    [InlineData(
        "const int length = 7; var decay = new impl.LambdaLR(optimizer, e => Math.Pow(0.9, e)); var warmup = {|WARM4001:new impl.LinearLR(optimizer, total_iters: length)|};", "decay.step(); warmup.step();",
        "const int length = 7; var decay = new impl.LambdaLR(optimizer, e => Math.Pow(0.9, e)); var warmup = new impl.LinearLR(optimizer, total_iters: length); var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { length });", "sequence.step();")]
    [InlineData(
        "var sequence = 1; var decay = " + Cosine + "; var warmup = {|WARM4001:torch.optim.lr_scheduler.LinearLR(optimizer, 0.1)|};", "decay.step(); warmup.step();",
        "var sequence = 1; var decay = " + Cosine + "; var warmup = torch.optim.lr_scheduler.LinearLR(optimizer, 0.1); var sequence2 = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 5 });", "sequence2.step();")]
    // What was made for the whole training is made for what is left of it.
    [InlineData(
        "var warmup = " + Ramp + "; var decay = {|WARM4001:CosineAnnealingLR(optimizer, 40)|};", "warmup.step(); decay.step();",
        "var warmup = " + Ramp + "; var decay = CosineAnnealingLR(optimizer, 36); var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 4 });", "sequence.step();")]
    [InlineData(
        "var warmup = LinearLR(optimizer, total_iters: open); var decay = {|WARM4001:LambdaLR(optimizer, e => Math.Pow(0.9, e))|};", "warmup.step(); decay.step();",
        "var warmup = LinearLR(optimizer, total_iters: open); var decay = LambdaLR(optimizer, e => Math.Pow(0.9, e)); var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { open });", "sequence.step();")]
    public Task AWarmupIsRunBeforeTheOther(string statements, string loop, string mended, string mendedLoop) =>
        Verify.Fix(CompositionSource.Script(statements, loop), CompositionSource.Script(mended, mendedLoop));

    [Fact]
    public Task LinesAndCommentsStay() => Verify.Fix(
        CompositionSource.Script(
            """
            // five epochs
                    var warmup = WARMUP; // slowly
                    // then down
                    var decay = {|WARM4001:LambdaLR(optimizer, e => Math.Pow(0.9, e))|}; // for good

            """,
            """
            // both
                        warmup.step();
                        decay.step(); // too
            """),
        CompositionSource.Script(
            """
            // five epochs
                    var warmup = WARMUP; // slowly
                    // then down
                    var decay = LambdaLR(optimizer, e => Math.Pow(0.9, e)); // for good
                    var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 5 });

            """,
            """
            // both
                        sequence.step();
                        // too
            """));

    [Fact]
    public Task AThirdIsReportedOnce() => Verify.NoFix(CompositionSource.Script(
        "var one = " + Cosine + "; var two = {|WARM4001:STEP|}; var three = {|WARM4001:LambdaLR(optimizer, e => Math.Pow(0.9, e))|};", "one.step(); two.step(); three.step();"));

    [Theory]
    [InlineData("var slow = " + Cosine + "; var steps = {|WARM4001:STEP|};", "slow.step(); steps.step();")]
    [InlineData("var slow = " + Cosine + "; var steps = {|WARM4001:STEP|};", "steps.step(); slow.step();")]
    [InlineData("var one = " + Cosine + "; var two = {|WARM4001:LambdaLR(lr_lambda: e => Math.Pow(0.95, e), optimizer: optimizer)|};", "one.step(); two.step();")]
    [InlineData("var slow = " + Cosine + "; var plateau = {|WARM4001:PLATEAU|};", "plateau.step(0.5); slow.step();")]
    [InlineData("var cycle = CyclicLR(optimizer, 0.1, 0.5, 10, cycle_momentum: false); var decay = {|WARM4001:ExponentialLR(optimizer, 0.9)|};", "cycle.step(); decay.step();")]
    [InlineData("var slow = " + Cosine + "; var steps = {|WARM4001:StepLR(optimizer, open)|};", "slow.step(); steps.step();")]
    [InlineData("var slow = LambdaLR(optimizer, e => Factor(e)); var steps = {|WARM4001:STEP|};", "slow.step(); steps.step();")]
    [InlineData("var slow = LambdaLR(optimizer, Factor); var warmup = {|WARM4001:WARMUP|};", "slow.step(); warmup?.step();")]
    [InlineData("var warmup = " + Ramp + "; var decay = {|WARM4001:MultiplicativeLR(optimizer, e => 0.9)|};", "warmup.step(); decay.step();")]
    [InlineData("LRScheduler slow, steps; slow = " + Cosine + "; steps = {|WARM4001:STEP|};", "slow.step(); steps.step();")]
    public Task WhatNobodyCanPutInOrderHasNoFix(string statements, string loop) =>
        Verify.NoFix(CompositionSource.Script(statements, loop, "private static double Factor(int epoch) { return Math.Pow(0.97, epoch); }"));

    [Theory]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = STEP;", "decay.step(); warmup.step();")]
    [InlineData("var warmup = WARMUP; var decay = CosineAnnealingLR(optimizer, 40);", "warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = CosineAnnealingLR(optimizer, 40, eta_min: 0.001);", "warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var plateau = PLATEAU;", "warmup.step(); plateau.step(0.5);")]
    [InlineData("var warmup = WARMUP; var decay = MultiplicativeLR(optimizer, e => 0.9);", "warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = " + Cosine + ";", "if (epoch < 5) warmup.step(); else decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = " + Cosine + ";", "warmup.step(); if (epoch >= 5) decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = " + Cosine + ";", "decay.step();")]
    [InlineData("var warmup = LinearLR(other, 0.1); var decay = " + Cosine + ";", "other.step(); warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = " + Cosine + "; var scheduler = SequentialLR(optimizer, new[] { warmup, decay }, new[] { 5 });", "scheduler.step();")]
    [InlineData("var warmup = WARMUP; var decay = " + Cosine + "; var scheduler = ChainedLR(new[] { warmup, decay });", "scheduler.step();")]
    [InlineData("var slow = " + Cosine + "; var steps = StepLR(optimizer, 50);", "slow.step(); steps.step();")]
    [InlineData("var slow = " + Cosine + "; var same = ConstantLR(optimizer, 1.0);", "slow.step(); same.step();")]
    [InlineData("var slow = " + Cosine + "; LRScheduler? warmup = open > 3 ? WARMUP : null;", "slow.step(); warmup?.step();")]
    public Task WhatIsRightOrNotKnownIsSilent(string statements, string loop) => Verify.Silent(CompositionSource.Script(statements, loop));

    [Theory]
    [InlineData("var warmup = WARMUP; var decay = LambdaLR(optimizer, e => Math.Pow(0.9, e));", "warmup.step(); decay.step();", "What LinearLR does is overwritten by LambdaLR: the learning rate runs ")]
    [InlineData("var warmup = WARMUP; var decay = LambdaLR(optimizer, e => Math.Pow(0.9, e));", "decay.step(); warmup.step();", "What LinearLR does is overwritten by LambdaLR: the learning rate runs ")]
    [InlineData("var one = LambdaLR(optimizer, e => Math.Pow(0.5, e)); var two = LambdaLR(optimizer, e => Math.Pow(0.9, e));", "two.step(); one.step();", "What LambdaLR does is overwritten by the other LambdaLR: the learning rate runs ")]
    public async Task TheMessageShowsTheRun(string statements, string loop, string text)
    {
        var source = CompositionSource.Script(statements, loop);
        var found = (await Findings.In(source)).Single(diagnostic => diagnostic.Id == "WARM4001").GetMessage();
        Assert.StartsWith(text + ArgumentSource.Run(source) + " ", found, StringComparison.Ordinal);
        Assert.Contains(" and not ", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheMessageSaysWhereTheLossShows()
    {
        var source = CompositionSource.Script("var slow = LambdaLR(optimizer, e => 0.5); var steps = StepLR(optimizer, 10);", "slow.step(); steps.step();");
        var found = (await Findings.In(source)).Single(diagnostic => diagnostic.Id == "WARM4001").GetMessage();
        Assert.Equal("What StepLR does is overwritten by LambdaLR: after 11 steps the learning rate is 0.05 and not 0.005", found);
        Assert.Equal(0.05, TrainingRun.LearningRates(source)[11]);
        Assert.Equal("0.005", CurveText.Number(TrainingRun.LearningRates(source)[10]));
    }

    [Fact]
    public async Task AWarmupWithACycleIsAnotherRule()
    {
        var found = await Findings.In(CompositionSource.Script("var warmup = WARMUP; var cycle = CyclicLR(optimizer, 0.1, 0.5, 10, cycle_momentum: false);", "warmup.step(); cycle.step();"));
        Assert.Contains(found, diagnostic => diagnostic.Id == "WARM4011");
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "WARM4001");
    }

    [Fact]
    public Task FieldsAndAsyncAreReported() => Verify.NoFix("""
        using System;
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch.optim.lr_scheduler;

        public sealed class Trainer
        {
            private readonly torch.optim.Optimizer _optimizer;
            private readonly LRScheduler _warmup;
            private readonly LRScheduler _decay;

            public Trainer(TorchSharp.Modules.Linear model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _warmup = LinearLR(_optimizer, 0.1);
                _decay = {|WARM4001:LambdaLR(_optimizer, Factor)|};
            }

            public async Task Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    await Task.Yield();
                    _optimizer.step();
                    _warmup.step();
                    _decay.step();
                }
            }

            private static double Factor(int epoch) => epoch < 20 ? 1.0 : 0.1;

            public static void Main() { }
        }
        """);

    [Fact]
    public Task TypesOfTheUsersOwnAreSilent() => Verify.Silent("""
        class LambdaLR { public LambdaLR(object optimizer) { } public void step() { } }
        class Program
        {
            static void Main()
            {
                var optimizer = new object();
                var one = new LambdaLR(optimizer);
                var other = new LambdaLR(optimizer);
                for (int e = 0; e < 9; e++) { one.step(); other.step(); }
            }
        }
        """);

    [Fact]
    public Task WithoutTorchSharpNothingIsReported() => Verify.Silent("class Program { static void Main() { } }", withTorchSharp: false);

    [Theory]
    [InlineData("var warmup = LinearLR(optimizer, ; var decay = " + Cosine + ";")]
    [InlineData("var warmup = LinearLR(optimizr, 0.1); var decay = " + Cosine + ";")]
    [InlineData("var warmup = WARMUP; var decay = LambdaLR(optimizer, e => );")]
    public async Task HalfTypedCodeIsSilent(string statements) =>
        Assert.DoesNotContain(await Findings.In(CompositionSource.Script(statements, "warmup.step(); decay.step();"), mustCompile: false), found => found.Id == "WARM4001");
}
