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
    /// A ramp to 1 in the shape of half a cosine, which then holds: slow at first, fastest in the middle, slow at the end. With r the position
    /// of <see cref="LinearWarmup"/> it is <c>s + (1 − s) · (1 − cos(π · r)) / 2</c>. Source: the warmup of type "cosine" of <c>get_wsd_schedule</c>
    /// in Hugging Face Transformers.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="warmup_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="start_factor"/> is out of its range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule CosineWarmup(
        long warmup_steps,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        var start = CheckWarmup(warmup_steps, convention, start_factor);
        return new CosineWarmupSchedule(warmup_steps, convention, start);
    }

    /// <summary>
    /// A ramp to 1 that rises with a power, which then holds: with r the position of <see cref="LinearWarmup"/> it is
    /// <c>s + (1 − s) · r^p</c>. A power of 0.5 is the square-root warmup, one above 1 starts slowly. Source: <c>polynomial_schedule</c> of optax.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="power">p, finite and above 0. Default: 0.5, the square root.</param>
    /// <param name="convention">How steps are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule of length <paramref name="warmup_steps"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="power"/> is not a finite number above 0, <paramref name="start_factor"/> is out of its
    /// range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule PolynomialWarmup(
        long warmup_steps,
        double power = 0.5,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        var start = CheckWarmup(warmup_steps, convention, start_factor);
        return new PolynomialWarmupSchedule(warmup_steps, Argument.Above(power, nameof(power), 0.0), convention, start);
    }

    /// <summary>
    /// A rise towards 1 without an end: <c>1 − exp(−(k + 1) / τ)</c>, so 63 % after τ steps and 95 % after 3 τ. Source: Ma and Yarats,
    /// "On the Adequacy of Untuned Warmup for Adaptive Optimization", section 4; <c>ExponentialWarmup</c> of pytorch_warmup.
    /// </summary>
    /// <param name="warmup_period">τ, in steps, at least 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="warmup_period"/> is below 1.</exception>
    public static Schedule ExponentialWarmup(long warmup_period) =>
        new ExponentialWarmupSchedule(Argument.Positive(warmup_period, nameof(warmup_period)));

    /// <summary>
    /// The linear warmup that needs no tuning: over <c>2 / (1 − β₂)</c> steps, rounded, so 2000 for Adam's default. Source: Ma and Yarats, "On the Adequacy of
    /// Untuned Warmup for Adaptive Optimization", equation 5.
    /// </summary>
    /// <param name="beta2">β₂ of the optimizer, from 0 to below 1. Default: 0.999.</param>
    /// <returns>A schedule of that length.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta2"/> is out of its range.</exception>
    public static Schedule UntunedLinearWarmup(double beta2 = 0.999) => LinearWarmup(UntunedPeriod(2.0, beta2));

    /// <summary>
    /// The exponential warmup that needs no tuning: with a period of <c>1 / (1 − β₂)</c> steps, rounded, so 1000 for Adam's default. Source: Ma and Yarats,
    /// "On the Adequacy of Untuned Warmup for Adaptive Optimization", equation 6.
    /// </summary>
    /// <param name="beta2">β₂ of the optimizer, from 0 to below 1. Default: 0.999.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta2"/> is out of its range.</exception>
    public static Schedule UntunedExponentialWarmup(double beta2 = 0.999) => ExponentialWarmup(UntunedPeriod(1.0, beta2));

    /// <summary>
    /// The rectification of RAdam as a warmup for Adam: it rises towards 1 as the variance of Adam's adaptive rate becomes known. Source: Liu et al., "On the
    /// Variance of the Adaptive Learning Rate and Beyond", section 4; <c>RAdamWarmup</c> of pytorch_warmup.
    /// </summary>
    /// <param name="beta2">β₂ of the optimizer, above 0.6 (below it the rectification is not defined at any step) and below 1. Default: 0.999.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="beta2"/> is out of its range.</exception>
    public static Schedule RAdamWarmup(double beta2 = 0.999)
    {
        Argument.Above(beta2, nameof(beta2), Rectification.LeastBeta2);
        return new RAdamWarmupSchedule(Argument.Beta(beta2, nameof(beta2)));
    }

    /// <summary>
    /// A straight line from the optimizer's own learning rate to a multiple of it, which then holds: <c>1 + (m − 1) · r</c> with r the position of
    /// <see cref="LinearWarmup"/>. For a learning rate that was found for a small batch and is trained with m times that batch. Source: Goyal et al., "Accurate,
    /// Large Minibatch SGD", section 2.2 (gradual warmup).
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="multiplier">m, the factor at the end, finite and at least 1.</param>
    /// <param name="convention">How steps are counted; with <see cref="WarmupConvention.HuggingFace"/> the first step is at the optimizer's own rate.</param>
    /// <returns>A schedule of length <paramref name="warmup_steps"/> that ends at <paramref name="multiplier"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="multiplier"/> is not a finite number of at least 1, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule GradualWarmup(long warmup_steps, double multiplier, WarmupConvention convention = WarmupConvention.Default) => new GradualWarmupSchedule(
        Argument.NotNegative(warmup_steps, nameof(warmup_steps)),
        Argument.AtLeast(multiplier, nameof(multiplier), 1.0),
        Argument.Known(convention, nameof(convention)));

    private static double CheckWarmup(long warmup_steps, WarmupConvention convention, double? start_factor)
    {
        Argument.NotNegative(warmup_steps, nameof(warmup_steps));
        Argument.Known(convention, nameof(convention));
        var start = Argument.Fraction(start_factor ?? LinearRamp.DefaultStartFactor(convention), nameof(start_factor));
        if (convention == WarmupConvention.PyTorch && start == 0.0)
            throw Argument.OutOfRange(start, nameof(start_factor), "must be above 0 for the convention of PyTorch");

        return start;
    }

    private static long UntunedPeriod(double scale, double beta2)
    {
        var period = Math.Round(scale / (1.0 - Argument.Beta(beta2, nameof(beta2))));
        return period < long.MaxValue ? (long)period : long.MaxValue;
    }
}
