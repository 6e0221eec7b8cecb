using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// A scheduler at work on an optimizer's groups. Starts as the constructor leaves it, and steps. Once it is not known, or has
/// thrown, the rates stay as they were.
/// </summary>
internal class ScheduleRun
{
    public ScheduleRun(SimulatedScheduler scheduler, IReadOnlyList<ParameterGroup> groups, int lastEpoch)
    {
        Scheduler = scheduler;
        Groups = groups;
        Index = lastEpoch;
        BaseRates = groups.Select(group => group.InitialLearningRate).ToArray();
    }

    public SimulatedScheduler Scheduler { get; }

    /// <summary>The optimizer's groups. Those added after the scheduler's creation have no base rate.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The rates that closed forms start from; those of the groups at creation.</summary>
    public IReadOnlyList<double> BaseRates { get; }

    /// <summary>The schedule index in force (<c>last_epoch</c>).</summary>
    public int Index { get; set; }

    /// <summary>The metadata name of the exception that a step ended with; null where there was none.</summary>
    public string? Exception { get; private set; }

    /// <summary>Whether the rates are what TorchSharp would have; false after an exception and after a factor that is not known.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary><c>step()</c>.</summary>
    public void Step() => StepTo(null);

    /// <summary><c>step(epoch)</c>: with an index it jumps there by the closed form.</summary>
    public void StepTo(int? epoch)
    {
        if (IsKnown)
            Scheduler.Step(this, epoch);
    }

    public void Fail(string exception)
    {
        Exception = exception;
        IsKnown = false;
    }

    public void Lose() => IsKnown = false;
}
