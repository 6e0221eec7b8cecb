using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Factors;

/// <summary>What a function's values are by themselves, told by numbers.</summary>
internal enum CurveKind
{
    /// <summary>Nothing of which it is certain.</summary>
    Other,

    /// <summary>One level: not even the index matters.</summary>
    Constant,

    /// <summary>It begins as a ramp or a decay does, but is over too soon to be told from anything else.</summary>
    TooShort,

    /// <summary>A warmup ramp, with or without a decay behind it, or a decay from 1.</summary>
    Schedule,
}

/// <summary>
/// Tells a schedule from ratios of one. The quotients f(k) / f(k - 1) of a schedule, whatever its shape, do not rise from near zero
/// on a line or half a cosine, and do not fall from exactly 1 on a line, half a cosine or a curve that flattens out.
/// </summary>
internal sealed class AbsoluteCurve
{
    private const double Tolerance = 1e-6;
    private const double Digits = 1e-12;
    private const int Samples = 64;

    private readonly FactorRun _run;
    private readonly FactorCurve _curve;

    private AbsoluteCurve(FactorRun run, FactorCurve curve)
    {
        _run = run;
        _curve = curve;
    }

    /// <param name="run">The function's own values.</param>
    /// <param name="largestCount">The largest count of the function, for the index range.</param>
    public static CurveKind KindOf(FactorRun run, double largestCount)
    {
        var curve = FactorCurve.Of(run, IndexRange.Of(0, largestCount));
        if (curve.MeetsUnknown || curve.Length < 3)
            return CurveKind.Other;
        if (curve.Levels == 1)
            return CurveKind.Constant;
        // What a switch or a table chooses is a level, whatever the levels are.
        return curve[1].Trace.DependsOnIndex ? new AbsoluteCurve(run, curve).Kind() : CurveKind.Other;
    }

    private CurveKind Kind() => Rising() ?? Falling() ?? CurveKind.Other;

    private CurveKind? Rising()
    {
        var (start, peak) = (At(0), _curve.Maximum);
        var end = First(value => value >= peak - Digits * Math.Abs(peak));
        if (start < 0 || start > 0.5 * peak || end == 0 || _curve.Minimum < 0)
            return null;
        var isOpen = peak > 1 + Tolerance;
        if (!IsMonotone(end, rises: true) || !IsSymmetric(end) || isOpen && start > 0.5)
            return null;
        // 0, 1/2, 1 may be anything; and what has no end must be a ramp before it passes 1.
        return end == 1 || end == 2 && start == 0 || isOpen && At(1) >= 1 ? CurveKind.TooShort : CurveKind.Schedule;
    }

    private CurveKind? Falling()
    {
        var (start, least) = (At(0), _curve.Minimum);
        if (Math.Abs(start - 1) > Tolerance || _curve.Maximum > 1 + Tolerance || least > 0.5)
            return null;
        var end = First(value => value <= least + Digits * Math.Max(1, Math.Abs(least)));
        if (end <= 3)
            return At(1) < 1 ? CurveKind.TooShort : null;
        return IsMonotone(end, rises: false) && (IsSymmetric(end) || IsConvex(end)) ? CurveKind.Schedule : null;
    }

    private double At(int index) => _run.FactorAt(index);

    /// <summary>The first index that answers, by halving between two looks; the values before it do not.</summary>
    private int First(Func<double, bool> answers)
    {
        var position = Enumerable.Range(0, _curve.Length).First(i => answers(_curve.NumberAt(i)));
        var (before, at) = (position == 0 ? -1 : _curve.IndexAt(position - 1), _curve.IndexAt(position));
        while (at - before > 1)
        {
            var middle = before + (at - before) / 2;
            if (answers(At(middle)))
                at = middle;
            else
                before = middle;
        }

        return at;
    }

    private bool IsMonotone(int end, bool rises)
    {
        var values = Indices(end).Select(At).ToArray();
        return values.Zip(values.Skip(1), (left, right) => rises ? right > left : right < left).All(holds => holds);
    }

    // A line and half a cosine are the same seen from either end.
    private bool IsSymmetric(int end)
    {
        var sum = At(0) + At(end);
        return Indices(end).All(index => Math.Abs(At(index) + At(end - index) - sum) <= Tolerance * Math.Max(1, Math.Abs(sum)));
    }

    // It falls less and less: an exponential, a hyperbola.
    private bool IsConvex(int end)
    {
        var indices = Indices(end);
        var slopes = indices.Zip(indices.Skip(1), (left, right) => (At(right) - At(left)) / (right - left)).ToArray();
        return slopes.Zip(slopes.Skip(1), (left, right) => right >= left - (Digits * Math.Abs(slopes[0]))).All(holds => holds);
    }

    private static ImmutableArray<int> Indices(int end)
    {
        var indices = new SortedSet<int>(Enumerable.Range(0, Math.Min(end, Samples / 4) + 1));
        for (var i = 0; i <= Samples; i++)
            indices.Add((int)((long)end * i / Samples));
        return indices.ToImmutableArray();
    }
}
