using System;
using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// A scheduler with its arguments; immutable. Computes what TorchSharp computes, in the same order of operations, so that the
/// rates are the same bit for bit. A scheduler with state of its own brings its own kind of run.
/// </summary>
internal abstract class SimulatedScheduler
{
    protected SimulatedScheduler(int lastEpoch) => LastEpoch = lastEpoch;

    /// <summary>Whether all rates are multiples of the base rate, whatever that is.</summary>
    public virtual bool IsProportional => true;

    /// <summary>The argument <c>last_epoch</c>.</summary>
    protected int LastEpoch { get; }

    /// <summary>What the constructor does: most of them make a first step. Without groups there is no optimizer, which throws.</summary>
    public virtual ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new ScheduleRun(this, groups, LastEpoch);
        run.Step();
        return run;
    }

    /// <summary><c>step()</c>.</summary>
    public virtual void Step(ScheduleRun run) => Step(run, null);

    /// <summary><c>step(int?)</c>.</summary>
    public virtual void Step(ScheduleRun run, int? epoch)
    {
        run.Index = epoch ?? unchecked(run.Index + 1);
        Prepare(run);
        var isJump = run.IsKnown && epoch is not null && ClosedForm(run, 1) is not null;
        var rates = new double[isJump ? run.BaseRates.Count : run.Groups.Count];
        for (var group = 0; group < rates.Length && run.IsKnown; group++)
            rates[group] = isJump ? ClosedForm(run, run.BaseRates[group])!.Value : Next(run, group);
        if (run.IsKnown)
            Write(run, rates);
    }

    /// <summary><c>step(double, int?)</c>: all but one ignore the number.</summary>
    public virtual void Step(ScheduleRun run, double metric, int? epoch) => Step(run, epoch);

    /// <summary>What happens at a step before any rate is computed, at the new <see cref="ScheduleRun.Index"/>.</summary>
    protected virtual void Prepare(ScheduleRun run)
    {
    }

    /// <summary>The group's next rate, from the one in force; at <see cref="ScheduleRun.Index"/>, which has already moved on.</summary>
    protected abstract double Next(ScheduleRun run, int group);

    /// <summary>The rate at the index, from a base rate; null where a scheduler has no closed form and jumps as it steps.</summary>
    protected virtual double? ClosedForm(ScheduleRun run, double baseRate) => null;

    /// <summary>The group's base rate, or an exception for a group that was added later.</summary>
    protected static double BaseRate(ScheduleRun run, int group) => run.ElementAt(run.BaseRates, group);

    // Groups that were added later keep their rate.
    private static void Write(ScheduleRun run, double[] rates)
    {
        for (var group = 0; group < run.BaseRates.Count && run.IsKnown; group++)
            Write(run, group, rates);
    }

    private static void Write(ScheduleRun run, int group, double[] rates)
    {
        if (group >= rates.Length)
        {
            run.Fail(typeof(ArgumentOutOfRangeException));
            return;
        }

        run.Groups[group].LearningRate = rates[group];
        if (run.LastRates is { } last && group < last.Length)
            last[group] = rates[group];
        else
            run.Fail(typeof(ArgumentOutOfRangeException));
    }
}
