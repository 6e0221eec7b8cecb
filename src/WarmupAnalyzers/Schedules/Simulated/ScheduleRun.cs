using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// A scheduler at work on an optimizer's groups. Starts as the constructor leaves it, and steps. Once it is not known, or has
/// thrown, the rates stay as they were.
/// </summary>
internal class ScheduleRun
{
    /// <summary>What the base constructor of every scheduler does; without an optimizer it throws.</summary>
    public ScheduleRun(SimulatedScheduler scheduler, IReadOnlyList<ParameterGroup>? groups, int lastEpoch)
    {
        Scheduler = scheduler;
        Groups = groups ?? [];
        Index = lastEpoch;
        BaseRates = Groups.Select(group => group.InitialLearningRate).ToArray();
        LastRates = Groups.Select(group => group.LearningRate).ToArray();
        if (groups is null)
            Fail(typeof(NullReferenceException));
    }

    public SimulatedScheduler Scheduler { get; }

    /// <summary>The optimizer's groups. Those added after the scheduler's creation have no base rate.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The rates that closed forms start from; those of the groups at creation.</summary>
    public IReadOnlyList<double> BaseRates { get; protected set; }

    /// <summary>What <c>get_last_lr()</c> gives: the list itself, which changes with every step; null for <c>ChainedLR</c>.</summary>
    public double[]? LastRates { get; set; }

    /// <summary>The schedule index in force (<c>last_epoch</c>).</summary>
    public int Index { get; set; }

    /// <summary>The metadata name of the exception that a step ended with; null where there was none.</summary>
    public string? Exception { get; private set; }

    /// <summary>Whether the rates are what TorchSharp would have; false after an exception and after a factor that is not known.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary><c>step()</c>.</summary>
    public void Step()
    {
        if (IsKnown)
            Scheduler.Step(this);
    }

    /// <summary><c>step(epoch)</c>: with an index it jumps there by the closed form.</summary>
    public void StepTo(int? epoch)
    {
        if (IsKnown)
            Scheduler.Step(this, epoch);
    }

    /// <summary><c>step(current, epoch)</c>: the metric counts for <c>ReduceLROnPlateau</c> alone.</summary>
    public void StepWith(double metric, int? epoch = null)
    {
        if (IsKnown)
            Scheduler.Step(this, metric, epoch);
    }

    /// <summary>Whether the scheduler is bound to the optimizer of these groups.</summary>
    public virtual bool IsBoundTo(IReadOnlyList<ParameterGroup> groups) => ReferenceEquals(Groups, groups);

    /// <summary>The element of a list, or the exception where it has none there.</summary>
    public double ElementAt(IReadOnlyList<double> list, int index)
    {
        if (index >= 0 && index < list.Count)
            return list[index];
        Fail(typeof(ArgumentOutOfRangeException));
        return double.NaN;
    }

    public void Fail(Type exception) => Fail(exception.FullName!);

    /// <summary>Ends the run with an exception; a later one does not happen any more.</summary>
    public void Fail(string exception)
    {
        if (IsKnown)
            Exception = exception;
        IsKnown = false;
    }

    public void Lose() => IsKnown = false;

    /// <summary>Ends with a scheduler that this one has stepped or was made with. True where that one goes on.</summary>
    public bool GoesOnWith(ScheduleRun other)
    {
        if (other.Exception is { } exception)
            Fail(exception);
        else if (!other.IsKnown)
            Lose();
        return IsKnown;
    }
}
