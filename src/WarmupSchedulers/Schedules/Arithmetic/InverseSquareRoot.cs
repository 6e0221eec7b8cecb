using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The factors of decays with the inverse square root of the step, in closed form. They have no end.</summary>
internal static class InverseSquareRoot
{
    /// <summary>The time scale of a decay that has no warmup to take it from.</summary>
    internal const long DefaultTimescale = 10_000;

    /// <summary><c>√(T / (k + T))</c>: 1 at step 0, one half at step 3 T.</summary>
    internal static double Decay(long step, long timescale) => Math.Sqrt(timescale / (step + (double)timescale));

    /// <summary><c>scale · min((k + 1) / W, √(W / (k + 1)))</c>; a warmup of no step is one of a single step.</summary>
    internal static double Noam(long step, long warmupSteps, double scale)
    {
        // In double: step + 1 does not overflow, and is exact below 2^53.
        var number = step + 1.0;
        var peak = Math.Max(1.0, warmupSteps);
        return scale * Math.Min(number / peak, Math.Sqrt(peak / number));
    }

    /// <summary>What the peak of a Noam schedule is in the paper: <c>1 / √(d · W)</c>.</summary>
    internal static double NoamPeak(long warmupSteps, long modelSize) => 1.0 / Math.Sqrt(modelSize * Math.Max(1.0, warmupSteps));
}
