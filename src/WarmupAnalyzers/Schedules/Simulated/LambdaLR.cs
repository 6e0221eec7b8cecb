using System;
using System.Collections.Immutable;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>The base rate times a function of the index, one function a group.</summary>
internal sealed class LambdaLR : SimulatedScheduler
{
    private readonly ImmutableArray<Func<int, Value>> _factors;

    public LambdaLR(ImmutableArray<Func<int, Value>> factors, int lastEpoch = -1)
        : base(lastEpoch) => _factors = factors;

    protected override double Next(ScheduleRun run, int group) => BaseRate(run, group) * Factor.Of(_factors, run, group);
}

/// <summary>The rate in force times a function of the index, which is never asked about index 0.</summary>
internal sealed class MultiplicativeLR : SimulatedScheduler
{
    private readonly ImmutableArray<Func<int, Value>> _factors;

    public MultiplicativeLR(ImmutableArray<Func<int, Value>> factors, int lastEpoch = -1)
        : base(lastEpoch) => _factors = factors;

    protected override double Next(ScheduleRun run, int group) =>
        run.Index > 0 ? run.Groups[group].LearningRate * Factor.Of(_factors, run, group) : run.Groups[group].LearningRate;
}

/// <summary>A user's function of the index: it may throw, be missing for a group, or not be known.</summary>
internal static class Factor
{
    public static double Of(ImmutableArray<Func<int, Value>> factors, ScheduleRun run, int group)
    {
        if (group >= factors.Length)
        {
            run.Fail(typeof(ArgumentOutOfRangeException).FullName!);
            return double.NaN;
        }

        var factor = run.IsKnown ? factors[group](run.Index) : Value.Unknown;
        if (factor.Kind == ValueKind.Thrown)
            run.Fail(factor.Exception);
        else if (!factor.Kind.IsNumber())
            run.Lose();
        return factor.ToDouble();
    }
}
