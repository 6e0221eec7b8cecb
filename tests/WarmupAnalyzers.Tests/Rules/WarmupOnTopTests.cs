using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.WarmupOnTopReviewFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class WarmupOnTopTests
{
    private const string Cycle = "var cycle = CyclicLR(optimizer, 0.1, 0.5, 10, cycle_momentum: false);";
    private const string Both = "var warmup = WARMUP; " + Cycle;

    [Theory]
    [InlineData("var warmup = WARMUP; var cycle = {|WARM4011:CyclicLR(optimizer, 0.1, 0.5, 10)|};", "warmup.step(); cycle.step();", "var cycle = CyclicLR(optimizer, 0.1, 0.5, 10);", "cycle.step();")]
    [InlineData("var cycle = OneCycleLR(optimizer, max_lr: 0.5, total_steps: 60); var warmup = {|WARM4011:WARMUP|};", "cycle.step(); warmup.step();", "var cycle = OneCycleLR(optimizer, max_lr: 0.5, total_steps: 60);", "cycle.step();")]
    [InlineData("var cycle = new impl.CyclicLR(optimizer, 0.1, 0.5, open); LRScheduler warmup = {|WARM4011:new impl.LinearLR(optimizer, 0.1, total_iters: open)|};", "warmup.step(); cycle.step();", "var cycle = new impl.CyclicLR(optimizer, 0.1, 0.5, open);", "cycle.step();")]
    [InlineData("var cycle = CyclicLR(optimizer, 0.1, 0.5, 10); var warmup = {|WARM4011:LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0))|};", "cycle.step(); warmup.step();", "var cycle = CyclicLR(optimizer, 0.1, 0.5, 10);", "cycle.step();")]
    [InlineData("var cycle = CyclicLR(optimizer, 0.1, 0.5, 10); var warmup = {|WARM4011:torch.optim.lr_scheduler.ConstantLR(optimizer, factor: 0.5)|};", "cycle.step(); warmup.step();", "var cycle = CyclicLR(optimizer, 0.1, 0.5, 10);", "cycle.step();")]
    public Task IsReportedAndRemoved(string statements, string loop, string mended, string mendedLoop) =>
        new WarmupTest<WarmupAnalyzers.Rules.CompositionAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.WarmupOnTopReviewFix>
        {
            TestCode = CompositionSource.Script(statements, loop),
            FixedCode = CompositionSource.Script(mended, mendedLoop),
        }.RunAsync();

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [{|WARM4011:WARMUP|}, OneCycleLR(optimizer, 0.5, 60)], [5]);", "scheduler.step();")]
    [InlineData("var warmup = WARMUP; var scheduler = ChainedLR(new LRScheduler[] { CyclicLR(optimizer, 0.1, 0.5, 10), {|WARM4011:warmup|} });", "scheduler.step();")]
    [InlineData("var warmup = WARMUP; var cycle = {|WARM4011:CyclicLR(optimizer, 0.1, 0.5, 10)|};", "warmup.step(); cycle.step(); Console.WriteLine(warmup);")]
    public Task WhatIsUsedOtherwiseStays(string statements, string loop) => Verify.NoFix(CompositionSource.Script(statements, loop));

    [Theory]
    [InlineData(Both, "if (epoch < 5) warmup.step(); else cycle.step();")]
    [InlineData("var warmup = LinearLR(other, 0.1); " + Cycle, "other.step(); warmup.step(); cycle.step();")]
    [InlineData("var down = LinearLR(optimizer, 1, 0.1, 20); " + Cycle, "down.step(); cycle.step();")]
    [InlineData("var decay = ExponentialLR(optimizer, 0.99); " + Cycle, "decay.step(); cycle.step();")]
    [InlineData("var same = LambdaLR(optimizer, e => 1); " + Cycle, "same.step(); cycle.step();")]
    [InlineData(Both, "cycle.step();")]
    [InlineData("LRScheduler scheduler = open > 3 ? WARMUP : CyclicLR(optimizer, 0.1, 0.5, 10);", "scheduler.step();")]
    [InlineData("var scheduler = SequentialLR(optimizer, [OneCycleLR(optimizer, 0.5, 60), WARMUP], [50]);", "scheduler.step();")]
    public Task WhatIsRightOrNotKnownIsSilent(string statements, string loop) => Verify.Silent(CompositionSource.Script(statements, loop));

    [Theory]
    [InlineData("cycle.step(); warmup.step();")]
    [InlineData("warmup.step(); cycle.step();")]
    public async Task TheMessageShowsBothRuns(string loop)
    {
        var source = CompositionSource.Script(Both, loop);
        var found = (await Findings.In(source)).Single(diagnostic => diagnostic.Id == "WARM4011").GetMessage();
        Assert.Contains("the learning rate runs " + ArgumentSource.Run(source), found, StringComparison.Ordinal);
        var alone = CurveText.Numbers([.. TrainingRun.LearningRates(CompositionSource.Script(Cycle, "cycle.step();")).Take(8)]);
        Assert.True(found.Contains(" and not " + alone, StringComparison.Ordinal) || found.Contains("which is lost; the learning rate runs " + alone, StringComparison.Ordinal), found);
    }

    [Theory]
    [InlineData("var warmup = LinearLR(optimizer, ; " + Cycle)]
    [InlineData("var warmup = LinearLR(optimizr, 0.1); " + Cycle)]
    public async Task HalfTypedCodeIsSilent(string statements) =>
        Assert.DoesNotContain(await Findings.In(CompositionSource.Script(statements, "warmup.step(); cycle.step();"), mustCompile: false), found => found.Id == "WARM4011");
}
