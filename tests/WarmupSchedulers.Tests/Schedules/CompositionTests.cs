using System;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

public class CompositionTests
{
    [Fact]
    public void Warmup_then_linear_is_at_full_rate_twice_and_ends_at_the_total() =>
        Assert.Equal([0.5, 1, 1, 0.75, 0.5, 0.25, 0, 0], First(8, Schedule.WarmupThenLinear(2, 6)));

    [Fact]
    public void Warmup_then_linear_counts_as_Hugging_Face_does() =>
        Assert.Equal([0, 0.5, 1, 0.75, 0.5, 0.25, 0, 0], First(8, Schedule.WarmupThenLinear(2, 6, convention: WarmupConvention.HuggingFace)));

    [Fact]
    public void Warmup_then_cosine_starts_its_cosine_at_the_boundary()
    {
        var cosine = Schedule.CosineDecay(6, 0.1);

        Assert.Equal([0.25, 0.5, 0.75, 1.0, .. First(9, cosine)], First(13, Schedule.WarmupThenCosine(4, 10, 0.1)));
    }

    [Fact]
    public void The_start_factor_is_that_of_the_warmup() =>
        Assert.Equal([0.2, 0.6000000000000001, 1.0, 0.5, 0.0], First(5, Schedule.WarmupThenLinear(2, 4, convention: WarmupConvention.PyTorch, start_factor: 0.2)));

    [Fact]
    public void A_warmup_as_long_as_the_total_leaves_the_minimum()
    {
        Assert.Equal([0.5, 1.0, 0.0, 0.0], First(4, Schedule.WarmupThenLinear(2, 2)));
        Assert.Equal([0.5, 1.0, 0.25, 0.25], First(4, Schedule.WarmupThenCosine(2, 2, 0.25)));
    }

    [Fact]
    public void No_warmup_leaves_the_decay()
    {
        Assert.Equal(First(8, Schedule.LinearDecay(6, 0.1)), First(8, Schedule.WarmupThenLinear(0, 6, 0.1)));
        Assert.Equal(First(8, Schedule.CosineDecay(6, 0.1)), First(8, Schedule.WarmupThenCosine(0, 6, 0.1)));
    }

    [Fact]
    public void Warmup_hold_and_cooldown_are_three_schedules()
    {
        var schedule = Schedule.LinearWarmup(2).Then(Schedule.Constant()).Then(Schedule.LinearDecay(2), boundary: 5);

        Assert.Equal([0.5, 1, 1, 1, 1, 1, 0.5, 0, 0], First(9, schedule));
    }

    [Fact]
    public void A_boundary_cuts_the_first_schedule_off() =>
        Assert.Equal([0.25, 0.5, 1.0, 0.5, 0.0], First(5, Schedule.LinearWarmup(4).Then(Schedule.LinearDecay(2), boundary: 2)));

    [Fact]
    public void Joining_is_one_after_the_other()
    {
        var parts = new[] { Schedule.LinearWarmup(2), Schedule.Constant(0.7), Schedule.LinearDecay(2) };

        Assert.Equal([0.5, 1, 0.7, 0.7, 0.7, 1, 0.5, 0, 0], First(9, Schedule.Join(parts, [2, 5])));
        Assert.Equal([0.5, 1, 1], First(3, Schedule.Join([parts[0]], [])));
    }

    [Fact]
    public void The_length_is_where_the_last_part_ends()
    {
        Assert.Equal(6, Schedule.WarmupThenCosine(2, 6).Length);
        Assert.Equal(3, Schedule.LinearWarmup(3).Length);
        Assert.Equal(5, Schedule.LinearDecay(5).Length);
        Assert.Null(Schedule.Constant().Length);
        Assert.Null(Schedule.LinearWarmup(3).Then(Schedule.Constant()).Length);
        Assert.Equal(long.MaxValue, Schedule.LinearWarmup(1).Then(Schedule.LinearDecay(long.MaxValue - 1)).Length);
        Assert.Null(Schedule.LinearWarmup(2).Then(Schedule.LinearDecay(long.MaxValue - 1)).Length);
    }

    [Fact]
    public void A_factor_allocates_nothing()
    {
        var schedule = Schedule.WarmupThenCosine(100, 1000);
        var sum = schedule.Factor(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var k = 0; k < 2000; k++)
            sum += schedule.Factor(k);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }

    private static double[] First(int count, Schedule schedule) =>
        [.. Enumerable.Range(0, count).Select(k => schedule.Factor(k))];
}
