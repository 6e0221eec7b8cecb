using System;

namespace WarmupSchedulers;

#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmupThenLinear(double warmup_ratio, long total_steps) =>
        WarmupThenLinear(WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmupThenCosine(double warmup_ratio, long total_steps) =>
        WarmupThenCosine(WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmupThenPolynomial(double warmup_ratio, long total_steps) =>
        WarmupThenPolynomial(WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmupThenHardRestarts(double warmup_ratio, long total_steps) =>
        WarmupThenHardRestarts(WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <param name="decay_steps">The length of the cooldown in steps, from 0 to what the warmup leaves.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmupStableDecay(double warmup_ratio, long total_steps, long decay_steps) =>
        WarmupStableDecay(WarmupOf(warmup_ratio, total_steps), total_steps, decay_steps);

    private static long WarmupOf(double warmup_ratio, long total_steps)
    {
        Argument.Fraction(warmup_ratio, nameof(warmup_ratio));
        return TrainingSteps.OfRatio(warmup_ratio, Argument.Positive(total_steps, nameof(total_steps)));
    }
}
