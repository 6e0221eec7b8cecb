using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class ArgumentOutOfRangeTests
{
    private const string Before = "var steps = 10; const double wrong = 1.5; var open = int.Parse(args[0]);";

    [Theory]
    [InlineData("LinearLR(optimizer, 0.5, {|WARM2002:2|}, 4)", "LinearLR(optimizer, 0.5, 1.0, 4)")]
    [InlineData("LinearLR(optimizer, {|WARM2002:end_factor: /* down */ -0.5|}, start_factor: 1)", "LinearLR(optimizer, end_factor: /* down */ 0.0, start_factor: 1)")]
    [InlineData("LinearLR(optimizer, 0.5, {|WARM2002:wrong|})", "LinearLR(optimizer, 0.5, 1.0)")]
    [InlineData("CosineAnnealingLR(optimizer, {|WARM2002:-4|})", "CosineAnnealingLR(optimizer, 4)")]
    [InlineData("StepLR(optimizer, {|WARM2002:step_size: -3|}, gamma: 0.5)", "StepLR(optimizer, step_size: 3, gamma: 0.5)")]
    [InlineData("MultiStepLR(optimizer, {|WARM2002:new[] { 60, 30, 90 }|})", "MultiStepLR(optimizer, new[] { 30, 60, 90 })")]
    [InlineData("MultiStepLR(optimizer, {|WARM2002:[60, 3 * steps]|})", "MultiStepLR(optimizer, [3 * steps, 60])")]
    [InlineData("MultiStepLR(optimizer, {|WARM2002:milestones: new List<int> { 60, /* first */ 30 }|})", "MultiStepLR(optimizer, milestones: new List<int> { 30, /* first */ 60 })")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:\"Max\"|})", "ReduceLROnPlateau(optimizer, \"max\")")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:mode: \"minimum\"|})", "ReduceLROnPlateau(optimizer, mode: \"min\")")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:threshold_mode: \"absolute\"|})", "ReduceLROnPlateau(optimizer, threshold_mode: \"abs\")")]
    public Task IsReportedAndMended(string scheduler, string mended) =>
        Verify.Fix(Program(scheduler), Program(mended));

    [Theory]
    [InlineData("LinearLR(optimizer, {|WARM2002:-0.5|}, 1, 4)")]
    [InlineData("LinearLR(optimizer, {|WARM2002:2|}, 1, 4)")]
    [InlineData("LinearLR(optimizer, {|WARM2002:start_factor: 2|}, total_iters: open)")]
    [InlineData("LinearLR(optimizer, 0.5, {|WARM2002:double.NaN|})")]
    [InlineData("LinearLR(optimizer, 0.5, 1, {|WARM2002:0|})")]
    [InlineData("ConstantLR(optimizer, {|WARM2002:1.5|})")]
    [InlineData("ConstantLR(optimizer, {|WARM2002:-1|})")]
    [InlineData("ConstantLR(optimizer, {|WARM2002:total_iters: -1|})")]
    [InlineData("PolynomialLR(optimizer, {|WARM2002:0|})")]
    [InlineData("CosineAnnealingLR(optimizer, {|WARM2002:0|})")]
    [InlineData("StepLR(optimizer, {|WARM2002:0|})")]
    [InlineData("StepLR(optimizer, open, {|WARM2002:0|})")]
    [InlineData("MultiStepLR(optimizer, new[] { 30, 60 }, {|WARM2002:gamma: -0.1|})")]
    [InlineData("MultiStepLR(optimizer, {|WARM2002:[2, 2, 5]|})")]
    [InlineData("ExponentialLR(optimizer, {|WARM2002:0|})")]
    [InlineData("OneCycleLR(optimizer, open, {|WARM2002:0|})")]
    [InlineData("OneCycleLR(optimizer, 1.0, open, {|WARM2002:pct_start: 30|})")]
    [InlineData("OneCycleLR(optimizer, 1.0, steps, {|WARM2002:pct_start: 0.1|})")]
    [InlineData("OneCycleLR(optimizer, 1.0, epochs: 5, steps_per_epoch: 2, {|WARM2002:pct_start: 0.1|}, three_phase: true)")]
    [InlineData("OneCycleLR(optimizer, 1.0, {|WARM2002:epochs: 0|}, steps_per_epoch: open)")]
    [InlineData("OneCycleLR(optimizer, 1.0, epochs: 5, {|WARM2002:steps_per_epoch: -2|})")]
    [InlineData("{|WARM2002:torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.0)|}")]
    [InlineData("CyclicLR(optimizer, 0.5, {|WARM2002:0.1|})")]
    [InlineData("CyclicLR(optimizer, 0.5, {|WARM2002:max_lr: 0.5|}, 4)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, {|WARM2002:0|})")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 4, mode: torch.optim.lr_scheduler.impl.CyclicLR.Mode.ExpRange, {|WARM2002:gamma: -1|})")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:\"lowest\"|})")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:factor: 1|})")]
    [InlineData("ReduceLROnPlateau(optimizer, {|WARM2002:factor: -0.5|})")]
    [InlineData("new torch.optim.lr_scheduler.impl.StepLR(optimizer, {|WARM2002:0|})")]
    public Task WithoutAnObviousValueThereIsNoFix(string scheduler) => Verify.NoFix(Program(scheduler));

    [Theory]
    [InlineData("LinearLR(optimizer, 1.0 / 3, 0, 1)")]
    [InlineData("LinearLR(optimizer, open, open, open)")]
    [InlineData("ConstantLR(optimizer, 1)")]
    [InlineData("CosineAnnealingLR(optimizer, open - 10)")]
    [InlineData("StepLR(optimizer, open, 1.5)")]
    [InlineData("MultiStepLR(optimizer, new[] { 30, open, 60 })")]
    [InlineData("MultiStepLR(optimizer, new int[0])")]
    [InlineData("OneCycleLR(optimizer, 1.0, 10, epochs: -5, steps_per_epoch: 0)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 10, pct_start: 0)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 10, pct_start: 1)")]
    [InlineData("OneCycleLR(optimizer, 1.0, open)")]
    [InlineData("OneCycleLR(optimizer, 1.0, epochs: open, steps_per_epoch: 10)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, gamma: 0)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, mode: torch.optim.lr_scheduler.impl.CyclicLR.Mode.ExpRange, gamma: 0, scale_fn: x => x)")]
    [InlineData("CyclicLR(optimizer, open, 0.5)")]
    [InlineData("ReduceLROnPlateau(optimizer, args[0], threshold_mode: args[1], factor: 0)")]
    [InlineData("ReduceLROnPlateau(optimizer, open > 1 ? \"min\" : \"max\")")]
    public Task WhatWorksOrIsOpenIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    [Fact]
    public Task TheConstantMayStandInAField() => Verify.NoFix(ArgumentSource.Script(
        "torch.optim.lr_scheduler.LinearLR(optimizer, {|WARM2002:s_start|})", members: "private static readonly double s_start = 3;"));

    [Fact]
    public Task AFieldThatIsWrittenAgainIsOpen() => Verify.Silent(ArgumentSource.Script(
        "torch.optim.lr_scheduler.LinearLR(optimizer, s_start)", before: "s_start = double.Parse(args[0]);", members: "private static double s_start = 3;"));

    [Theory]
    [InlineData("LinearLR(optimizer, -0.5, 1, 4)")]
    [InlineData("LinearLR(optimizer, 2, 1, 4)")]
    [InlineData("LinearLR(optimizer, 0.5, 2, 4)")]
    [InlineData("LinearLR(optimizer, 0.5, -0.5, 4)")]
    [InlineData("ConstantLR(optimizer, 2, 3)")]
    [InlineData("ConstantLR(optimizer, -0.5, 3)")]
    [InlineData("CosineAnnealingLR(optimizer, 0)")]
    [InlineData("CosineAnnealingLR(optimizer, -4)")]
    [InlineData("StepLR(optimizer, 0)")]
    [InlineData("StepLR(optimizer, -2)")]
    [InlineData("StepLR(optimizer, 2, -0.5)")]
    [InlineData("ExponentialLR(optimizer, 0)")]
    [InlineData("MultiStepLR(optimizer, new[] { 2, 4 }, 0)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 0, cycle_momentum: false)")]
    [InlineData("OneCycleLR(optimizer, 1.0, epochs: 0, steps_per_epoch: 3, cycle_momentum: false)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 10, pct_start: 1.5, cycle_momentum: false)")]
    [InlineData("OneCycleLR(optimizer, 1.0, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.5, 0.1, 2, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, cycle_momentum: false, gamma: -0.5, mode: torch.optim.lr_scheduler.impl.CyclicLR.Mode.ExpRange)")]
    [InlineData("ReduceLROnPlateau(optimizer, \"Min\")")]
    [InlineData("ReduceLROnPlateau(optimizer, threshold_mode: \"relative\")")]
    [InlineData("ReduceLROnPlateau(optimizer, factor: 1.0)")]
    public Task TheMessageSaysWhatHappensInARun(string scheduler) => ArgumentSource.MessageIsOfRun(Program(scheduler, before: ""), "WARM2002");

    [Theory]
    [InlineData("LinearLR(optimizer, 0.5, 1, 0)", 0.05)]
    [InlineData("ConstantLR(optimizer, 0.5, -1)", 0.05)]
    [InlineData("PolynomialLR(optimizer, 0)", 0.1)]
    [InlineData("CyclicLR(optimizer, 0.5, 0.5, 2, cycle_momentum: false)", 0.5)]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 0, cycle_momentum: false)", double.NaN)]
    public async Task WhatNeverMovesIsSaidToStay(string scheduler, double rate)
    {
        var source = Program(scheduler, before: "");
        Assert.All(TrainingRun.LearningRates(source), trained => Assert.Equal(rate, trained, 12));
        Assert.EndsWith($"; the learning rate stays at {CurveText.Number(rate)}", (await ArgumentSource.Finding(source)).GetMessage());
    }

    [Theory]
    [InlineData("StepLR(optimizer, 30, -0.5)", "gamma is -0.5 and must be above 0; the learning rate stays at 0.1 until step 30 and is -0.05 then")]
    [InlineData("StepLR(optimizer, 10_000_000, -0.5)", "gamma is -0.5 and must be above 0")]
    [InlineData("StepLR(optimizer, int.Parse(args[0]), -0.5)", "gamma is -0.5 and must be above 0")]
    [InlineData("MultiStepLR(optimizer, [2, 2, 5])", "the milestones 2, 2, 5 must increase; one that is named twice counts once, so they work as 2, 5")]
    [InlineData("MultiStepLR(optimizer, [60, 30])", "the milestones 60, 30 must increase; they work as 30, 60")]
    public async Task NoMoreIsSaidThanIsKnown(string scheduler, string message) =>
        Assert.EndsWith(": " + message, (await ArgumentSource.Finding(Program(scheduler, before: ""))).GetMessage());

    [Fact]
    public async Task AFirstStepOfNaNIsSaid()
    {
        var source = Program("OneCycleLR(optimizer, 1.0, 30, pct_start: 1.0 / 30, cycle_momentum: false)", before: "");
        Assert.Equal(double.NaN, TrainingRun.LearningRates(source)[0]);
        Assert.EndsWith("; the first step trains with a learning rate of NaN", (await ArgumentSource.Finding(source)).GetMessage());
    }

    [Fact]
    public async Task AnUnknownRateIsAFactor()
    {
        var source = ArgumentSource.Script("torch.optim.lr_scheduler.LinearLR(optimizer, 2, 1, 4)", optimizer: "torch.optim.SGD(model.parameters(), double.Parse(args[0]))");
        Assert.EndsWith("; the learning rate is multiplied by 2, 1.75, 1.5, 1.25, 1, 1, … █▇▆▅▅▅▅▅", (await ArgumentSource.Finding(source)).GetMessage());
    }

    private static string Program(string scheduler, string before = Before) =>
        ArgumentSource.Script(scheduler.Contains("torch.optim.lr_scheduler.OneCycleLR") || scheduler.StartsWith("new ") ? scheduler : ArgumentSource.Factory + scheduler, before: before);
}
