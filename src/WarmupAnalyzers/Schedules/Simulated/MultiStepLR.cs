using System;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Times gamma at each milestone; a milestone named twice counts once.</summary>
internal sealed class MultiStepLR : SimulatedScheduler
{
    private readonly ImmutableSortedSet<int> _milestones;
    private readonly double _gamma;

    public MultiStepLR(ImmutableArray<int> milestones, double gamma, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _milestones = milestones.ToImmutableSortedSet();
        _gamma = gamma;
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        return _milestones.Contains(run.Index) ? rate * _gamma : rate;
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) =>
        baseRate * Math.Pow(_gamma, _milestones.Count(milestone => milestone <= run.Index));
}
