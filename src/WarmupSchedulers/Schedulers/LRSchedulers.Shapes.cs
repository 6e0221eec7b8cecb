using System;
using System.Linq;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

public static partial class LRSchedulers
{
    /// <summary>A warmup in the shape of half a cosine to the optimizer's own learning rate, which then holds; see <see cref="Schedule.CosineWarmup"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR CosineWarmupLR(
        Optimizer optimizer,
        long warmup_steps,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.CosineWarmup(warmup_steps, convention, start_factor), last_epoch);

    /// <summary>A warmup that rises with a power, by default the square root, to the optimizer's own learning rate, which then holds; see <see cref="Schedule.PolynomialWarmup"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="power">p, finite and above 0. Default: 0.5, the square root.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR PolynomialWarmupLR(
        Optimizer optimizer,
        long warmup_steps,
        double power = 0.5,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.PolynomialWarmup(warmup_steps, power, convention, start_factor), last_epoch);

    /// <summary>A rise towards the optimizer's own learning rate without an end; see <see cref="Schedule.ExponentialWarmup"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_period">τ, in steps, at least 1.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR ExponentialWarmupLR(
        Optimizer optimizer,
        long warmup_period,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.ExponentialWarmup(warmup_period), last_epoch);

    /// <summary>A line from the optimizer's own learning rate to a multiple of it, which then holds; see <see cref="Schedule.GradualWarmup"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="multiplier">m, the factor at the end, finite and at least 1.</param>
    /// <param name="convention">How steps are counted; with <see cref="WarmupConvention.HuggingFace"/> the first step is at the optimizer's own rate.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR GradualWarmupLR(
        Optimizer optimizer,
        long warmup_steps,
        double multiplier,
        WarmupConvention convention = WarmupConvention.Default,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.GradualWarmup(warmup_steps, multiplier, convention), last_epoch);

    /// <summary>A linear warmup, then a decay with a power of what is left; see <see cref="Schedule.WarmupThenPolynomial(long, long, double, double, WarmupConvention, double?)"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="power">The power of the decay, finite and above 0; 1 is a straight line. Default: 1.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenPolynomialLR(
        Optimizer optimizer,
        long warmup_steps,
        long total_steps,
        double power = 1.0,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupThenPolynomial(warmup_steps, total_steps, power, min_lr_factor, convention, start_factor), last_epoch);

    /// <summary>A linear warmup, then several equal half cosines; see <see cref="Schedule.WarmupThenHardRestarts(long, long, double, double, WarmupConvention, double?)"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="cycles">How many half cosines there are, finite and above 0. Default: 1.</param>
    /// <param name="min_lr_factor">The factor at the end of each, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupThenHardRestartsLR(
        Optimizer optimizer,
        long warmup_steps,
        long total_steps,
        double cycles = 1.0,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupThenHardRestarts(warmup_steps, total_steps, cycles, min_lr_factor, convention, start_factor), last_epoch);

    /// <summary>Warmup, the full rate, and a cooldown over the last steps; see <see cref="Schedule.WarmupStableDecay(long, long, long, double, TransitionShape, WarmupConvention, double?)"/>.</summary>
    /// <param name="optimizer">The optimizer whose learning rates are set.</param>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <param name="decay_steps">D, the length of the cooldown in steps, from 0 to <paramref name="total_steps"/> − W; 0 is no cooldown, and the full rate holds.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1; above 0 for <see cref="TransitionShape.Exponential"/>. Default: 0.</param>
    /// <param name="cooldown">The shape of the cooldown. Default: a straight line.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="Schedule.LinearWarmup"/>.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static ScheduleLR WarmupStableDecayLR(
        Optimizer optimizer,
        long warmup_steps,
        long total_steps,
        long decay_steps,
        double min_lr_factor = 0.0,
        TransitionShape cooldown = TransitionShape.Linear,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null,
        int last_epoch = -1) =>
        ScheduleLR(optimizer, Schedule.WarmupStableDecay(warmup_steps, total_steps, decay_steps, min_lr_factor, cooldown, convention, start_factor), last_epoch);

    /// <summary>
    /// The linear warmup that needs no tuning: each parameter group rises over <c>2 / (1 − β₂)</c> steps of its own; see <see cref="Schedule.UntunedLinearWarmup"/>.
    /// </summary>
    /// <param name="optimizer">The optimizer whose learning rates are set: Adam, AdamW, or another one with betas.</param>
    /// <param name="last_epoch">The last step that was made, to go on from a loaded optimizer; −1 to start anew. Default: −1.</param>
    /// <returns>A scheduler at step <paramref name="last_epoch"/> + 1.</returns>
    /// <inheritdoc cref="ScheduleLR" path="/exception"/>
    /// <exception cref="ArgumentException">A parameter group has no betas.</exception>
    public static ScheduleLR UntunedLinearWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
        PerGroupLR(optimizer, SecondBetas.Of(optimizer, nameof(optimizer)).Select(Schedule.UntunedLinearWarmup), last_epoch);

    /// <summary>
    /// The exponential warmup that needs no tuning: each parameter group with a period of <c>1 / (1 − β₂)</c> steps of its own; see
    /// <see cref="Schedule.UntunedExponentialWarmup"/>.
    /// </summary>
    /// <inheritdoc cref="UntunedLinearWarmupLR" path="/param|/returns|/exception"/>
    public static ScheduleLR UntunedExponentialWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
        PerGroupLR(optimizer, SecondBetas.Of(optimizer, nameof(optimizer)).Select(Schedule.UntunedExponentialWarmup), last_epoch);

    /// <summary>The rectification of RAdam as a warmup, with the β₂ of each parameter group; see <see cref="Schedule.RAdamWarmup"/>.</summary>
    /// <inheritdoc cref="UntunedLinearWarmupLR" path="/param|/returns|/exception"/>
    public static ScheduleLR RAdamWarmupLR(Optimizer optimizer, int last_epoch = -1) =>
        PerGroupLR(optimizer, SecondBetas.Of(optimizer, nameof(optimizer)).Select(Schedule.RAdamWarmup), last_epoch);
}
