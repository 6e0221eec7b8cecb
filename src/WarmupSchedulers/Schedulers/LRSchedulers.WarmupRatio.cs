using System;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

public static partial class LRSchedulers
{
    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A scheduler at step 0.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenLinearLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
        WarmupThenLinearLR(optimizer, WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A scheduler at step 0.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenCosineLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
        WarmupThenCosineLR(optimizer, WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A scheduler at step 0.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenPolynomialLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
        WarmupThenPolynomialLR(optimizer, WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <returns>A scheduler at step 0.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenHardRestartsLR(Optimizer optimizer, double warmup_ratio, long total_steps) =>
        WarmupThenHardRestartsLR(optimizer, WarmupOf(warmup_ratio, total_steps), total_steps);

    /// <summary>The same with the warmup as a share of the whole, and what is optional left as it is.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_ratio">The share of the steps that is warmup, from 0 to 1; rounded up to a step.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <param name="decay_steps">The length of the cooldown in steps, from 0 to what the warmup leaves.</param>
    /// <returns>A scheduler at step 0.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupStableDecayLR(Optimizer optimizer, double warmup_ratio, long total_steps, long decay_steps) =>
        WarmupStableDecayLR(optimizer, WarmupOf(warmup_ratio, total_steps), total_steps, decay_steps);

    private static long WarmupOf(double warmup_ratio, long total_steps)
    {
        Argument.Fraction(warmup_ratio, nameof(warmup_ratio));
        return TrainingSteps.OfRatio(warmup_ratio, Argument.Positive(total_steps, nameof(total_steps)));
    }
}
