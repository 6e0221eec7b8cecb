using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>A factor function's values at some indices, under one assignment.</summary>
internal sealed class FactorCurve
{
    /// <summary>Below this share of the peak a factor is zero: the last digits of a cosine do not count.</summary>
    private const double NegligibleShare = 1e-12;

    private readonly ImmutableArray<int> _indices;
    private readonly Value[] _values;

    private FactorCurve(ImmutableArray<int> indices, Value[] values)
    {
        _indices = indices;
        _values = values;
        Peak = values.Select(value => Math.Abs(Number(value))).Where(number => number >= 0).DefaultIfEmpty(0).Max();
    }

    /// <summary>The largest absolute value.</summary>
    public double Peak { get; }

    /// <summary>Whether every value is a finite number.</summary>
    public bool IsKnown => _values.All(value => value.Kind.IsNumber() && !double.IsNaN(Number(value)) && !double.IsInfinity(Number(value)));

    /// <summary>The divisions whose truncated quotient reached some value.</summary>
    public IEnumerable<int> DivisionsAmong(int count) =>
        Enumerable.Range(0, count).Where(division => _values.Any(value => value.Trace.Holds(division)));

    /// <summary>Whether some value is computed from the index, not just chosen by it.</summary>
    public bool DependsOnIndex => _values.Any(value => value.Trace.DependsOnIndex);

    public ImmutableArray<int> Indices => _indices;

    public Value this[int position] => _values[position];

    public double NumberAt(int position) => Number(_values[position]);

    public double Maximum => _values.Max(Number);

    public bool IsNegligible(double factor) => Math.Abs(factor) <= NegligibleShare * Peak;

    /// <summary>How many different positive values there are.</summary>
    public int PositiveLevels => _values.Select(Number).Where(number => number > 0 && !IsNegligible(number)).Distinct().Count();

    /// <summary>How many different values there are.</summary>
    public int Levels => _values.Select(Number).Distinct().Count();

    public bool Equals(FactorCurve other) => _values.Zip(other._values, (mine, theirs) => Number(mine).Equals(Number(theirs))).All(same => same);

    public static FactorCurve Of(FactorRun run, ImmutableArray<int> indices) => new(indices, indices.Select(run.At).ToArray());

    private static double Number(Value value) => value.Kind.IsNumber() ? value.ToDouble() : double.NaN;
}

/// <summary>The indices at which a curve is looked at: all of the first ones, then up to four times the largest count in the function.</summary>
internal static class IndexRange
{
    private const int Dense = 128;
    private const int Sparse = 64;

    public static ImmutableArray<int> Of(int first, double largestCount)
    {
        var end = (int)Math.Min(1e8, Math.Max(4 * largestCount, 20));
        var largest = (int)Math.Min(1e8, largestCount);
        var indices = new SortedSet<int>(Enumerable.Range(first, Math.Min(end, Dense) + 1));
        for (var i = 0; i <= Sparse; i++)
            indices.Add(first + (int)((long)end * i / Sparse));
        for (var offset = -2; offset <= 2; offset++)
            indices.Add(Math.Max(first, largest + offset));
        return indices.ToImmutableArray();
    }
}
