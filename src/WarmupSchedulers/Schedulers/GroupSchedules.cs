using System;
using System.Collections.Generic;
using System.Linq;
#if WARMUP_ANALYZERS
using Optimizer = WarmupAnalyzers.Schedules.Simulated.OptimizerGroups;
#else
using static TorchSharp.torch.optim;
#endif

namespace WarmupSchedulers;

/// <summary>Which schedule each parameter group follows: one for all, or one for each.</summary>
internal sealed class GroupSchedules
{
    private readonly Schedule[] _schedules;
    private readonly bool _shared;

    private GroupSchedules(Schedule[] schedules, bool shared) => (_schedules, _shared) = (schedules, shared);

    internal static GroupSchedules Shared(Schedule? schedule, string name) =>
        new([Argument.NotNull(schedule, name)], shared: true);

    internal static GroupSchedules PerGroup(IEnumerable<Schedule>? schedules, string name, Optimizer optimizer)
    {
        var list = Argument.NotNull(schedules, name).ToArray();
        var hole = Array.IndexOf(list, null!);
        if (hole >= 0)
            throw new ArgumentNullException(name, $"'{name}' holds null at {hole}.");

        var groups = optimizer.ParamGroups.Count();
        if (list.Length != groups)
            throw new ArgumentException($"'{name}' must hold one schedule for each of the optimizer's {groups} parameter groups, but holds {list.Length}.", name);

        return new(list, shared: false);
    }

    /// <inheritdoc />
    public override string ToString() => _shared ? _schedules[0].ToString() : "[" + string.Join(", ", (object[])_schedules) + "]";

    /// <summary>The factor of all groups, where they share one schedule: it is computed once and not for each of them.</summary>
    internal double? Shared(long step) => _shared ? _schedules[0].Factor(step) : null;

    internal double Factor(int group, long step)
    {
        if (_shared)
            return _schedules[0].Factor(step);
        if (group < _schedules.Length)
            return _schedules[group].Factor(step);

        throw new InvalidOperationException($"The optimizer has got a parameter group {group}, but this scheduler was made with {_schedules.Length} schedules, one for each group there was. Make a new scheduler after add_param_group.");
    }
}
