using System;

namespace WarmupSchedulers;

/// <summary>
/// How many optimizer steps a training makes. Every length of this library is in steps; whoever thinks in epochs comes by here.
/// </summary>
#if WARMUP_ANALYZERS
internal
#else
public
#endif
static class TrainingSteps
{
    /// <summary>The batches of one epoch.</summary>
    /// <param name="samples">The number of samples, at least 0.</param>
    /// <param name="batch_size">The samples of a batch, at least 1.</param>
    /// <param name="drop_last">Whether the last batch is left out where it is not full, as by <c>DataLoader</c>. Default: false.</param>
    /// <returns>A number of batches.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="samples"/> is negative, or <paramref name="batch_size"/> is below 1.</exception>
    public static long BatchesPerEpoch(long samples, long batch_size, bool drop_last = false)
    {
        Argument.NotNegative(samples, nameof(samples));
        Argument.Positive(batch_size, nameof(batch_size));
        return samples / batch_size + (!drop_last && samples % batch_size > 0 ? 1 : 0);
    }

    /// <summary>The optimizer steps of a number of epochs.</summary>
    /// <param name="epochs">The number of epochs, at least 0; a warmup may be part of one.</param>
    /// <param name="batches_per_epoch">The batches of an epoch, at least 0, such as <c>loader.Count</c>.</param>
    /// <param name="accumulation_steps">Over how many batches the gradients are added up before a step, at least 1. Default: 1.</param>
    /// <param name="drop_last">
    /// Whether gradients of fewer batches at the end of an epoch are thrown away; else they are a step of their own. Default: false.
    /// </param>
    /// <returns>A number of steps, rounded to the nearest for a part of an epoch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or there are more steps than a <see cref="long"/> holds.</exception>
    public static long OfEpochs(double epochs, long batches_per_epoch, long accumulation_steps = 1, bool drop_last = false)
    {
        Argument.Factor(epochs, nameof(epochs));
        Argument.NotNegative(batches_per_epoch, nameof(batches_per_epoch));
        Argument.Positive(accumulation_steps, nameof(accumulation_steps));
        var perEpoch = batches_per_epoch / accumulation_steps + (!drop_last && batches_per_epoch % accumulation_steps > 0 ? 1 : 0);
        var steps = Math.Round(epochs * perEpoch, MidpointRounding.AwayFromZero);
        return steps < long.MaxValue ? (long)steps : throw Argument.OutOfRange(epochs, nameof(epochs), "must not make more steps than a long holds");
    }

    /// <summary>A share of a number of steps, such as the warmup of 6 % of a training.</summary>
    /// <param name="ratio">The share, from 0 to 1.</param>
    /// <param name="total_steps">The number of steps, at least 0.</param>
    /// <returns>A number of steps, rounded up as Hugging Face Transformers does with its <c>warmup_ratio</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ratio"/> does not lie between 0 and 1, or <paramref name="total_steps"/> is negative.</exception>
    public static long OfRatio(double ratio, long total_steps)
    {
        Argument.Fraction(ratio, nameof(ratio));
        Argument.NotNegative(total_steps, nameof(total_steps));
        // In decimal: 0.1 of 30 is 3 steps and not 4.
        return (long)Math.Ceiling((decimal)ratio * total_steps);
    }
}
