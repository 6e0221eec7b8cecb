using System;
using System.Globalization;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

/// <summary>Bad input throws at once, and the error names the parameter and the value.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void Lengths_and_steps_are_not_negative(long value)
    {
        Refused("warmup_steps", value, () => Schedule.LinearWarmup(value));
        Refused("warmup_steps", value, () => Schedule.WarmupThenLinear(value, 10));
        Refused("warmup_steps", value, () => Schedule.WarmupThenCosine(value, 10));
        Refused("warmup_steps", value, () => Schedule.WarmupThenInverseSquareRoot(value));
        Refused("warmup_steps", value, () => Schedule.WarmupThenInverseSquareRoot(value, 10));
        Refused("warmup_steps", value, () => Schedule.Noam(value));
        Refused("warmup_steps", value, () => Schedule.Noam(value, 512));
        Refused("step", value, () => Schedule.Constant().Factor(value));
        Refused("step", value, () => Schedule.WarmupThenCosine(2, 10).Factor(value));
        Refused("boundary", value, () => Schedule.Constant().Then(Schedule.Constant(), value));
        Refused("boundaries", value, () => Schedule.Join([Schedule.Constant(), Schedule.Constant()], [value]));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void A_total_is_at_least_one(long value)
    {
        Refused("total_steps", value, () => Schedule.WarmupThenLinear(0, value));
        Refused("total_steps", value, () => Schedule.WarmupThenCosine(0, value));
        Refused("decay_steps", value, () => Schedule.LinearDecay(value));
        Refused("decay_steps", value, () => Schedule.CosineDecay(value));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void A_timescale_and_a_width_are_at_least_one(long value)
    {
        Refused("timescale", value, () => Schedule.InverseSquareRootDecay(value));
        Refused("timescale", value, () => Schedule.WarmupThenInverseSquareRoot(5, value));
        Refused("d_model", value, () => Schedule.Noam(5, value));
    }

    [Fact]
    public void A_warmup_is_not_longer_than_the_total()
    {
        Refused("warmup_steps", 11L, () => Schedule.WarmupThenLinear(11, 10));
        Refused("warmup_steps", 11L, () => Schedule.WarmupThenCosine(11, 10));
        Assert.Contains("total_steps (10)", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.WarmupThenCosine(11, 10)).Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Fractions_lie_between_0_and_1(double value)
    {
        Refused("min_lr_factor", value, () => Schedule.LinearDecay(10, value));
        Refused("min_lr_factor", value, () => Schedule.CosineDecay(10, value));
        Refused("min_lr_factor", value, () => Schedule.WarmupThenLinear(1, 10, value));
        Refused("min_lr_factor", value, () => Schedule.WarmupThenCosine(1, 10, value));
        Refused("start_factor", value, () => Schedule.LinearWarmup(10, start_factor: value));
        Refused("start_factor", value, () => Schedule.WarmupThenLinear(1, 10, start_factor: value));
        Refused("start_factor", value, () => Schedule.WarmupThenCosine(1, 10, start_factor: value));
        Refused("start_factor", value, () => Schedule.WarmupThenInverseSquareRoot(1, start_factor: value));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_factor_is_finite_and_not_negative(double value) => Refused("factor", value, () => Schedule.Constant(value));

    [Fact]
    public void A_start_at_zero_is_refused_for_PyTorch_as_PyTorch_does() =>
        Refused("start_factor", 0.0, () => Schedule.LinearWarmup(10, WarmupConvention.PyTorch, 0.0));

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void A_convention_is_one_that_is_defined(int value) =>
        Refused("convention", (WarmupConvention)value, () => Schedule.LinearWarmup(10, (WarmupConvention)value));

    [Fact]
    public void A_schedule_without_an_end_has_no_next() =>
        Assert.Contains("boundary", Assert.Throws<InvalidOperationException>(() => Schedule.Constant().Then(Schedule.Constant())).Message);

    [Fact]
    public void Null_is_named()
    {
        Assert.Throws<ArgumentNullException>("next", () => Schedule.LinearWarmup(1).Then(null!));
        Assert.Throws<ArgumentNullException>("next", () => Schedule.LinearWarmup(1).Then(null!, 1));
        Assert.Throws<ArgumentNullException>("schedules", () => Schedule.Join(null!, []));
        Assert.Throws<ArgumentNullException>("boundaries", () => Schedule.Join([Schedule.Constant()], null!));
        Assert.Contains("null at 1", Assert.Throws<ArgumentNullException>("schedules", () => Schedule.Join([Schedule.Constant(), null!], [1])).Message);
    }

    [Fact]
    public void A_join_has_one_boundary_less_than_schedules_and_they_increase()
    {
        Assert.Contains("holds 0", Assert.Throws<ArgumentException>("schedules", () => Schedule.Join([], [])).Message);
        Assert.Contains("holds 2", Assert.Throws<ArgumentException>("boundaries", () => Schedule.Join([Schedule.Constant(), Schedule.Constant()], [1, 2])).Message);
        Assert.Contains("5 follows 5", Assert.Throws<ArgumentException>("boundaries", () => Schedule.Join([Schedule.Constant(), Schedule.Constant(), Schedule.Constant()], [5, 5])).Message);
    }

    private static void Refused(string parameter, object value, Func<object> make)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, make);
        Assert.Equal(value, error.ActualValue);
        Assert.Contains($"'{parameter}'", error.Message);
        Assert.Contains(Convert.ToString(value, CultureInfo.InvariantCulture)!, error.Message);
    }
}
