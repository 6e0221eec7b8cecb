using System;
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
    /// A linear warmup over W steps, then a straight line down to <paramref name="min_lr_factor"/> at step
    /// <paramref name="total_steps"/>, which then holds. The decay starts at 1 at step W. With
    /// <see cref="WarmupConvention.HuggingFace"/> this is <c>get_linear_schedule_with_warmup</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative or above <paramref name="total_steps"/>, <paramref name="total_steps"/> is below 1,
    /// <paramref name="min_lr_factor"/> or <paramref name="start_factor"/> is out of its range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule WarmupThenLinear(
        long warmup_steps,
        long total_steps,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        CheckLengths(warmup_steps, total_steps);
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor));
        return LinearWarmup(warmup_steps, convention, start_factor)
            .Then(new LinearDecaySchedule(total_steps - warmup_steps, min_lr_factor));
    }

    /// <summary>
    /// A linear warmup over W steps, then half a cosine down to <paramref name="min_lr_factor"/> at step
    /// <paramref name="total_steps"/>, which then holds and does not rise again. The decay starts at 1 at step W. With
    /// <see cref="WarmupConvention.HuggingFace"/> this is <c>get_cosine_schedule_with_warmup</c> of Hugging Face Transformers
    /// before its end.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative or above <paramref name="total_steps"/>, <paramref name="total_steps"/> is below 1,
    /// <paramref name="min_lr_factor"/> or <paramref name="start_factor"/> is out of its range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule WarmupThenCosine(
        long warmup_steps,
        long total_steps,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        CheckLengths(warmup_steps, total_steps);
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor));
        return LinearWarmup(warmup_steps, convention, start_factor)
            .Then(new CosineDecaySchedule(total_steps - warmup_steps, min_lr_factor, Decay.HalfCycle));
    }

    /// <summary>
    /// A linear warmup over W steps, then a decay with a power of what is left, down to <paramref name="min_lr_factor"/> at step
    /// <paramref name="total_steps"/>, which then holds. With <see cref="WarmupConvention.HuggingFace"/> this is
    /// <c>get_polynomial_decay_schedule_with_warmup</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="power">The power of the decay, finite and above 0; 1 is a straight line. Default: 1.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative or above <paramref name="total_steps"/>, or another argument is out of its range.
    /// </exception>
    public static Schedule WarmupThenPolynomial(
        long warmup_steps,
        long total_steps,
        double power = 1.0,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        CheckLengths(warmup_steps, total_steps);
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor));
        Argument.Above(power, nameof(power), 0.0);
        return LinearWarmup(warmup_steps, convention, start_factor)
            .Then(new PolynomialDecaySchedule(total_steps - warmup_steps, power, min_lr_factor));
    }

    /// <summary>
    /// A linear warmup over W steps, then several equal half cosines until step <paramref name="total_steps"/>, each from 1 down to
    /// <paramref name="min_lr_factor"/>, which then holds. With <see cref="WarmupConvention.HuggingFace"/> this is
    /// <c>get_cosine_with_hard_restarts_schedule_with_warmup</c> of Hugging Face Transformers.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, from 0 to <paramref name="total_steps"/>; 0 is no warmup.</param>
    /// <param name="total_steps">The length of warmup and decay together in steps, at least 1.</param>
    /// <param name="cycles">How many half cosines there are, finite and above 0. Default: 1.</param>
    /// <param name="min_lr_factor">The factor at the end of each, from 0 to 1. Default: 0.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative or above <paramref name="total_steps"/>, or another argument is out of its range.
    /// </exception>
    public static Schedule WarmupThenHardRestarts(
        long warmup_steps,
        long total_steps,
        double cycles = 1.0,
        double min_lr_factor = 0.0,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        CheckLengths(warmup_steps, total_steps);
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor));
        Argument.Above(cycles, nameof(cycles), 0.0);
        return LinearWarmup(warmup_steps, convention, start_factor)
            .Then(new CosineHardRestartsSchedule(total_steps - warmup_steps, cycles, min_lr_factor));
    }

    /// <summary>
    /// Warmup, stable, decay: a linear warmup over W steps, the full rate, and over the last D of <paramref name="total_steps"/> steps a cooldown to
    /// <paramref name="min_lr_factor"/>, which then holds. Source: Hu et al., "MiniCPM", section 4 (WSD); <c>get_wsd_schedule</c> of Hugging Face Transformers and
    /// <c>linear_warmup_stable_decay</c> of torchtitan.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="total_steps">The length of the whole in steps, at least 1.</param>
    /// <param name="decay_steps">D, the length of the cooldown in steps, from 0 to <paramref name="total_steps"/> − W; 0 is no cooldown, and the full rate holds.</param>
    /// <param name="min_lr_factor">The factor at the end, from 0 to 1; above 0 for <see cref="TransitionShape.Exponential"/>. Default: 0.</param>
    /// <param name="cooldown">The shape of the cooldown. Default: a straight line.</param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="total_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The lengths are negative or do not fit into <paramref name="total_steps"/>, or another argument is out of its range.
    /// </exception>
    public static Schedule WarmupStableDecay(
        long warmup_steps,
        long total_steps,
        long decay_steps,
        double min_lr_factor = 0.0,
        TransitionShape cooldown = TransitionShape.Linear,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        CheckLengths(warmup_steps, total_steps);
        Argument.NotNegative(decay_steps, nameof(decay_steps));
        Argument.NotAbove(decay_steps, nameof(decay_steps), total_steps - warmup_steps, "total_steps - warmup_steps");
        Argument.Fraction(min_lr_factor, nameof(min_lr_factor));
        Argument.Known(cooldown, nameof(cooldown));
        if (cooldown == TransitionShape.Exponential && min_lr_factor == 0.0)
            throw Argument.OutOfRange(min_lr_factor, nameof(min_lr_factor), "must be above 0 for an exponential cooldown");

        var warmup = LinearWarmup(warmup_steps, convention, start_factor);
        if (decay_steps == 0)
            return warmup;

        return warmup
            .Then(new TransitionSchedule(1.0, min_lr_factor, decay_steps, cooldown), total_steps - decay_steps);
    }

    private static void CheckLengths(long warmup_steps, long total_steps)
    {
        Argument.Positive(total_steps, nameof(total_steps));
        Argument.NotNegative(warmup_steps, nameof(warmup_steps));
        Argument.NotAbove(warmup_steps, nameof(warmup_steps), total_steps, nameof(total_steps));
    }
}
