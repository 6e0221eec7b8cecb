using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The factors of decays from 1 to a minimum, in closed form, clamped past their end.</summary>
internal static class Decay
{
    /// <summary>The cycles of a cosine that only falls.</summary>
    internal const double HalfCycle = 0.5;

    // So many that a cosine has no meaning any more; twice the largest double has none at all.
    private const double MostWaves = 1e300;

    /// <summary><c>min + (1 − min) · (D − k) / D</c>, and min from step D on.</summary>
    internal static double Linear(long step, long decaySteps, double minFactor)
    {
        if (step >= decaySteps)
            return minFactor;

        return minFactor + (1.0 - minFactor) * ((decaySteps - step) / (double)decaySteps);
    }

    /// <summary><c>min + (1 − min) · (1 + cos(2π · c · k / D)) / 2</c> with c cycles, and what it is at step D from there on.</summary>
    internal static double Cosine(long step, long decaySteps, double minFactor, double cycles)
    {
        if (step >= decaySteps)
            return cycles == HalfCycle ? minFactor : Wave(1.0, minFactor, cycles);

        return Wave(step / (double)decaySteps, minFactor, cycles);
    }

    /// <summary><c>min + (1 − min) · ((D − k) / D)^power</c>, and min from step D on.</summary>
    internal static double Polynomial(long step, long decaySteps, double power, double minFactor)
    {
        if (step >= decaySteps)
            return minFactor;

        return minFactor + (1.0 - minFactor) * Math.Pow((decaySteps - step) / (double)decaySteps, power);
    }

    private static double Wave(double position, double minFactor, double cycles) =>
        minFactor + (1.0 - minFactor) * (0.5 * (1.0 + Math.Cos(Math.PI * Math.Min(2.0 * cycles, MostWaves) * position)));
}
