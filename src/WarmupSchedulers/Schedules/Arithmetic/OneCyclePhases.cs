using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>
/// The phases of the one-cycle policy: up to the peak, down again, and in three phases further down from where it began. The ends of the phases may lie
/// between two steps, as in <c>OneCycleLR</c>.
/// </summary>
internal sealed class OneCyclePhases(long totalSteps, double peakShare, bool threePhases, TransitionShape shape)
{
    /// <summary>The number of steps, the last of which has the last value.</summary>
    internal long TotalSteps => totalSteps;

    /// <inheritdoc />
    public override string ToString() =>
        Signature.Of("Phases", ("total_steps", totalSteps), ("pct_start", peakShare), ("three_phase", threePhases), ("shape", shape));

    /// <summary>The value at a step of a cycle from <paramref name="initial"/> to <paramref name="peak"/> and down to <paramref name="last"/>.</summary>
    internal double At(long step, double initial, double peak, double last)
    {
        var number = (double)Math.Min(step, totalSteps - 1);
        var top = peakShare * totalSteps - 1.0;
        if (number <= top)
            return Between(initial, peak, number, 0.0, top);

        var (end, low) = threePhases ? (2.0 * top, initial) : (TotalSteps - 1.0, last);
        if (number <= end)
            return Between(peak, low, number, top, end);

        return Between(low, last, number, end, totalSteps - 1.0);
    }

    private double Between(double from, double to, double step, double start, double end)
    {
        // A phase of no length is its end.
        var way = end > start ? (step - start) / (end - start) : 1.0;
        if (way >= 1.0)
            return to;

        return shape == TransitionShape.Cosine ? to + (from - to) * (0.5 * (1.0 + Math.Cos(Math.PI * way))) : from + (to - from) * way;
    }
}
