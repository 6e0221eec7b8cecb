using System;
using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// One of TorchSharp's schedulers with its arguments; immutable. Computes what TorchSharp computes, in the same order of
/// operations, so that the rates are the same bit for bit. A scheduler with state of its own brings its own kind of run.
/// </summary>
internal abstract class SimulatedScheduler
{
    private readonly int _lastEpoch;

    protected SimulatedScheduler(int lastEpoch) => _lastEpoch = lastEpoch;

    /// <summary>What the constructor does: most of them make a first step.</summary>
    public virtual ScheduleRun Start(IReadOnlyList<ParameterGroup> groups)
    {
        var run = new ScheduleRun(this, groups, _lastEpoch);
        run.Step();
        return run;
    }

    public virtual void Step(ScheduleRun run, int? epoch)
    {
        run.Index = epoch ?? unchecked(run.Index + 1);
        var isJump = epoch is not null && ClosedForm(run, 1) is not null;
        var rates = new double[isJump ? run.BaseRates.Count : run.Groups.Count];
        for (var group = 0; group < rates.Length && run.IsKnown; group++)
            rates[group] = isJump ? ClosedForm(run, run.BaseRates[group])!.Value : Next(run, group);
        if (run.IsKnown)
            Write(run, rates);
    }

    /// <summary>The group's next rate, from the one in force; at <see cref="ScheduleRun.Index"/>, which has already moved on.</summary>
    protected abstract double Next(ScheduleRun run, int group);

    /// <summary>The rate at the index, from a base rate; null where a scheduler has no closed form and jumps as it steps.</summary>
    protected virtual double? ClosedForm(ScheduleRun run, double baseRate) => null;

    /// <summary>The group's base rate, or an exception for a group that was added later.</summary>
    protected static double BaseRate(ScheduleRun run, int group)
    {
        if (group < run.BaseRates.Count)
            return run.BaseRates[group];
        run.Fail(typeof(ArgumentOutOfRangeException).FullName!);
        return double.NaN;
    }

    // Groups that were added later keep their rate.
    private static void Write(ScheduleRun run, double[] rates)
    {
        for (var group = 0; group < run.BaseRates.Count; group++)
            run.Groups[group].LearningRate = rates[group];
    }
}
