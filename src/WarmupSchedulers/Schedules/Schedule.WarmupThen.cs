using System;

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
            .Then(new CosineDecaySchedule(total_steps - warmup_steps, min_lr_factor));
    }

    private static void CheckLengths(long warmup_steps, long total_steps)
    {
        Argument.Positive(total_steps, nameof(total_steps));
        Argument.NotNegative(warmup_steps, nameof(warmup_steps));
        Argument.NotAbove(warmup_steps, nameof(warmup_steps), total_steps, nameof(total_steps));
    }
}
