using System;
using System.Collections.Generic;
using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    /// <summary>
    /// A cosine from 1 at step 0 over D steps, half of one by default, which then holds and does not rise again:
    /// <c>m + (1 − m) · (1 + cos(2π · c · k / D)) / 2</c>. Source: Loshchilov and Hutter, "SGDR", equation 5, without restarts; the
    /// <c>num_cycles</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="decay_steps">D, the length of the decay in steps, at least 1.</param>
    /// <param name="min_lr_factor">m, the factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="cycles">
    /// c, how many whole waves there are in D steps, finite and above 0. Default: 0.5, which falls all the way; with a whole number the
    /// learning rate comes back smoothly, c times. What it is at step D holds from there on.
    /// </param>
    /// <returns>A schedule of length <paramref name="decay_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="decay_steps"/> is below 1, <paramref name="min_lr_factor"/> does not lie between 0 and 1, or <paramref name="cycles"/> is not a finite
    /// number above 0.
    /// </exception>
    public static Schedule CosineDecay(long decay_steps, double min_lr_factor = 0.0, double cycles = Decay.HalfCycle) => new CosineDecaySchedule(
        Argument.Positive(decay_steps, nameof(decay_steps)),
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor)),
        Argument.Above(cycles, nameof(cycles), 0.0));

    /// <summary>
    /// Several equal half cosines, each from 1 down to <paramref name="min_lr_factor"/>, over D steps together, and the minimum from there on. Source:
    /// <c>get_cosine_with_hard_restarts_schedule_with_warmup</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="decay_steps">D, the length of the decay in steps, at least 1.</param>
    /// <param name="cycles">How many half cosines there are in D steps, finite and above 0. Default: 1.</param>
    /// <param name="min_lr_factor">m, the factor at the end of each, from 0 to 1. Default: 0.</param>
    /// <returns>A schedule of length <paramref name="decay_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="decay_steps"/> is below 1, <paramref name="min_lr_factor"/> does not lie between 0 and 1, or <paramref name="cycles"/> is not a finite
    /// number above 0.
    /// </exception>
    public static Schedule CosineHardRestarts(long decay_steps, double cycles = 1.0, double min_lr_factor = 0.0) => new CosineHardRestartsSchedule(
        Argument.Positive(decay_steps, nameof(decay_steps)),
        Argument.Above(cycles, nameof(cycles), 0.0),
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor)));

    /// <summary>
    /// Half cosines from 1 down to <paramref name="min_lr_factor"/> without an end: the first is T_0 steps long, each that follows T_mult times as long as
    /// the one before. Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts"; <c>CosineAnnealingWarmRestarts</c> of PyTorch.
    /// </summary>
    /// <param name="T_0">The length of the first cycle in steps, at least 1.</param>
    /// <param name="T_mult">What the length of a cycle is multiplied by for the next, finite and at least 1. Default: 1.</param>
    /// <param name="min_lr_factor">m, the factor at the end of each cycle, from 0 to 1. Default: 0.</param>
    /// <param name="restart_factor">What the factor at the start of a cycle is multiplied by for the next, from 0 to 1; never below m. Default: 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static Schedule WarmRestarts(long T_0, double T_mult = 1.0, double min_lr_factor = 0.0, double restart_factor = 1.0) => new WarmRestartsSchedule(
        Argument.Positive(T_0, nameof(T_0)),
        Argument.AtLeast(T_mult, nameof(T_mult), 1.0),
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor)),
        Argument.Fraction(restart_factor, nameof(restart_factor)));

    /// <summary>
    /// A decay from 1 at step 0 to <paramref name="min_lr_factor"/> at step D with a power of what is left, which then holds:
    /// <c>m + (1 − m) · ((D − k) / D)^p</c>. Source: <c>get_polynomial_decay_schedule_with_warmup</c> of Hugging Face Transformers, <c>PolynomialLR</c> of PyTorch.
    /// </summary>
    /// <param name="decay_steps">D, the length of the decay in steps, at least 1.</param>
    /// <param name="power">p, finite and above 0; 1 is a straight line. Default: 1.</param>
    /// <param name="min_lr_factor">m, the factor at the end, from 0 to 1. Default: 0.</param>
    /// <returns>A schedule of length <paramref name="decay_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="decay_steps"/> is below 1, <paramref name="power"/> is not a finite number above 0, or <paramref name="min_lr_factor"/> does not lie between 0 and 1.
    /// </exception>
    public static Schedule PolynomialDecay(long decay_steps, double power = 1.0, double min_lr_factor = 0.0) => new PolynomialDecaySchedule(
        Argument.Positive(decay_steps, nameof(decay_steps)),
        Argument.Above(power, nameof(power), 0.0),
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor)));

    /// <summary>
    /// A decay by the same ratio at every step, without an end: <c>γ^(k / D)</c>. Source: <c>ExponentialLR</c> of PyTorch (D = 1), <c>exponential_decay</c> of
    /// optax. <see cref="AtLeast"/> gives it a floor.
    /// </summary>
    /// <param name="gamma">γ, the ratio over D steps, from 0 to 1.</param>
    /// <param name="decay_steps">D, in steps, at least 1. Default: 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="gamma"/> does not lie between 0 and 1, or <paramref name="decay_steps"/> is below 1.</exception>
    public static Schedule ExponentialDecay(double gamma, long decay_steps = 1) => new ExponentialDecaySchedule(
        Argument.Fraction(gamma, nameof(gamma)), Argument.Positive(decay_steps, nameof(decay_steps)));

    /// <summary>A decay in stairs, without an end: by γ after every <paramref name="step_size"/> steps. Source: <c>StepLR</c> of PyTorch.</summary>
    /// <param name="step_size">The length of a stair in steps, at least 1.</param>
    /// <param name="gamma">γ, what the factor is multiplied by, from 0 to 1. Default: 0.1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step_size"/> is below 1, or <paramref name="gamma"/> does not lie between 0 and 1.</exception>
    public static Schedule StepDecay(long step_size, double gamma = 0.1) => new StepDecaySchedule(
        Argument.Positive(step_size, nameof(step_size)), Argument.Fraction(gamma, nameof(gamma)));

    /// <summary>A decay by γ at each of the milestones. Source: <c>MultiStepLR</c> of PyTorch.</summary>
    /// <param name="milestones">The steps from which on the factor is smaller, none negative, in order; one that is named twice counts twice.</param>
    /// <param name="gamma">γ, what the factor is multiplied by, from 0 to 1. Default: 0.1.</param>
    /// <returns>A schedule that ends at the last milestone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="milestones"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A milestone is negative, or <paramref name="gamma"/> does not lie between 0 and 1.</exception>
    /// <exception cref="ArgumentException">The milestones are not in order.</exception>
    public static Schedule MultiStepDecay(IEnumerable<long> milestones, double gamma = 0.1)
    {
        var steps = new List<long>(Argument.NotNull(milestones, nameof(milestones))).ToArray();
        for (var i = 0; i < steps.Length; i++)
        {
            Argument.NotNegative(steps[i], nameof(milestones));
            if (i > 0 && steps[i] < steps[i - 1])
                throw new ArgumentException($"'milestones' must be in order, but {steps[i]} follows {steps[i - 1]}.", nameof(milestones));
        }

        return new MultiStepDecaySchedule(steps, Argument.Fraction(gamma, nameof(gamma)));
    }

    /// <summary>
    /// The way from one factor to another, which then holds. The general form of warmups and decays: <c>LinearLR(start_factor, end_factor, total_iters)</c> of
    /// PyTorch is <c>Transition(start_factor, end_factor, total_iters)</c>, and the phases of a one-cycle policy are transitions that are joined.
    /// </summary>
    /// <param name="start_factor">The factor at step 0, finite and not negative; above 0 for <see cref="TransitionShape.Exponential"/>.</param>
    /// <param name="end_factor">The factor from step <paramref name="steps"/> on, finite and not negative; above 0 for <see cref="TransitionShape.Exponential"/>.</param>
    /// <param name="steps">The length in steps, at least 0.</param>
    /// <param name="shape">The shape of the way between them.</param>
    /// <returns>A schedule of length <paramref name="steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or <paramref name="shape"/> is not defined.</exception>
    public static Schedule Transition(double start_factor, double end_factor, long steps, TransitionShape shape = TransitionShape.Linear)
    {
        Argument.Known(shape, nameof(shape));
        var least = shape == TransitionShape.Exponential ? double.Epsilon : 0.0;
        return new TransitionSchedule(
            Argument.AtLeast(start_factor, nameof(start_factor), least),
            Argument.AtLeast(end_factor, nameof(end_factor), least),
            Argument.NotNegative(steps, nameof(steps)),
            shape);
    }
}
