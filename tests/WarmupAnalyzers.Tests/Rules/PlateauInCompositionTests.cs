using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class PlateauInCompositionTests
{
    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, {|WARM4005:PLATEAU|}], [5]);")]
    [InlineData("var scheduler = SequentialLR(milestones: new[] { 5 }, schedulers: new LRScheduler[] { WARMUP, {|WARM4005:PLATEAU|} }, optimizer: optimizer);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [{|WARM4005:PLATEAU|}, COSINE], [5]);")]
    [InlineData("var scheduler = ChainedLR([WARMUP, {|WARM4005:PLATEAU|}]);")]
    [InlineData("var scheduler = ChainedLR(new List<LRScheduler> { {|WARM4005:PLATEAU|}, WARMUP });")]
    [InlineData("var plateau = PLATEAU; var scheduler = ChainedLR([WARMUP, {|WARM4005:plateau|}]);")]
    [InlineData("LRScheduler plateau = new impl.ReduceLROnPlateau(optimizer); var scheduler = new impl.SequentialLR(optimizer, [WARMUP, {|WARM4005:plateau|}], [open]);")]
    [InlineData("LRScheduler[] parts = [WARMUP, PLATEAU]; var scheduler = SequentialLR(optimizer, {|WARM4005:parts|}, [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, ChainedLR([STEP, {|WARM4005:PLATEAU|}])], [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, {|WARM4005:s_plateau|}], [5]);", "private static readonly LRScheduler s_plateau = ReduceLROnPlateau(null!);")]
    [InlineData("var scheduler = torch.optim.lr_scheduler.SequentialLR(optimizer, [WARMUP, {|WARM4005:torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, \"max\", factor: 0.5)|}], [open]);")]
    public Task IsReported(string statements, string members = "") => Verify.NoFix(CompositionSource.Script(statements, members: members));

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, COSINE], [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, PLATEAU], [500]);")] // never gets there
    [InlineData("LRScheduler second = open > 3 ? PLATEAU : COSINE; var scheduler = SequentialLR(optimizer, [WARMUP, second], [5]);")]
    [InlineData("LRScheduler second = PLATEAU; if (open > 3) second = COSINE; var scheduler = SequentialLR(optimizer, [WARMUP, second], [5]);")]
    [InlineData("var scheduler = SequentialLR(optimizer, Parts(optimizer), [5]);", "private static LRScheduler[] Parts(Optimizer optimizer) => [WARMUP, PLATEAU];")]
    [InlineData("var scheduler = WARMUP; var plateau = new[] { PLATEAU };")]
    public Task WhatIsRightOrNotKnownIsSilent(string statements, string members = "") =>
        Verify.Silent(CompositionSource.Script(statements, members: CompositionSource.Spelled(members)));

    [Fact]
    public Task BothInTheirOwnTimeAreRight() => Verify.Silent(CompositionSource.Script(
        "var scheduler = WARMUP; var plateau = PLATEAU;", "if (epoch < 5) scheduler.step(); else if (scheduler is impl.LinearLR) plateau.step(0.5 / (epoch + 1));"));

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, PLATEAU], [5])", "SequentialLR, which has no metric to give: the learning rate runs 0.01, 0.028, 0.046, 0.064, 0.082 and then step() number 5 throws InvalidOperationException")]
    [InlineData("SequentialLR(optimizer, [WARMUP, PLATEAU], [open])", "SequentialLR, which has no metric to give: step() throws InvalidOperationException at its milestone")]
    [InlineData("SequentialLR(optimizer, [PLATEAU, STEP], [5])", "SequentialLR, which has no metric to give: the constructor throws InvalidOperationException")]
    [InlineData("ChainedLR([STEP, PLATEAU])", "ChainedLR, which has no metric to give: the first step() throws InvalidOperationException")]
    public async Task TheMessageSaysWhatTorchSharpDoes(string scheduler, string says)
    {
        var source = CompositionSource.Script("var scheduler = " + scheduler + ";");
        Assert.Equal("The ReduceLROnPlateau cannot be part of " + says, (await ArgumentSource.Finding(source)).GetMessage());
        Assert.Equal("InvalidOperationException", ArgumentSource.Run(source));
    }

    /// <summary>One step less, and it does not throw: the number of the step is right.</summary>
    [Fact]
    public void TheStepBeforeItDoesNotThrow() => Assert.Equal(
        "0.01, 0.028, 0.046, 0.064, 0.082",
        CurveText.Numbers(TrainingRun.LearningRates(CompositionSource.Script("var scheduler = SequentialLR(optimizer, [WARMUP, PLATEAU], [5]);").Replace("epoch < 40", "epoch < 5").Replace("scheduler.step()", "if (epoch < 4) scheduler.step()"))));

    [Theory]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, PLATEAU, ")]
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, , PLATEAU], [5]);")]
    [InlineData("var scheduler = ChainedLR([WARMUP, PLATEAU)]);")]
    public async Task HalfTypedCodeIsSilent(string statements) => Assert.Empty(await Findings.In(CompositionSource.Script(statements), mustCompile: false));
}
