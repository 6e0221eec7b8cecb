using System;

namespace WarmupSchedulers;

#if WARMUP_ANALYZERS
internal
#else
public
#endif
abstract partial class Schedule
{
    /// <summary>The same factor at every step. It has no end.</summary>
    /// <param name="factor">The factor, finite and not negative. Default: 1, the optimizer's own learning rate.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative, infinite or not a number.</exception>
    public static Schedule Constant(double factor = 1.0) => new ConstantSchedule(Argument.Factor(factor, nameof(factor)));

    /// <summary>
    /// A linear ramp to 1, which then holds. By default the factor at step k is <c>min(1, (k + 1) / W)</c>: never zero, and at
    /// the full rate from step W − 1 on. Source: Goyal et al., "Accurate, Large Minibatch SGD", section 2.2 (gradual warmup);
    /// the counting is that of the <paramref name="convention"/>.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">
    /// s, from 0 to 1: the ramp r becomes <c>s + (1 − s) · r</c>. Where it is left out it is 0, and for
    /// <see cref="WarmupConvention.PyTorch"/> 1/3, as in <c>LinearLR</c>.
    /// </param>
    /// <returns>A schedule of length <paramref name="warmup_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="start_factor"/> does not lie between 0 and 1 (or is 0 for
    /// <see cref="WarmupConvention.PyTorch"/>, which refuses it too), or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule LinearWarmup(
        long warmup_steps,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        var start = CheckWarmup(warmup_steps, convention, start_factor);
        return new LinearWarmupSchedule(warmup_steps, convention, start);
    }

    /// <summary>
    /// A straight line from 1 at step 0 to <paramref name="min_lr_factor"/> at step D, which then holds:
    /// <c>m + (1 − m) · (D − k) / D</c>. Source: the decay of <c>get_linear_schedule_with_warmup</c> in Hugging Face Transformers.
    /// </summary>
    /// <param name="decay_steps">D, the length of the decay in steps, at least 1.</param>
    /// <param name="min_lr_factor">m, the factor at the end, from 0 to 1. Default: 0.</param>
    /// <returns>A schedule of length <paramref name="decay_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="decay_steps"/> is below 1, or <paramref name="min_lr_factor"/> does not lie between 0 and 1.
    /// </exception>
    public static Schedule LinearDecay(long decay_steps, double min_lr_factor = 0.0) => new LinearDecaySchedule(
        Argument.Positive(decay_steps, nameof(decay_steps)), Argument.Fraction(min_lr_factor, nameof(min_lr_factor)));
}
