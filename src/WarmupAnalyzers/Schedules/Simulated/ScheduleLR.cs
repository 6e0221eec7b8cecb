using System;
using System.Collections.Generic;
using System.Linq;
using WarmupSchedulers;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// The scheduler of our own library: a <c>LambdaLR</c> that also knows groups which were added later. What it computes comes
/// from the library's own source.
/// </summary>
internal sealed class ScheduleLR : SimulatedScheduler
{
    private readonly Func<OptimizerGroups, GroupSchedules> _schedules;

    /// <summary>One schedule for all groups.</summary>
    public ScheduleLR(Schedule schedule, int lastEpoch = -1)
        : base(lastEpoch) => _schedules = _ => GroupSchedules.Shared(schedule, nameof(schedule));

    /// <summary>A schedule for each group.</summary>
    public ScheduleLR(IReadOnlyList<Schedule> schedules, int lastEpoch = -1)
        : base(lastEpoch) => _schedules = optimizer => GroupSchedules.PerGroup(schedules, nameof(schedules), optimizer);

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new Run(this, groups ?? [], LastEpoch);
        if (groups is null)
            run.Fail(typeof(ArgumentNullException));
        else if (groups.Count == 0 || groups.Distinct().Count() < groups.Count)
            run.Fail(typeof(ArgumentException));
        else
            Guarded(run, () => Begin(run, new OptimizerGroups(groups)));
        return run;
    }

    public override void Step(ScheduleRun run, int? epoch)
    {
        if (epoch < 0)
            run.Fail(typeof(ArgumentOutOfRangeException));
        else
            Guarded(run, () => Advance((Run)run, epoch));
    }

    protected override double Next(ScheduleRun run, int group) => ((Run)run).Next(group);

    private void Begin(Run run, OptimizerGroups optimizer)
    {
        var rates = new GroupRates(optimizer, _schedules(optimizer));
        Resumption.Checked(LastEpoch, rates);
        run.Factors = rates.Lambdas();
        base.Step(run, null);
        rates.Compute(run.Index);
        run.Rates = rates;
    }

    private void Advance(Run run, int? epoch)
    {
        base.Step(run, epoch);
        run.Rates?.Apply();
    }

    // The library refuses what it cannot do by an exception.
    private static void Guarded(ScheduleRun run, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            run.Fail(exception.GetType());
        }
    }

    private sealed class Run(ScheduleLR scheduler, IReadOnlyList<ParameterGroup> groups, int lastEpoch) : ScheduleRun(scheduler, groups, lastEpoch)
    {
        public IReadOnlyList<Func<int, double>> Factors { get; set; } = [];

        /// <summary>Null while the constructor of the base makes the first step.</summary>
        public GroupRates? Rates { get; set; }

        // All rates are computed when the first is asked for.
        public double Next(int group)
        {
            if (Rates is null)
                return BaseRates[group] * Factors[group](Index);
            if (group == 0)
                Rates.Compute(Index);
            return Rates.Last[group];
        }
    }
}
