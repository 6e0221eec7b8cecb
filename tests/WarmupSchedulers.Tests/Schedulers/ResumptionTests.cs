using System;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedulers;

public class ResumptionTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void A_loaded_optimizer_goes_on_behind_the_last_step(int saved_at)
    {
        var schedule = Schedule.WarmupThenCosine(4, 12, 0.1);
        var optimizer = new FakeOptimizer(0.3, 0.07);
        optimizer[0].LearningRate = 0.3 * schedule.Factor(saved_at);
        optimizer[1].LearningRate = 0.07 * schedule.Factor(saved_at);

        var scheduler = LRSchedulers.ScheduleLR(optimizer, schedule, last_epoch: 3);

        for (var k = 4; k < 15; k++, scheduler.step())
            Assert.Equal([0.3 * schedule.Factor(k), 0.07 * schedule.Factor(k)], optimizer.Rates);
    }

    [Fact]
    public void A_fresh_optimizer_is_refused()
    {
        var error = Assert.Throws<ArgumentException>("last_epoch", () => LRSchedulers.LinearWarmupLR(new FakeOptimizer(0.3), 10, last_epoch: 2));

        Assert.Contains("'last_epoch' is 2", error.Message);
        Assert.Contains("0.3", error.Message);
    }

    [Fact]
    public void A_refused_optimizer_keeps_its_rate()
    {
        var optimizer = new FakeOptimizer(0.3);

        Assert.Throws<ArgumentException>(() => LRSchedulers.LinearWarmupLR(optimizer, 10, last_epoch: 2));

        Assert.Equal([0.3], optimizer.Rates);
    }

    [Fact]
    public void Every_group_must_have_been_loaded()
    {
        var optimizer = new FakeOptimizer(1.0, 1.0);
        optimizer[0].LearningRate = 0.3;

        Assert.Throws<ArgumentException>("last_epoch", () => LRSchedulers.LinearWarmupLR(optimizer, 10, last_epoch: 2));
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_index_that_is_none_is_refused(int last_epoch)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>("last_epoch", () => LRSchedulers.LinearWarmupLR(new FakeOptimizer(1.0), 10, last_epoch: last_epoch));

        Assert.Equal((object)(long)last_epoch, Convert.ToInt64(error.ActualValue));
    }
}
