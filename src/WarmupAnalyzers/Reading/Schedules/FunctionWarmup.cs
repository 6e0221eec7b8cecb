using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>Functions that rise to a plateau, or to where a decay begins.</summary>
internal sealed class FunctionWarmup : IWarmupRun
{
    private const double Tolerance = 1e-9;

    private readonly ImmutableArray<FactorRun> _groups;
    private readonly double _largestCount;

    /// <param name="groups">The function of each parameter group.</param>
    /// <param name="largestCount">The largest count that they know of.</param>
    public FunctionWarmup(ImmutableArray<FactorRun> groups, double largestCount)
    {
        _groups = groups;
        _largestCount = largestCount;
    }

    public double FactorAt(int step) => _groups[0].FactorAt(step);

    public double? LengthFrom(int steps)
    {
        var ends = _groups.Select(group => EndOf(group, steps)).ToArray();
        return ends.All(end => end >= steps) ? ends.Min() : null;
    }

    // The first index with the full rate; null where there is no ramp that leads to one.
    private int? EndOf(FactorRun run, int steps)
    {
        // Most warmups are done by then.
        if (!(run.FactorAt(steps - 1) > run.FactorAt(0)) || IsRatio(run))
            return null;
        var indices = IndexRange.Of(0, Math.Max(_largestCount, steps));
        var rising = RisingPart(run, indices);
        if (rising.Count == 0 || !EndsThere(run, indices[indices.Length - 1], rising[rising.Count - 1]))
            return null;
        var end = FirstAt(run, rising[rising.Count - 1]);
        return run.FactorAt(0) < run.FactorAt(end / 2) && run.FactorAt(end / 2) < run.FactorAt(end) * (1 - Tolerance) ? end : null;
    }

    // None where it leads to what is no rate, or is not known.
    private static List<(int Index, double Factor)> RisingPart(FactorRun run, ImmutableArray<int> indices)
    {
        var rising = new List<(int Index, double Factor)>();
        foreach (var index in indices)
        {
            var factor = run.FactorAt(index);
            if (!(factor >= 0) || double.IsInfinity(factor))
                return [];
            if (rising.Count > 0 && factor < rising[rising.Count - 1].Factor * (1 - Tolerance))
                break;
            rising.Add((index, factor));
        }

        return rising;
    }

    // A ramp without a cap that the training ends before may be meant: it leads to nothing.
    private static bool EndsThere(FactorRun run, int lookedAt, (int Index, double Factor) last) =>
        last.Index < lookedAt || run.FactorAt(last.Index / 2) >= last.Factor * (1 - Tolerance);

    private static int FirstAt(FactorRun run, (int Index, double Factor) full)
    {
        var (below, at) = (0, full.Index);
        while (below + 1 < at)
        {
            var middle = below + ((at - below) / 2);
            (below, at) = run.FactorAt(middle) < full.Factor * (1 - Tolerance) ? (middle, at) : (below, middle);
        }

        return at;
    }

    // A learning-rate range test.
    private static bool IsRatio(FactorRun run)
    {
        var ratio = run.FactorAt(1) / run.FactorAt(0);
        return ratio > 1 && Enumerable.Range(1, 3).All(index => Math.Abs((run.FactorAt(index + 1) / run.FactorAt(index)) - ratio) <= Tolerance * ratio);
    }
}
