using System;
using System.Linq;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>What a step leaves behind for the garbage collector, beside TorchSharp's own schedulers in the same run.</summary>
public class AllocationTests
{
    private const int Steps = 1000;

    /// <summary>One schedule of every kind that computes in a way of its own.</summary>
    private static readonly Schedule[] s_schedules =
    [
        Schedule.LinearWarmup(500),
        Schedule.CosineWarmup(500),
        Schedule.PolynomialWarmup(500),
        Schedule.ExponentialWarmup(500),
        Schedule.GradualWarmup(500, 8.0),
        Schedule.UntunedLinearWarmup(0.99),
        Schedule.UntunedExponentialWarmup(0.99),
        Schedule.RAdamWarmup(0.999),
        Schedule.Constant(0.5),
        Schedule.Transition(0.2, 1.0, 500, TransitionShape.Exponential),
        Schedule.LinearDecay(5_000),
        Schedule.CosineDecay(5_000),
        Schedule.CosineHardRestarts(5_000, 3.0),
        Schedule.WarmRestarts(100, 2),
        Schedule.PolynomialDecay(5_000, 2.0),
        Schedule.ExponentialDecay(0.999),
        Schedule.StepDecay(100),
        Schedule.MultiStepDecay([100, 200, 700]),
        Schedule.WarmupThenCosine(100, 5_000),
        Schedule.WarmupThenInverseSquareRoot(100),
        Schedule.WarmupStableDecay(100, 5_000, 500),
        Schedule.Noam(100, 512),
        Schedule.OneCycle(5_000),
        Schedule.OneCycleMomentum(5_000),
        Schedule.Cyclic(100),
        Schedule.LinearWarmup(100) * Schedule.CosineDecay(5_000),
    ];

    [Fact]
    public void A_factor_allocates_nothing() => Assert.All(s_schedules, schedule => Assert.Equal(0, Bytes(() =>
    {
        for (var k = 0L; k < Steps; k++)
            schedule.Factor(k);
    })));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void A_step_allocates_nothing(int groups)
    {
        Assert.Equal(0, BytesOfSteps(LRSchedulers.WarmupThenCosineLR(Optimizer(groups), 100, 10_000)));
        Assert.Equal(0, BytesOfSteps(LRSchedulers.LinearWarmupLR(Optimizer(groups), 10_000)));
        Assert.Equal(0, BytesOfSteps(LRSchedulers.PerGroupLR(Optimizer(groups), Enumerable.Repeat(Schedule.CosineDecay(10_000), groups))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void The_built_in_schedulers_allocate_at_every_step(int groups)
    {
        Assert.InRange(BytesOfSteps(lr_scheduler.LambdaLR(Optimizer(groups), k => 1.0 / (k + 1))), Steps, long.MaxValue);
        Assert.InRange(BytesOfSteps(BuiltInSequence(groups)), Steps, long.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void Inside_SequentialLR_it_adds_nothing_to_what_that_allocates(int groups)
    {
        var optimizer = Optimizer(groups);
        lr_scheduler.LRScheduler[] parts = [LRSchedulers.LinearWarmupLR(optimizer, 100), LRSchedulers.ScheduleLR(optimizer, Schedule.CosineDecay(10_000))];
        var bytes = BytesOfSteps(lr_scheduler.SequentialLR(optimizer, parts, [100]));

        Assert.Equal(BytesOfSteps(SequenceOfIdle(groups)), bytes);
        Assert.InRange(bytes, 1, BytesOfSteps(BuiltInSequence(groups)) - 1);
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    public void A_step_on_a_real_optimizer_allocates_nothing(string name)
    {
        using var model = nn.Linear(2, 2);
        using var optimizer = RealOptimizer(name, model);

        Assert.Equal(0, BytesOfSteps(LRSchedulers.WarmupThenCosineLR(optimizer, 100, 10_000)));
        Assert.Equal(0, BytesOfSteps(LRSchedulers.OneCyclePolicyLR(optimizer, 10_000)));
        Assert.Equal(0, BytesOfSteps(LRSchedulers.ScheduleLR(optimizer, Schedule.Constant(), weight_decay: Schedule.CosineDecay(10_000))));
    }

    [Fact]
    public void A_step_towards_a_plateau_allocates_nothing()
    {
        var scheduler = LRSchedulers.WarmupThenPlateauLR(Optimizer(4), 200);

        Assert.Equal(0, BytesOfSteps(() => scheduler.step(1.0)));
    }

    private static FakeOptimizer Optimizer(int groups) => new([.. Enumerable.Repeat(0.1, groups)]);

    private static Optimizer RealOptimizer(string name, nn.Module model) => name switch
    {
        "SGD" => SGD(model.parameters(), 0.1, momentum: 0.9),
        "Adam" => Adam(model.parameters(), 0.1),
        _ => AdamW(model.parameters(), 0.1),
    };

    private static lr_scheduler.LRScheduler BuiltInSequence(int groups)
    {
        var optimizer = Optimizer(groups);
        return lr_scheduler.SequentialLR(optimizer, [lr_scheduler.LinearLR(optimizer, 0.1, 1.0, 100), lr_scheduler.CosineAnnealingLR(optimizer, 10_000)], [100]);
    }

    private static lr_scheduler.LRScheduler SequenceOfIdle(int groups)
    {
        var optimizer = Optimizer(groups);
        return lr_scheduler.SequentialLR(optimizer, [new Idle(optimizer), new Idle(optimizer)], [100]);
    }

    private static long BytesOfSteps(lr_scheduler.LRScheduler scheduler) => BytesOfSteps(scheduler.step);

    private static long BytesOfSteps(Action step) => Bytes(() =>
    {
        for (var k = 0; k < Steps; k++)
            step();
    });

    // The first run fills what is kept.
    private static long Bytes(Action run)
    {
        run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A scheduler that does nothing.</summary>
    private sealed class Idle(Optimizer optimizer) : lr_scheduler.LRScheduler(optimizer)
    {
        public override void step(int? epoch)
        {
        }
    }
}
