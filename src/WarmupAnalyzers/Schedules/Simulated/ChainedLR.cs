using System;
using System.Collections.Generic;
using System.Collections.Immutable;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Several schedulers, all stepped at every step. Knows neither optimizer nor rates, and nothing but <c>step()</c>.</summary>
internal sealed class ChainedLR : SimulatedScheduler
{
    private readonly ChildSchedulers _children;

    public ChainedLR(ChildSchedulers children)
        : base(-1) => _children = children;

    public ChainedLR(ImmutableArray<SimulatedScheduler> children)
        : this(new ChildSchedulers(children))
    {
    }

    public override bool IsProportional => _children.AreProportional;

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var children = _children.On(groups);
        var run = new Run(this, groups ?? [], children);
        // What a query makes is not made before the first step.
        if (children is IReadOnlyList<ScheduleRun> made)
            run.GoesOnWithAll(made);
        return run;
    }

    /// <summary>What the constructor does with schedulers that are already at work.</summary>
    public ScheduleRun Start(IReadOnlyList<ParameterGroup> groups, IReadOnlyList<ScheduleRun> children) => new Run(this, groups, children);

    public override void Step(ScheduleRun run)
    {
        foreach (var child in ((Run)run).Children)
        {
            if (!run.GoesOnWith(child))
                return;
            child.Step();
            if (!run.GoesOnWith(child))
                return;
        }
    }

    public override void Step(ScheduleRun run, int? epoch) => run.Fail(typeof(NullReferenceException));

    protected override double Next(ScheduleRun run, int group) => run.Groups[group].LearningRate;

    private sealed class Run : ScheduleRun
    {
        public Run(ChainedLR scheduler, IReadOnlyList<ParameterGroup> groups, IEnumerable<ScheduleRun> children)
            : base(scheduler, groups, -1)
        {
            Children = children;
            BaseRates = [];
            LastRates = null;
        }

        public IEnumerable<ScheduleRun> Children { get; }

        public override bool IsBoundTo(IReadOnlyList<ParameterGroup> groups) => false;

        public void GoesOnWithAll(IReadOnlyList<ScheduleRun> children)
        {
            foreach (var child in children)
                GoesOnWith(child);
        }
    }
}
