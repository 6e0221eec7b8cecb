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
    /// A decay with the inverse square root of the step, from 1 at step 0, without an end: <c>√(T / (k + T))</c>, so one half at
    /// step 3 T. Source: the decay of <c>get_inverse_sqrt_schedule</c> in Hugging Face Transformers and of <c>inverse_sqrt</c> in fairseq.
    /// </summary>
    /// <param name="timescale">T, in steps, at least 1: the larger, the slower the decay.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timescale"/> is below 1.</exception>
    public static Schedule InverseSquareRootDecay(long timescale) =>
        new InverseSquareRootDecaySchedule(Argument.Positive(timescale, nameof(timescale)));

    /// <summary>
    /// A linear warmup over W steps, then a decay with the inverse square root of the step that starts at 1 at step W and has no end.
    /// With <see cref="WarmupConvention.HuggingFace"/> this is <c>get_inverse_sqrt_schedule</c> of Hugging Face Transformers and
    /// <c>inverse_sqrt</c> of fairseq.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="timescale">
    /// T, the time scale of the decay <c>√(T / (k − W + T))</c> in steps, at least 1. Where it is left out it is W, which makes the
    /// decay <c>√(W / k)</c>, and 10,000 where W is 0.
    /// </param>
    /// <param name="convention">How the steps of the warmup are counted, named after the libraries that count so.</param>
    /// <param name="start_factor">Where the warmup starts, from 0 to 1; see <see cref="LinearWarmup"/>.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, <paramref name="timescale"/> is below 1, <paramref name="start_factor"/> is out of its
    /// range, or <paramref name="convention"/> is not defined.
    /// </exception>
    public static Schedule WarmupThenInverseSquareRoot(
        long warmup_steps,
        long? timescale = null,
        WarmupConvention convention = WarmupConvention.Default,
        double? start_factor = null)
    {
        Argument.NotNegative(warmup_steps, nameof(warmup_steps));
        var scale = Argument.Positive(timescale ?? DefaultTimescale(warmup_steps), nameof(timescale));
        return LinearWarmup(warmup_steps, convention, start_factor).Then(new InverseSquareRootDecaySchedule(scale));
    }

    /// <summary>
    /// The schedule of the Transformer: a straight line up to step number W, then down with the inverse square root of the step's
    /// number, without an end. With the model's width d it is <c>min(n^−0.5, n · W^−1.5) / √d</c> at step number n = k + 1, and meant
    /// for a learning rate of 1; without it the same curve has its peak at 1, so that the peak is the optimizer's own learning rate.
    /// Source: Vaswani et al., "Attention Is All You Need", section 5.3.
    /// </summary>
    /// <param name="warmup_steps">W, the length of the warmup in steps, at least 0; 0 is no warmup.</param>
    /// <param name="d_model">d, the width of the model, at least 1; left out, the peak is 1.</param>
    /// <returns>A schedule without an end.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="warmup_steps"/> is negative, or <paramref name="d_model"/> is below 1.
    /// </exception>
    public static Schedule Noam(long warmup_steps, long? d_model = null)
    {
        Argument.NotNegative(warmup_steps, nameof(warmup_steps));
        var peak = d_model is { } width ? InverseSquareRoot.NoamPeak(warmup_steps, Argument.Positive(width, nameof(d_model))) : 1.0;
        return new NoamSchedule(warmup_steps, peak);
    }

    private static long DefaultTimescale(long warmup_steps) => warmup_steps == 0 ? InverseSquareRoot.DefaultTimescale : warmup_steps;
}
