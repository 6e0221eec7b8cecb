using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// One scheduler after the other, each from its milestone. All of them are made on the same optimizer before; the rates go
/// back to where they began, every scheduler by one index, and only the first steps again.
/// </summary>
internal sealed class SequentialLR : SimulatedScheduler
{
    private readonly ChildSchedulers _children;
    private readonly ImmutableArray<int> _milestones;

    public SequentialLR(ChildSchedulers children, ImmutableArray<int> milestones, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _children = children;
        _milestones = milestones;
    }

    public SequentialLR(ImmutableArray<SimulatedScheduler> children, ImmutableArray<int> milestones, int lastEpoch = -1)
        : this(new ChildSchedulers(children), milestones, lastEpoch)
    {
    }

    public override bool IsProportional => _children.AreProportional;

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups) => Start(groups, _children.On(groups));

    /// <summary>What the constructor does with schedulers that are already at work.</summary>
    public ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups, IEnumerable<ScheduleRun> children)
    {
        var run = new Run(this, groups, unchecked(LastEpoch + 1));
        Begin(run, children);
        return run;
    }

    protected override void Prepare(ScheduleRun run)
    {
        var active = _milestones.Length;
        while (active > 0 && _milestones[active - 1] > run.Index)
            active--;
        var child = ((Run)run).Children[active];
        if (active > 0 && _milestones[active - 1] == run.Index)
            child.StepTo(0);
        else
            child.Step();
        run.GoesOnWith(child);
    }

    protected override double Next(ScheduleRun run, int group) => run.Groups[group].LearningRate;

    // The list is gone through three times: for the optimizer, for the count and to keep it.
    private void Begin(Run run, IEnumerable<ScheduleRun> children)
    {
        foreach (var child in children)
        {
            if (run.GoesOnWith(child) && !child.IsBoundTo(run.Groups))
                run.Fail(typeof(ArgumentException));
            if (!run.IsKnown)
                return;
        }

        if (Count() != _milestones.Length + 1 && run.IsKnown)
        {
            Count(); // for the message
            run.Fail(typeof(ArgumentException));
        }

        run.Children = run.IsKnown ? children.TakeWhile(run.GoesOnWith).ToArray() : [];
        if (run.IsKnown)
            Rewind(run);

        int Count() => children.TakeWhile(run.GoesOnWith).Count();
    }

    private static void Rewind(Run run)
    {
        foreach (var group in run.Groups)
            group.LearningRate = group.InitialLearningRate;
        foreach (var child in run.Children)
            child.Index = unchecked(child.Index - 1);
        run.Children[0].Step();
        run.GoesOnWith(run.Children[0]);
        run.LastRates = run.Children[0].LastRates;
    }

    private sealed class Run(SequentialLR scheduler, IReadOnlyList<ParameterGroup>? groups, int lastEpoch) : ScheduleRun(scheduler, groups, lastEpoch)
    {
        public ScheduleRun[] Children { get; set; } = [];
    }
}
