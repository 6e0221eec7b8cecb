using System;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;

namespace WarmupSchedulers.Tests.Schedulers;

public class BadInputTests
{
    [Fact]
    public void Null_is_named()
    {
        var optimizer = new FakeOptimizer(1.0);

        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.LinearWarmupLR(null!, 1));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.WarmupThenLinearLR(null!, 1, 2));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.WarmupThenCosineLR(null!, 1, 2));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.WarmupThenInverseSquareRootLR(null!, 1));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.NoamLR(null!, 1));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.ScheduleLR(null!, Schedule.Constant()));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.PerGroupLR(null!, [Schedule.Constant()]));
        Assert.Throws<ArgumentNullException>("schedule", () => LRSchedulers.ScheduleLR(optimizer, null!));
        Assert.Throws<ArgumentNullException>("schedules", () => LRSchedulers.PerGroupLR(optimizer, null!));
        Assert.Contains("null at 0", Assert.Throws<ArgumentNullException>("schedules", () => LRSchedulers.PerGroupLR(optimizer, [null!])).Message);
    }

    [Fact]
    public void The_arguments_of_the_schedule_are_checked_under_the_names_of_the_factory()
    {
        var optimizer = new FakeOptimizer(1.0);

        Assert.Throws<ArgumentOutOfRangeException>("warmup_steps", () => LRSchedulers.LinearWarmupLR(optimizer, -1));
        Assert.Throws<ArgumentOutOfRangeException>("start_factor", () => LRSchedulers.LinearWarmupLR(optimizer, 1, start_factor: 2));
        Assert.Throws<ArgumentOutOfRangeException>("warmup_steps", () => LRSchedulers.WarmupThenLinearLR(optimizer, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>("total_steps", () => LRSchedulers.WarmupThenCosineLR(optimizer, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>("min_lr_factor", () => LRSchedulers.WarmupThenCosineLR(optimizer, 0, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("timescale", () => LRSchedulers.WarmupThenInverseSquareRootLR(optimizer, 1, timescale: 0));
        Assert.Throws<ArgumentOutOfRangeException>("d_model", () => LRSchedulers.NoamLR(optimizer, 1, d_model: 0));
        Assert.Equal([1.0], optimizer.Rates);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_list_has_one_schedule_for_each_group(int count)
    {
        var schedules = new Schedule[count];
        Array.Fill(schedules, Schedule.Constant());

        var error = Assert.Throws<ArgumentException>("schedules", () => LRSchedulers.PerGroupLR(new FakeOptimizer(1.0, 1.0), schedules));

        Assert.Contains("2 parameter groups", error.Message);
        Assert.Contains($"holds {count}", error.Message);
    }

    [Fact]
    public void An_optimizer_without_groups_is_refused() =>
        Assert.Throws<ArgumentException>("optimizer", () => LRSchedulers.LinearWarmupLR(new FakeOptimizer(), 1));

    [Fact]
    public void The_same_group_twice_is_refused()
    {
        var optimizer = new FakeOptimizer(1.0, 1.0);
        optimizer.Share(0);

        Assert.Contains("groups 0 and 2", Assert.Throws<ArgumentException>("optimizer", () => LRSchedulers.LinearWarmupLR(optimizer, 1)).Message);
    }

    [Fact]
    public void Groups_that_share_their_options_are_refused()
    {
        using var first = torch.nn.Linear(2, 2);
        using var second = torch.nn.Linear(2, 2);
        var options = new SGD.Options();
        using var optimizer = torch.optim.SGD([new SGD.ParamGroup(first.parameters(), options), new SGD.ParamGroup(second.parameters(), options)], 0.1);

        Assert.Contains("groups 0 and 1", Assert.Throws<ArgumentException>("optimizer", () => LRSchedulers.LinearWarmupLR(optimizer, 1)).Message);
    }

    [Fact]
    public void LBFGS_is_refused()
    {
        using var model = torch.nn.Linear(2, 2);
        using var optimizer = torch.optim.LBFGS(model.parameters());

        Assert.Contains("LBFGS", Assert.Throws<ArgumentException>("optimizer", () => LRSchedulers.LinearWarmupLR(optimizer, 1)).Message);
    }

    [Fact]
    public void A_momentum_to_cycle_is_asked_for_by_the_name_of_the_argument()
    {
        var optimizer = new FakeOptimizer(1.0);

        Assert.Throws<ArgumentException>("cycle_momentum", () => LRSchedulers.OneCyclePolicyLR(optimizer, 10));
        Assert.Throws<ArgumentException>("cycle_momentum", () => LRSchedulers.CyclicPolicyLR(optimizer, 10));
        Assert.Throws<ArgumentNullException>("optimizer", () => LRSchedulers.OneCyclePolicyLR(null!, 10));
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(int.MaxValue + 1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_index_that_TorchSharp_cannot_count_to_is_refused(long index)
    {
        var optimizer = new FakeOptimizer(1.0);
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);

        var error = Assert.Throws<ArgumentOutOfRangeException>("epoch", () => scheduler.step(index));

        Assert.Equal(index, error.ActualValue);
        scheduler.step();
        Assert.Equal([0.5], optimizer.Rates);
    }
}
