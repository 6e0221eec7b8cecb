using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The factors of decays from 1 to a minimum, in closed form, clamped past their end.</summary>
internal static class Decay
{
    /// <summary><c>min + (1 − min) · (D − k) / D</c>, and min from step D on.</summary>
    internal static double Linear(long step, long decaySteps, double minFactor)
    {
        if (step >= decaySteps)
            return minFactor;

        return minFactor + (1.0 - minFactor) * ((decaySteps - step) / (double)decaySteps);
    }

    /// <summary><c>min + (1 − min) · (1 + cos(π · k / D)) / 2</c>, and min from step D on.</summary>
    internal static double Cosine(long step, long decaySteps, double minFactor)
    {
        if (step >= decaySteps)
            return minFactor;

        return minFactor + (1.0 - minFactor) * (0.5 * (1.0 + Math.Cos(Math.PI * (step / (double)decaySteps))));
    }
}
