using System;

namespace WarmupSchedulers;

#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    /// <summary>The product of two schedules, step by step: a warmup times any other schedule dampens it, as pytorch_warmup does.</summary>
    /// <param name="first">A schedule.</param>
    /// <param name="second">Another schedule.</param>
    /// <returns>A schedule that ends where the longer one does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="first"/> or <paramref name="second"/> is null.</exception>
    public static Schedule operator *(Schedule first, Schedule second) =>
        new ProductSchedule(Argument.NotNull(first, nameof(first)), Argument.NotNull(second, nameof(second)));

    /// <summary>A schedule with every factor multiplied by a number.</summary>
    /// <param name="factor">The number, finite and not negative.</param>
    /// <param name="schedule">The schedule.</param>
    /// <returns>A schedule that ends where <paramref name="schedule"/> does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="schedule"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative, infinite or not a number.</exception>
    public static Schedule operator *(double factor, Schedule schedule) =>
        new ScaledSchedule(Argument.Factor(factor, nameof(factor)), Argument.NotNull(schedule, nameof(schedule)));

    /// <summary>The sum of two schedules, step by step. With numbers before both it is a mean: <c>0.9 * decay + 0.1 * Schedule.Constant()</c> ends at a tenth.</summary>
    /// <param name="first">A schedule.</param>
    /// <param name="second">Another schedule.</param>
    /// <returns>A schedule that ends where the longer one does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="first"/> or <paramref name="second"/> is null.</exception>
    public static Schedule operator +(Schedule first, Schedule second) =>
        new SumSchedule(Argument.NotNull(first, nameof(first)), Argument.NotNull(second, nameof(second)));

    /// <summary>The sum of two schedules, step by step; the same as <c>+</c>.</summary>
    /// <param name="other">The other schedule.</param>
    /// <returns>A schedule that ends where the longer one does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public Schedule Plus(Schedule other) => this + other;

    /// <summary>The product of two schedules, step by step; the same as <c>*</c>.</summary>
    /// <param name="other">The other schedule.</param>
    /// <returns>A schedule that ends where the longer one does.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public Schedule Times(Schedule other) => this * other;

    /// <summary>This schedule with a floor: nowhere below <paramref name="min_lr_factor"/>.</summary>
    /// <param name="min_lr_factor">The least factor, finite and not negative.</param>
    /// <returns>A new schedule of the same length.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="min_lr_factor"/> is negative, infinite or not a number.</exception>
    public Schedule AtLeast(double min_lr_factor) => new FloorSchedule(this, Argument.Factor(min_lr_factor, nameof(min_lr_factor)));

    /// <summary>This schedule as it goes on from a step: its step 0 is step <paramref name="steps"/> of this one.</summary>
    /// <param name="steps">How many steps are left out at the start, at least 0.</param>
    /// <returns>A new schedule, shorter by <paramref name="steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is negative.</exception>
    public Schedule Skip(long steps) => new SkippedSchedule(this, Argument.NotNegative(steps, nameof(steps)));
}
