using System;
using System.Linq;
using TorchSharp;
using Xunit;
using static TorchSharp.torch.optim.lr_scheduler;

namespace WarmupSchedulers.Tests.Schedulers;

public class SteppingTests
{
    [Fact]
    public void Alone_it_follows_its_schedule()
    {
        var optimizer = new FakeOptimizer(0.1);
        var scheduler = LRSchedulers.WarmupThenLinearLR(optimizer, warmup_steps: 2, total_steps: 6);

        Assert.Equal([0.1 * 0.5, 0.1, 0.1, 0.1 * 0.75, 0.1 * 0.5, 0.1 * 0.25, 0.0, 0.0], Drive(optimizer, scheduler, 8));
    }

    [Fact]
    public void It_reads_like_a_factory_of_TorchSharp()
    {
        var schedule = Schedule.LinearWarmup(4);
        Func<torch.optim.Optimizer, ScheduleLR>[] extensions =
        [
            o => torch.optim.lr_scheduler.LinearWarmupLR(o, warmup_steps: 4, WarmupConvention.PyTorch, start_factor: 0.5),
            o => torch.optim.lr_scheduler.WarmupThenLinearLR(o, warmup_steps: 2, total_steps: 5, min_lr_factor: 0.1, WarmupConvention.NeMo, start_factor: 0.2),
            o => torch.optim.lr_scheduler.WarmupThenCosineLR(o, warmup_steps: 2, total_steps: 5, min_lr_factor: 0.1, WarmupConvention.NeMo, start_factor: 0.2),
            o => torch.optim.lr_scheduler.WarmupThenInverseSquareRootLR(o, warmup_steps: 2, timescale: 3, WarmupConvention.NeMo, start_factor: 0.2),
            o => torch.optim.lr_scheduler.NoamLR(o, warmup_steps: 3, d_model: 64),
            o => torch.optim.lr_scheduler.ScheduleLR(o, schedule),
            o => torch.optim.lr_scheduler.PerGroupLR(o, [schedule]),
        ];
        Func<torch.optim.Optimizer, ScheduleLR>[] plain =
        [
            o => LRSchedulers.LinearWarmupLR(o, 4, WarmupConvention.PyTorch, 0.5),
            o => LRSchedulers.WarmupThenLinearLR(o, 2, 5, 0.1, WarmupConvention.NeMo, 0.2),
            o => LRSchedulers.WarmupThenCosineLR(o, 2, 5, 0.1, WarmupConvention.NeMo, 0.2),
            o => LRSchedulers.WarmupThenInverseSquareRootLR(o, 2, 3, WarmupConvention.NeMo, 0.2),
            o => LRSchedulers.NoamLR(o, 3, 64),
            o => LRSchedulers.ScheduleLR(o, schedule),
            o => LRSchedulers.PerGroupLR(o, [schedule]),
        ];

        foreach (var (extension, factory) in extensions.Zip(plain))
            Assert.Equal(Drive(factory, 7), Drive(extension, 7));
    }

    [Fact]
    public void First_in_SequentialLR()
    {
        var optimizer = new FakeOptimizer(1.0);
        var warmup = LRSchedulers.LinearWarmupLR(optimizer, 4);
        var scheduler = SequentialLR(optimizer, [warmup, ExponentialLR(optimizer, 0.5)], [4]);

        Assert.Equal([0.25, 0.5, 0.75, 1.0, 1.0, 0.5, 0.25], Drive(optimizer, scheduler, 7));
    }

    [Fact]
    public void Second_in_SequentialLR()
    {
        var optimizer = new FakeOptimizer(1.0);
        var first = LinearLR(optimizer, start_factor: 0.25, total_iters: 3);
        var scheduler = SequentialLR(optimizer, [first, LRSchedulers.ScheduleLR(optimizer, Schedule.LinearDecay(4))], [3]);

        Assert.Equal([0.25, 0.5, 0.75, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0], Drive(optimizer, scheduler, 9));
    }

    [Fact]
    public void At_every_place_in_SequentialLR_it_is_the_joined_schedule()
    {
        Schedule[] parts = [Schedule.LinearWarmup(3), Schedule.Constant(0.5), Schedule.CosineDecay(4, 0.1)];
        var optimizer = new FakeOptimizer(0.3);
        var schedulers = parts.Select(part => LRSchedulers.ScheduleLR(optimizer, part)).ToArray();
        var scheduler = SequentialLR(optimizer, schedulers, [3, 6]);
        var joined = Schedule.Join(parts, [3, 6]);

        Assert.Equal(Enumerable.Range(0, 14).Select(k => 0.3 * joined.Factor(k)), Drive(optimizer, scheduler, 14));
    }

    [Fact]
    public void Every_group_has_its_own_base()
    {
        var optimizer = new FakeOptimizer(0.1, 0.02, 3.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 2);

        Assert.Equal([0.1 * 0.5, 0.02 * 0.5, 3.0 * 0.5], optimizer.Rates);
        scheduler.step();
        Assert.Equal([0.1, 0.02, 3.0], optimizer.Rates);
    }

    [Fact]
    public void Every_group_can_have_its_own_schedule()
    {
        var optimizer = new FakeOptimizer(1.0, 1.0);
        var scheduler = LRSchedulers.PerGroupLR(optimizer, [Schedule.LinearWarmup(4), Schedule.LinearDecay(4)]);

        Assert.Equal([0.25, 1.0], optimizer.Rates);
        scheduler.step();
        Assert.Equal([0.5, 0.75], optimizer.Rates);
        scheduler.step(3);
        Assert.Equal([1.0, 0.25], optimizer.Rates);
    }

    [Fact]
    public void A_group_that_is_added_follows_from_the_next_step_on()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);
        scheduler.step();

        optimizer.Add(0.2);
        scheduler.step();
        Assert.Equal([0.75, 0.2 * 0.75], optimizer.Rates);
        Assert.Equal([0.75, 0.2 * 0.75], scheduler.get_last_lr());

        scheduler.step(0);
        Assert.Equal([0.25, 0.2 * 0.25], optimizer.Rates);
    }

    [Fact]
    public void A_group_that_is_added_follows_inside_SequentialLR()
    {
        var optimizer = new FakeOptimizer(1.0);
        var first = LRSchedulers.LinearWarmupLR(optimizer, 2);
        var scheduler = SequentialLR(optimizer, [first, LRSchedulers.ScheduleLR(optimizer, Schedule.LinearDecay(4))], [2]);
        scheduler.step();
        optimizer.Add(0.2);

        scheduler.step();
        Assert.Equal([1.0, 0.2], optimizer.Rates);
        scheduler.step();
        Assert.Equal([0.75, 0.2 * 0.75], optimizer.Rates);
    }

    [Fact]
    public void A_group_that_is_added_without_a_schedule_of_its_own_is_refused()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.PerGroupLR(optimizer, [Schedule.LinearWarmup(4)]);
        optimizer.Add(0.2);

        Assert.Contains("1 schedules", Assert.Throws<InvalidOperationException>(scheduler.step).Message);
    }

    [Fact]
    public void An_index_jumps_and_goes_on_from_there()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 8);

        scheduler.step(4);
        Assert.Equal([0.625], optimizer.Rates);
        scheduler.step();
        Assert.Equal([0.75], optimizer.Rates);
        scheduler.step(0);
        Assert.Equal([0.125], optimizer.Rates);
        scheduler.step((int?)null);
        Assert.Equal([0.25], optimizer.Rates);
    }

    [Fact]
    public void A_long_is_an_index_and_not_a_metric()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 8);

        scheduler.step(4L);

        Assert.Equal([0.625], optimizer.Rates);
    }

    [Fact]
    public void As_far_as_TorchSharp_counts_the_end_holds()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 100, 0.25);

        scheduler.step((long)int.MaxValue);

        Assert.Equal([0.25], optimizer.Rates);
    }

    [Fact]
    public void The_last_rates_are_a_copy()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);
        var before = scheduler.get_last_lr();

        scheduler.step();

        Assert.Equal([0.25], before);
        Assert.Equal([0.5], scheduler.get_last_lr());
    }

    [Fact]
    public void Through_the_type_of_TorchSharp_it_behaves_as_any_other()
    {
        var optimizer = new FakeOptimizer(1.0);
        LRScheduler scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);

        scheduler.step();
        Assert.Equal([0.5], scheduler.get_last_lr());
        scheduler.step(2);
        Assert.Equal([0.75], optimizer.Rates);
    }

    [Fact]
    public void It_starts_from_the_initial_rate_like_LambdaLR()
    {
        var optimizer = new FakeOptimizer(0.1);
        optimizer[0].LearningRate = 0.5;

        LRSchedulers.LinearWarmupLR(optimizer, 2);

        Assert.Equal([0.05], optimizer.Rates);
    }

    private static double[] Drive(Func<torch.optim.Optimizer, LRScheduler> factory, int steps)
    {
        var optimizer = new FakeOptimizer(0.3);
        return Drive(optimizer, factory(optimizer), steps);
    }

    private static double[] Drive(FakeOptimizer optimizer, LRScheduler scheduler, int steps)
    {
        var rates = new double[steps];
        for (var k = 0; k < steps; k++, scheduler.step())
            rates[k] = optimizer[0].LearningRate;

        return rates;
    }
}
