using System;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedulers;

public class PlateauTests
{
    [Fact]
    public void The_metric_is_not_looked_at_while_the_warmup_lasts()
    {
        var optimizer = new FakeOptimizer(0.4);
        var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 4, patience: 0);

        var rates = Enumerable.Range(0, 6).Select(_ =>
        {
            var rate = optimizer.Rates[0];
            scheduler.step(1.0);
            return rate;
        }).ToArray();

        Assert.Equal([0.1, 0.2, 0.4 * 0.75, 0.4, 0.4, 0.4], rates);
        Assert.Equal(0.4 * 0.1, optimizer.Rates[0]);
    }

    [Fact]
    public void A_metric_that_is_to_rise_is_looked_at_the_other_way()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 0, mode: "max", patience: 1, factor: 0.5);
        foreach (var metric in new[] { 0.5, 0.6, 0.7, 0.6, 0.6 })
            scheduler.step(metric);

        Assert.Equal([0.5], optimizer.Rates);
    }

    [Fact]
    public void Below_zero_too_only_a_better_metric_is_better()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 0, patience: 1, factor: 0.5, threshold: 0.1);

        // From −10 on better is below −11; the share of a rate below zero would let −9.5 be better than −10.
        foreach (var metric in new[] { -10.0, -9.5, -10.5 })
            scheduler.step(metric);
        Assert.Equal([0.5], optimizer.Rates);

        foreach (var metric in new[] { -11.5, -11.0, -13.0 })
            scheduler.step(metric);
        Assert.Equal([0.5], optimizer.Rates);
    }

    [Fact]
    public void It_does_not_fall_below_the_least_rate_nor_move_by_less_than_eps()
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 0, patience: 0, min_lr: 0.02);
        for (var k = 0; k < 9; k++)
            scheduler.step(1.0);

        Assert.Equal([0.02], optimizer.Rates);
        Assert.Equal([0.02], scheduler.get_last_lr());
    }

    [Fact]
    public void A_step_without_a_metric_is_refused()
    {
        var scheduler = LRSchedulers.WarmupThenPlateauLR(new FakeOptimizer(1.0), 3);

        Assert.Throws<InvalidOperationException>(() => scheduler.step());
        Assert.Throws<InvalidOperationException>(() => scheduler.step(3));
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("threshold_mode")]
    public void A_word_that_is_none_of_the_two_is_refused(string name) => Assert.Throws<ArgumentException>(
        name,
        () => LRSchedulers.WarmupThenPlateauLR(new FakeOptimizer(1.0), 3, mode: name == "mode" ? "minimum" : "min", threshold_mode: name == "mode" ? "rel" : "relative"));

    [Theory]
    [InlineData(-1, 0.1, 10)]
    [InlineData(1, 1.0, 10)]
    [InlineData(1, 0.1, -1)]
    public void Numbers_out_of_range_are_refused(long warmup, double factor, int patience) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LRSchedulers.WarmupThenPlateauLR(new FakeOptimizer(1.0), warmup, factor: factor, patience: patience));
}
