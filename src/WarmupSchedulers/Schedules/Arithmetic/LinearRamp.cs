using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>The factor of a linear warmup, in closed form.</summary>
internal static class LinearRamp
{
    /// <summary>The start factor of <c>LinearLR</c> where none is given.</summary>
    internal const double PyTorchStartFactor = 1.0 / 3.0;

    /// <summary>The start factor that a convention takes where none is given.</summary>
    internal static double DefaultStartFactor(WarmupConvention convention) =>
        convention == WarmupConvention.PyTorch ? PyTorchStartFactor : 0.0;

    /// <summary>The factor at <paramref name="step"/> &gt;= 0; 1 from <see cref="FullRateFrom"/> on, whatever the length.</summary>
    internal static double Factor(long step, long warmupSteps, WarmupConvention convention, double startFactor)
    {
        if (step >= FullRateFrom(warmupSteps, convention))
            return 1.0;

        return Math.Min(1.0, startFactor + (1.0 - startFactor) * Position(step, convention) / Span(warmupSteps, convention));
    }

    /// <summary>The first step at the full rate; not above zero where there is no ramp at all.</summary>
    internal static long FullRateFrom(long warmupSteps, WarmupConvention convention) =>
        convention is WarmupConvention.Default or WarmupConvention.Lightning ? warmupSteps - 1 : warmupSteps;

    // In double: step + 1 and W + 1 do not overflow, and are exact below 2^53.
    private static double Position(long step, WarmupConvention convention) =>
        convention is WarmupConvention.Default or WarmupConvention.NeMo ? step + 1.0 : step;

    private static double Span(long warmupSteps, WarmupConvention convention) => convention switch
    {
        WarmupConvention.NeMo => warmupSteps + 1.0,
        WarmupConvention.Lightning => warmupSteps - 1.0,
        _ => warmupSteps,
    };
}
