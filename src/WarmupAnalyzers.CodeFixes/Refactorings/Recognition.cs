using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupSchedulers;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>
/// Finds the schedule of the library that has the same numbers as a user's factor functions. What it could be is tried: shapes,
/// conventions and the function's own expressions as arguments. What it is is told by evaluating both, index by index.
/// </summary>
internal sealed class Recognition
{
    /// <summary>Two formulas of one curve differ in the last digits, where a cosine comes down to nothing also in more.</summary>
    private const double Tolerance = 1e-12;

    private const double NextToNothing = 4e-15;

    // So many assignments of what is open must have shown the same numbers.
    private const int Witnesses = 3;

    // Up to here every index of a curve without open numbers is looked at.
    private const int Dense = 10_000;

    // Every decay has come down here.
    private const int Far = 100_000_000;

    // Up to here the plateau of a function that is a table is looked for.
    private const int MaximumTable = 1_000;

    private static readonly WarmupConvention[] s_conventions =
        [WarmupConvention.Default, WarmupConvention.HuggingFace, WarmupConvention.PyTorch, WarmupConvention.NeMo, WarmupConvention.Lightning];

    private readonly ImmutableArray<ImmutableArray<UserCurve>> _groups;
    private readonly ImmutableArray<OwnExpression> _counts;
    private readonly ImmutableArray<OwnExpression> _factors;
    private readonly bool _comesDown;

    private Recognition(ImmutableArray<ImmutableArray<UserCurve>> groups, OwnExpressions expressions)
    {
        _groups = groups;
        _counts = expressions.Counts;
        _factors = expressions.Factors;
        _comesDown = groups[0].Any(curve => curve.At(Far) < 1 - Tolerance);
    }

    /// <summary>The library's schedule for all groups, with a curve on which to show it; null where there is none.</summary>
    /// <param name="isWanted">Whether a schedule with the right numbers will do.</param>
    public static (LibrarySchedule Schedule, UserCurve Example)? Of(
        FactorSchedule schedule, OwnExpressions expressions, Func<LibrarySchedule, bool> isWanted, CancellationToken cancellation)
    {
        var groups = schedule.Groups.Select(group => UserCurve.Of(group.Program, cancellation)).ToImmutableArray();
        if (groups.Any(group => group.IsEmpty))
            return null;
        var recognition = new Recognition(groups, expressions);
        foreach (var candidate in recognition.Candidates(schedule))
        {
            cancellation.ThrowIfCancellationRequested();
            if (groups.All(group => recognition.IsSame(candidate, group)) && isWanted(candidate))
                return (candidate, groups[0].First(curve => candidate.Under(curve) is not null && curve.ValueOf(candidate.Warmup) >= 2));
        }

        return null;
    }

    private IEnumerable<LibrarySchedule> Candidates(FactorSchedule schedule)
    {
        var first = _groups[0];
        var counts = _counts;
        // What is open or named must be passed on; a function of nothing but numbers has its lengths in its curve, too.
        if (first.Length == 1 && schedule.Groups.All(group => group.Program.Symbols.IsEmpty))
            counts = counts.AddRange(Plateau(first[0]));
        foreach (var noam in counts.Select(warmup => new LibrarySchedule(LibraryShape.Noam, warmup)))
        {
            if (StartsAlike(noam))
                yield return noam;
            foreach (var wide in counts.Select(width => noam with { Width = width }).Where(StartsAlike))
                yield return wide;
        }

        foreach (var ramp in counts.SelectMany(Ramps).OrderBy(ramp => ramp.Cost).Where(StartsAlike))
        {
            foreach (var candidate in Continued(ramp, counts))
                yield return candidate;
        }
    }

    private IEnumerable<LibrarySchedule> Ramps(OwnExpression warmup)
    {
        foreach (var convention in s_conventions)
        {
            var ramp = new LibrarySchedule(LibraryShape.Ramp, warmup) { Convention = convention };
            yield return ramp;
            // From a start above zero k / W is PyTorch's.
            if (convention == WarmupConvention.HuggingFace)
                continue;
            foreach (var start in _factors)
                yield return ramp with { Start = start };
        }
    }

    private IEnumerable<LibrarySchedule> Continued(LibrarySchedule ramp, ImmutableArray<OwnExpression> counts)
    {
        yield return ramp;
        if (!_comesDown)
            yield break;
        foreach (var total in counts.Concat(counts.Select(decay => ramp.Warmup.Plus(decay))).OrderBy(total => total.Cost))
        {
            foreach (var minimum in new OwnExpression?[] { null }.Concat(_factors))
            {
                yield return ramp with { Shape = LibraryShape.ThenLinear, Total = total, Minimum = minimum };
                yield return ramp with { Shape = LibraryShape.ThenCosine, Total = total, Minimum = minimum };
            }
        }

        foreach (var timescale in new OwnExpression?[] { null }.Concat(counts))
            yield return ramp with { Shape = LibraryShape.ThenInverseSquareRoot, Timescale = timescale };
    }

    private static IEnumerable<OwnExpression> Plateau(UserCurve curve)
    {
        var full = Enumerable.Range(0, MaximumTable).FirstOrDefault(index => AreSame(curve.At(index), 1));
        if (full == 0)
            yield break;
        yield return OwnExpression.Number(full + 1, cost: 10);
        yield return OwnExpression.Number(full, cost: 10);
        var end = curve.At(Far);
        var last = Enumerable.Range(full + 1, MaximumTable).FirstOrDefault(index => AreSame(curve.At(index), end));
        if (last > 0 && end < 1)
            yield return OwnExpression.Number(last, cost: 11);
    }

    // On the first curve that has a warmup of some steps: at its ends, and that it is one.
    private bool StartsAlike(LibrarySchedule candidate)
    {
        foreach (var curve in _groups[0])
        {
            var warmup = curve.ValueOf(candidate.Warmup);
            if (!(warmup >= 2) || candidate.Under(curve) is not { } schedule)
                continue;
            var last = (int)Math.Min(warmup - 1, int.MaxValue);
            return curve.At(0) < (1 - Tolerance) * curve.At(last)
                && new[] { 0, 1, last / 2, last }.All(index => AreSame(schedule.Factor(index), curve.At(index)));
        }

        return false;
    }

    // Under all assignments that the library accepts, which must be some.
    private bool IsSame(LibrarySchedule candidate, ImmutableArray<UserCurve> curves)
    {
        var witnesses = 0;
        foreach (var curve in curves)
        {
            if (!candidate.IsKnown(curve))
                return false;
            if (candidate.Under(curve) is not { } schedule || DividesByZero(candidate, curve))
                continue;
            if (!Indices(candidate, curve).All(index => AreSame(schedule.Factor(index), curve.At(index))))
                return false;
            witnesses++;
        }

        return witnesses >= Math.Min(Witnesses, curves.Length);
    }

    // Without a warmup, or without a decay, many a formula divides zero by zero; the library does not.
    private static bool DividesByZero(LibrarySchedule candidate, UserCurve curve)
    {
        var warmup = curve.ValueOf(candidate.Warmup);
        return warmup == 0 && double.IsNaN(curve.At(0))
            || candidate.Total is { } total && curve.ValueOf(total).Equals(warmup) && double.IsNaN(curve.At((int)warmup));
    }

    // What decides most candidates first, then all of the range and what lies beyond it.
    private static IEnumerable<int> Indices(LibrarySchedule candidate, UserCurve curve)
    {
        var lengths = candidate.Arguments.Select(argument => curve.ValueOf(argument.Value)).Where(length => length is >= 1 and <= 1e8).Select(length => (int)length).ToArray();
        foreach (var length in lengths)
        {
            for (var offset = -2; offset <= 2; offset++)
                yield return Math.Max(0, length + offset);
        }

        var largest = Math.Max(curve.LargestCount, lengths.DefaultIfEmpty(0).Max());
        foreach (var index in IndexRange.Of(0, largest).Reverse())
            yield return index;
        for (var index = 0; curve.IsFixed && index < Math.Min(Dense, 4 * largest); index++)
            yield return index;
    }

    private static bool AreSame(double left, double right) =>
        Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right)) + NextToNothing;
}
