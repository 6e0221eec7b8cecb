using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>An argument with a number for each parameter group: the same for all, or a list, which may be too short.</summary>
internal readonly struct GroupValues
{
    private readonly double _same;
    private readonly ImmutableArray<double> _each;

    private GroupValues(double same, ImmutableArray<double> each)
    {
        _same = same;
        _each = each;
    }

    public static implicit operator GroupValues(double value) => new(value, default);

    /// <summary>A list as it is given.</summary>
    public static GroupValues Each(ImmutableArray<double> values) => new(double.NaN, values);

    /// <summary>The list that a scheduler keeps for an optimizer with so many groups.</summary>
    public IReadOnlyList<double> For(int groups) => _each.IsDefault ? Enumerable.Repeat(_same, groups).ToArray() : _each;
}
