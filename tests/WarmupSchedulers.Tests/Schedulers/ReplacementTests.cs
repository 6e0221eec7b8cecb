using System;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>What stands for the schedulers that TorchSharp gets wrong: the right numbers, which are PyTorch's.</summary>
public class ReplacementTests
{
    [Fact]
    public void One_cycle_gives_every_group_its_own_peak()
    {
        var optimizer = new FakeOptimizer(25.0, 25.0, 2.5);
        var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, 10, div_factor: 25, final_div_factor: 2, shape: TransitionShape.Linear, cycle_momentum: false);
        double[] right = [1, 13, 25, 21.5, 18, 14.5, 11, 7.5, 4, 0.5];

        foreach (var rate in right)
        {
            Assert.Equal(rate, optimizer.Rates[0], 1e-12);
            Assert.Equal(rate, optimizer.Rates[1], 1e-12);
            Assert.Equal(rate / 10.0, optimizer.Rates[2], 1e-12);
            scheduler.step();
        }
    }

    [Fact]
    public void One_cycle_holds_its_last_rate_past_its_end()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, 10, cycle_momentum: false);
        for (var k = 0; k < 30; k++)
            scheduler.step();

        Assert.Equal(1.0 / 25.0 / 10_000.0, optimizer.Rates[0]);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(1.0)]
    public void One_cycle_has_a_number_for_every_share(double share)
    {
        var schedule = Schedule.OneCycle(10, share);

        Assert.All(Enumerable.Range(0, 12), step => Assert.InRange(schedule.Factor(step), 0.0, 1.0));
    }

    [Fact]
    public void The_momentum_of_a_cycle_falls_while_the_rate_rises()
    {
        var momentum = Schedule.CyclicMomentum(4, base_momentum: 0.8, max_momentum: 0.9);
        double[] right = [0.9, 0.875, 0.85, 0.825, 0.8, 0.825];

        Assert.All(right.Select((value, step) => (value, step)), row => Assert.Equal(row.value, momentum.Factor(row.step), 1e-12));
    }

    [Fact]
    public void An_exponential_range_falls_with_every_step()
    {
        var optimizer = new FakeOptimizer(5.0);
        var scheduler = LRSchedulers.CyclicPolicyLR(optimizer, 4, base_factor: 0.2, mode: CyclicMode.ExpRange, gamma: 0.9, cycle_momentum: false);
        foreach (var rate in new[] { 1.0, 1.9, 2.62, 3.187 })
        {
            Assert.Equal(rate, optimizer.Rates[0], 1e-12);
            scheduler.step();
        }
    }

    [Fact]
    public void A_product_is_stepped_and_read_like_any_other()
    {
        var optimizer = new FakeOptimizer(0.1);
        var scheduler = LRSchedulers.ProductLR(optimizer, [Schedule.LinearWarmup(4), Schedule.StepDecay(2, 0.5)]);

        scheduler.step(5L);

        Assert.Equal(0.1 * (1.0 * 0.25), optimizer.Rates[0]);
        Assert.Equal([0.1 * 0.25], scheduler.get_last_lr());
    }

    [Fact]
    public void A_product_of_nothing_is_refused()
    {
        Assert.Throws<ArgumentException>(() => LRSchedulers.ProductLR(new FakeOptimizer(0.1), []));
        Assert.Throws<ArgumentNullException>(() => LRSchedulers.ProductLR(new FakeOptimizer(0.1), [null!]));
    }

    [Fact]
    public void A_momentum_needs_groups_that_have_one() =>
        Assert.Throws<ArgumentException>("cycle_momentum", () => LRSchedulers.OneCyclePolicyLR(new FakeOptimizer(0.1), 10));
}
