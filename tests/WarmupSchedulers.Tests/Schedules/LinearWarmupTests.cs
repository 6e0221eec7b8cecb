using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

public class LinearWarmupTests
{
    [Theory]
    [InlineData(WarmupConvention.Default, null, new[] { 0.25, 0.5, 0.75, 1.0, 1.0, 1.0 })]
    [InlineData(WarmupConvention.HuggingFace, null, new[] { 0.0, 0.25, 0.5, 0.75, 1.0, 1.0 })]
    [InlineData(WarmupConvention.NeMo, null, new[] { 0.2, 0.4, 0.6, 0.8, 1.0, 1.0 })]
    [InlineData(WarmupConvention.PyTorch, 0.5, new[] { 0.5, 0.625, 0.75, 0.875, 1.0, 1.0 })]
    [InlineData(WarmupConvention.Lightning, null, new[] { 0.0, 1.0 / 3, 2.0 / 3, 1.0, 1.0, 1.0 })]
    [InlineData(WarmupConvention.Default, 0.5, new[] { 0.625, 0.75, 0.875, 1.0, 1.0, 1.0 })]
    public void Four_steps_count_as_the_convention_says(WarmupConvention convention, double? start, double[] expected)
    {
        var schedule = Schedule.LinearWarmup(4, convention, start);

        Assert.Equal(expected, Enumerable.Range(0, 6).Select(k => schedule.Factor(k)));
    }

    [Fact]
    public void PyTorch_starts_at_a_third_as_LinearLR_does() =>
        Assert.Equal(1.0 / 3.0, Schedule.LinearWarmup(5, WarmupConvention.PyTorch).Factor(0));

    [Theory]
    [MemberData(nameof(Conventions))]
    public void No_steps_are_no_warmup(WarmupConvention convention)
    {
        Assert.Equal(1.0, Schedule.LinearWarmup(0, convention).Factor(0));
        Assert.Equal(1.0, Schedule.LinearWarmup(0, convention).Factor(long.MaxValue));
    }

    [Theory]
    [InlineData(WarmupConvention.Default, new[] { 1.0, 1.0 })]
    [InlineData(WarmupConvention.HuggingFace, new[] { 0.0, 1.0 })]
    [InlineData(WarmupConvention.NeMo, new[] { 0.5, 1.0 })]
    [InlineData(WarmupConvention.PyTorch, new[] { 1.0 / 3.0, 1.0 })]
    [InlineData(WarmupConvention.Lightning, new[] { 1.0, 1.0 })]
    public void One_step_divides_by_nothing_that_is_zero(WarmupConvention convention, double[] expected)
    {
        var schedule = Schedule.LinearWarmup(1, convention);

        Assert.Equal(expected, new[] { schedule.Factor(0), schedule.Factor(1) });
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void The_longest_warmup_there_is_does_not_overflow(WarmupConvention convention)
    {
        var schedule = Schedule.LinearWarmup(long.MaxValue, convention);

        Assert.InRange(schedule.Factor(0), 0.0, 0.5);
        Assert.InRange(schedule.Factor(long.MaxValue - 1), 0.999, 1.0);
        Assert.Equal(1.0, schedule.Factor(long.MaxValue));
    }

    public static TheoryData<WarmupConvention> Conventions() => new(System.Enum.GetValues<WarmupConvention>());
}
