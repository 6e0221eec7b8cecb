using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// A factor function's values at some indices, under one assignment, as far as they are finite numbers: what comes after an
/// exception or a NaN (a table that ends, a root of a negative number) says nothing about what comes before.
/// </summary>
internal sealed class FactorCurve
{
    /// <summary>Below this share of the peak a factor is zero: the last digits of a cosine do not count.</summary>
    private const double NegligibleShare = 1e-12;

    private readonly ImmutableArray<int> _indices;
    private readonly Value[] _values;

    private FactorCurve(ImmutableArray<int> indices, Value[] values, bool meetsUnknown)
    {
        _indices = indices;
        _values = values;
        MeetsUnknown = meetsUnknown;
        Peak = values.Select(value => Math.Abs(value.ToDouble())).DefaultIfEmpty(0).Max();
    }

    /// <summary>How many values there are before the first that is no finite number.</summary>
    public int Length => _values.Length;

    /// <summary>Whether the compiler could not follow the function: then nothing is claimed.</summary>
    public bool MeetsUnknown { get; }

    /// <summary>The largest absolute value.</summary>
    public double Peak { get; }

    /// <summary>Whether some value is computed from the index, not just chosen by it.</summary>
    public bool DependsOnIndex => _values.Any(value => value.Trace.DependsOnIndex);

    public double Maximum => _values.Max(value => value.ToDouble());

    public double Minimum => _values.Min(value => value.ToDouble());

    /// <summary>How many different values there are that are not zero.</summary>
    public int NonzeroLevels => _values.Select(value => value.ToDouble()).Where(number => !IsNegligible(number)).Distinct().Count();

    /// <summary>How many different values that are not zero a division's truncated quotient reached.</summary>
    public int NonzeroLevelsThrough(int division) => _values.Where(value => value.Trace.Holds(division))
        .Select(value => value.ToDouble()).Where(number => !IsNegligible(number)).Distinct().Count();

    /// <summary>How many different values there are.</summary>
    public int Levels => _values.Select(value => value.ToDouble()).Distinct().Count();

    public Value this[int position] => _values[position];

    public int IndexAt(int position) => _indices[position];

    public double NumberAt(int position) => _values[position].ToDouble();

    public bool IsNegligible(double factor) => Math.Abs(factor) <= NegligibleShare * Peak;

    /// <summary>The divisions, of so many, whose truncated quotient reached some value.</summary>
    public IEnumerable<int> DivisionsAmong(int count) =>
        Enumerable.Range(0, count).Where(division => _values.Any(value => value.Trace.Holds(division)));

    /// <summary>Whether both have the same values as far as both go.</summary>
    public bool Equals(FactorCurve other) =>
        _values.Zip(other._values, (mine, theirs) => mine.ToDouble().Equals(theirs.ToDouble())).All(same => same);

    public static FactorCurve Of(FactorRun run, ImmutableArray<int> indices)
    {
        var values = new List<Value>(indices.Length);
        foreach (var index in indices)
        {
            var value = run.At(index);
            if (value.Kind == ValueKind.Unknown)
                return new FactorCurve(indices, values.ToArray(), meetsUnknown: true);
            if (!IsFinite(value))
                break;
            values.Add(value);
        }

        return new FactorCurve(indices, values.ToArray(), meetsUnknown: false);
    }

    private static bool IsFinite(Value value) =>
        value.Kind.IsNumber() && !double.IsNaN(value.ToDouble()) && !double.IsInfinity(value.ToDouble());
}

/// <summary>The indices at which a curve is looked at: all of the first ones, then up to four times the largest count in the function.</summary>
internal static class IndexRange
{
    private const int Dense = 128;
    private const int Sparse = 64;

    /// <param name="last">The last index that can be looked at: all of them up to there may have to be computed.</param>
    public static ImmutableArray<int> Of(int first, double largestCount, int last = int.MaxValue)
    {
        var reach = Math.Min(1e8, Math.Max(0, last - first));
        var end = (int)Math.Min(reach, Math.Max(4 * largestCount, 20));
        var largest = (int)Math.Min(1e8, largestCount);
        var indices = new List<int>(Dense + Sparse + 16);
        for (var i = 0; i <= Math.Min(end, Dense); i++)
            indices.Add(first + i);
        for (var i = 0; i <= Sparse; i++)
            indices.Add(first + (int)((long)end * i / Sparse));
        for (var offset = -2; offset <= 2; offset++)
            indices.Add(Math.Max(first, largest + offset));
        // Where a floor or a decay of a function without counts shows.
        for (var far = 1_000; far <= 1_000_000; far *= 10)
            indices.Add(far);
        indices.Sort();
        var distinct = ImmutableArray.CreateBuilder<int>(indices.Count);
        foreach (var index in indices)
        {
            if (index <= last && (distinct.Count == 0 || distinct[distinct.Count - 1] != index))
                distinct.Add(index);
        }

        return distinct.ToImmutable();
    }
}
