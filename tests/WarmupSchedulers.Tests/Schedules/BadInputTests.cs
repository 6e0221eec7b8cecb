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
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void Lengths_of_every_shape_are_not_negative(long value)
    {
        Refused("warmup_steps", value, () => Schedule.CosineWarmup(value));
        Refused("warmup_steps", value, () => Schedule.PolynomialWarmup(value));
        Refused("warmup_steps", value, () => Schedule.GradualWarmup(value, 2.0));
        Refused("warmup_steps", value, () => Schedule.WarmupThenPolynomial(value, 10));
        Refused("warmup_steps", value, () => Schedule.WarmupThenHardRestarts(value, 10));
        Refused("warmup_steps", value, () => Schedule.WarmupStableDecay(value, 10, 2));
        Refused("decay_steps", value, () => Schedule.WarmupStableDecay(2, 10, value));
        Refused("steps", value, () => Schedule.Transition(0.0, 1.0, value));
        Refused("steps", value, () => Schedule.Constant().Skip(value));
        Refused("milestones", value, () => Schedule.MultiStepDecay([value]));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MinValue)]
    public void Lengths_of_every_decay_are_at_least_one(long value)
    {
        Refused("warmup_period", value, () => Schedule.ExponentialWarmup(value));
        Refused("decay_steps", value, () => Schedule.CosineHardRestarts(value));
        Refused("decay_steps", value, () => Schedule.PolynomialDecay(value));
        Refused("decay_steps", value, () => Schedule.ExponentialDecay(0.5, value));
        Refused("step_size", value, () => Schedule.StepDecay(value));
        Refused("T_0", value, () => Schedule.WarmRestarts(value));
        Refused("total_steps", value, () => Schedule.OneCycle(value));
        Refused("total_steps", value, () => Schedule.OneCycleMomentum(value));
        Refused("step_size_up", value, () => Schedule.Cyclic(value));
        Refused("step_size_down", value, () => Schedule.Cyclic(4, value));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.5)]
    public void Numbers_of_every_shape_are_finite_and_not_negative(double value)
    {
        Refused("power", value, () => Schedule.PolynomialWarmup(4, value));
        Refused("power", value, () => Schedule.PolynomialDecay(4, value));
        Refused("power", value, () => Schedule.WarmupThenPolynomial(4, 10, value));
        Refused("cycles", value, () => Schedule.CosineDecay(4, cycles: value));
        Refused("cycles", value, () => Schedule.CosineHardRestarts(4, value));
        Refused("cycles", value, () => Schedule.WarmupThenHardRestarts(4, 10, value));
        Refused("T_mult", value, () => Schedule.WarmRestarts(4, value));
        Refused("restart_factor", value, () => Schedule.WarmRestarts(4, restart_factor: value));
        Refused("gamma", value, () => Schedule.ExponentialDecay(value));
        Refused("gamma", value, () => Schedule.StepDecay(4, value));
        Refused("gamma", value, () => Schedule.MultiStepDecay([4], value));
        Refused("gamma", value, () => Schedule.Cyclic(4, gamma: value));
        Refused("multiplier", value, () => Schedule.GradualWarmup(4, value));
        Refused("beta2", value, () => Schedule.RAdamWarmup(value));
        Refused("beta2", value, () => Schedule.UntunedLinearWarmup(value));
        Refused("beta2", value, () => Schedule.UntunedExponentialWarmup(value));
        Refused("start_factor", value, () => Schedule.Transition(value, 1.0, 4));
        Refused("end_factor", value, () => Schedule.Transition(1.0, value, 4));
        Refused("div_factor", value, () => Schedule.OneCycle(4, div_factor: value));
        Refused("final_div_factor", value, () => Schedule.OneCycle(4, final_div_factor: value));
        Refused("pct_start", value, () => Schedule.OneCycle(4, value));
        Refused("max_momentum", value, () => Schedule.OneCycleMomentum(4, max_momentum: value));
        Refused("base_momentum", value, () => Schedule.CyclicMomentum(4, base_momentum: value));
        Refused("base_factor", value, () => Schedule.Cyclic(4, base_factor: value));
        Refused("min_lr_factor", value, () => Schedule.Constant().AtLeast(value));
        Refused("factor", value, () => value * Schedule.Constant());
        Refused("min_lr_factor", value, () => Schedule.WarmupStableDecay(2, 10, 2, value));
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        Refused("beta2", 0.6, () => Schedule.RAdamWarmup(0.6));
        Refused("beta2", 1.0, () => Schedule.UntunedLinearWarmup(1.0));
        Refused("decay_steps", 9L, () => Schedule.WarmupStableDecay(2, 10, 9));
        Refused("min_lr_factor", 0.0, () => Schedule.WarmupStableDecay(2, 10, 2, 0.0, TransitionShape.Exponential));
        Refused("end_factor", 0.0, () => Schedule.Transition(1.0, 0.0, 4, TransitionShape.Exponential));
        Refused("pct_start", 0.6, () => Schedule.OneCycle(10, 0.6, three_phase: true));
        Refused("shape", TransitionShape.OneMinusSquareRoot, () => Schedule.OneCycle(10, shape: TransitionShape.OneMinusSquareRoot));
        Refused("shape", (TransitionShape)9, () => Schedule.Transition(1.0, 0.5, 4, (TransitionShape)9));
        Refused("cooldown", (TransitionShape)9, () => Schedule.WarmupStableDecay(2, 10, 2, 0.0, (TransitionShape)9));
        Refused("mode", (CyclicMode)9, () => Schedule.Cyclic(4, mode: (CyclicMode)9));
        Assert.Throws<ArgumentException>("milestones", () => Schedule.MultiStepDecay([4, 2]));
        Assert.Throws<ArgumentNullException>("milestones", () => Schedule.MultiStepDecay(null!));
        Assert.Throws<ArgumentNullException>("first", () => null! * Schedule.Constant());
        Assert.Throws<ArgumentNullException>("second", () => Schedule.Constant() + null!);
        Assert.Throws<ArgumentNullException>("schedule", () => 0.5 * (Schedule)null!);
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

    [Fact]
    public void A_last_rate_above_the_peak_is_refused()
    {
        Refused("final_div_factor", 0.039, () => Schedule.OneCycle(10, final_div_factor: 0.039));
        Refused("final_div_factor", 1e-320, () => Schedule.OneCycle(10, final_div_factor: 1e-320));
        Assert.Equal(1.0, Schedule.OneCycle(10, div_factor: 4, final_div_factor: 0.25).Factor(9));
    }

    [Fact]
    public void Nothing_is_followed_by_null() =>
        Assert.Throws<ArgumentNullException>("next", () => Schedule.Constant().Then(null!));

    [Fact]
    public void What_is_too_large_for_a_number_is_the_largest_one()
    {
        var large = 1e200 * Schedule.Constant();

        Assert.Equal(double.MaxValue, (large * large).Factor(0));
        Assert.Equal(double.MaxValue, (Schedule.Constant(1e308) + Schedule.Constant(1e308)).Factor(0));
        Assert.Equal(double.MaxValue, (1e200 * large).Factor(0));
    }

    [Fact]
    public void Waves_without_number_stay_numbers() =>
        Assert.All(new[] { 0L, 1, 5, 10, 11 }, step => Assert.InRange(Schedule.CosineDecay(10, 0.5, double.MaxValue).Factor(step), 0.5, 1.0));

    [Theory]
    [InlineData(2.0)]
    [InlineData(1e18)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    public void Cycles_that_grow_beyond_all_steps_stay_numbers(double multiplier)
    {
        var schedule = Schedule.WarmRestarts(3, multiplier, 0.1);

        Assert.All(new[] { 0, 1, 2, 3, 4, 5, 1L << 40, 1L << 62, long.MaxValue }, step => Assert.InRange(schedule.Factor(step), 0.1, 1.0));
        Assert.Equal(1.0, schedule.Factor(3));
    }

    private static void Refused(string parameter, object value, Func<object> make)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(parameter, make);
        Assert.Equal(value, error.ActualValue);
        Assert.Contains($"'{parameter}'", error.Message);
        Assert.Contains(Convert.ToString(value, CultureInfo.InvariantCulture)!, error.Message);
    }
}
