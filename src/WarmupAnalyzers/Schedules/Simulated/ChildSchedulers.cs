using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// The schedulers handed to another one. They are made before it, in an order that need not be that of the list, and one may
/// stand in the list twice. Or they come from a lazy query, which makes them anew whenever it is enumerated.
/// </summary>
internal sealed class ChildSchedulers
{
    private readonly ImmutableArray<SimulatedScheduler> _made;
    private readonly ImmutableArray<int> _list;
    private readonly bool _isLazy;

    /// <param name="made">The schedulers in the order in which they are made.</param>
    /// <param name="list">The list, as positions among those made; left out where it is the same.</param>
    public ChildSchedulers(ImmutableArray<SimulatedScheduler> made, ImmutableArray<int> list = default)
        : this(made, list, isLazy: false)
    {
    }

    private ChildSchedulers(ImmutableArray<SimulatedScheduler> made, ImmutableArray<int> list, bool isLazy)
    {
        _made = made;
        _list = list.IsDefault ? Enumerable.Range(0, made.Length).ToImmutableArray() : list;
        _isLazy = isLazy;
    }

    public bool AreProportional => _made.All(scheduler => scheduler.IsProportional);

    /// <summary>The schedulers of a query such as <c>rates.Select(rate => StepLR(optimizer, rate))</c>.</summary>
    public static ChildSchedulers Lazy(params SimulatedScheduler[] schedulers) => new(schedulers.ToImmutableArray(), default, isLazy: true);

    /// <summary>
    /// The schedulers on an optimizer, as the list that is handed over. One that throws when it is made is all there is then:
    /// its run ends with the same.
    /// </summary>
    public IEnumerable<ScheduleRun> On(IReadOnlyList<ParameterGroup>? groups)
    {
        if (_isLazy)
            return _made.Select(scheduler => scheduler.Start(groups));
        var runs = new List<ScheduleRun>();
        foreach (var scheduler in _made)
        {
            runs.Add(scheduler.Start(groups));
            if (!runs[runs.Count - 1].IsKnown)
                return [runs[runs.Count - 1]];
        }

        return _list.Select(position => runs[position]).ToArray();
    }
}
