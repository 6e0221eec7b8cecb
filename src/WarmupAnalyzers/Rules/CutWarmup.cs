using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>A warmup in a sequence that hands over before it reaches its plateau, in numbers.</summary>
/// <param name="Milestone">The step at which it hands over.</param>
/// <param name="Missing">How many steps it would have gone on to rise.</param>
/// <param name="Before">The factor at its last step.</param>
/// <param name="After">The factor at the milestone.</param>
internal sealed record CutWarmup(double Milestone, int Missing, double Before, double After)
{
    // At the least, a jump is as high as two steps of a straight ramp.
    private const double Jump = 1.5;
    private const int LongestRun = 10_000;

    /// <summary>Schedulers that begin with the base rate, whatever their arguments are.</summary>
    private static readonly ImmutableHashSet<SchedulerKind> s_beginAtBase =
        ImmutableHashSet.Create(SchedulerKind.CosineAnnealingLR, SchedulerKind.StepLR, SchedulerKind.ExponentialLR, SchedulerKind.PolynomialLR);

    /// <summary>Which values of the open variables the numbers are for; empty where there are none.</summary>
    public string Example { get; init; } = string.Empty;

    public bool IsExample => Example.Length > 0;

    /// <summary>The warmup before a milestone; null where there is none, or it may well be done.</summary>
    public static CutWarmup? Of(Composition composition, int part) =>
        composition.Counts.Take(part + 1).All(count => count.FreeVariables.IsEmpty) && composition.CurveOf(part, 1).Count > 0
            ? OfCurve(composition, part)
            : OfOpenLength(composition, part);

    private static CutWarmup? OfCurve(Composition composition, int part)
    {
        var milestones = composition.Counts.Take(part + 1).Select(count => count.Under(Assignment.Empty, composition.Cancellation).FactorAt(0)).ToArray();
        var (start, end) = (part == 0 ? 0 : milestones[part - 1], milestones[part]);
        if (!(end - start >= 1) || !(end < LongestRun) || !IsRisingAt(composition, part, (int)(end - start)))
            return null;
        var curve = composition.CurveOf(part, LongestRun);
        if (Ramp.EndOf(curve) is not { } done || end - start >= done)
            return null;
        var (rates, _) = composition.Run((int)end + 1);
        if (rates.Count <= end)
            return null;
        var (before, after) = (rates[(int)end - 1] / composition.Rate, rates[(int)end] / composition.Rate);
        var steepest = Enumerable.Range(1, done).Max(step => curve[step] - curve[step - 1]);
        return Math.Abs(after - before) > Jump * steepest ? new CutWarmup(end, done - (int)(end - start), before, after) : null;
    }

    // Most warmups are done there, and need not be run to their end.
    private static bool IsRisingAt(Composition composition, int part, int step) =>
        composition.CurveOf(part, step + 2) is var curve && curve.Count == step + 2 && curve[step + 1] > curve[step];

    // A straight ramp whose length the code leaves open, before a scheduler that begins at the base rate.
    private static CutWarmup? OfOpenLength(Composition composition, int part)
    {
        if (part != 0 || composition.KnownPartAt(part) is not { Kind: SchedulerKind.LinearLR } linear
            || composition.KnownPartAt(part + 1) is not { } next || !s_beginAtBase.Contains(next.Kind)
            || Number(composition, linear, "start_factor") is not (> 0 and < 1 and var start) || Number(composition, linear, "end_factor") != 1
            || linear.Argument("total_iters") is not { } total)
            return null;
        var length = FactorReader.ReadRate(total, composition.Code, composition.Cancellation).Value;
        var values = MilestonesDoNotFit.Values(composition, ImmutableArray.Create(composition.Counts[0], length));
        if (values.IsEmpty || values.Any(row => !(row[0] >= 1 && row[0] < row[1])))
            return null;
        var (milestone, iterations) = (values[0][0], values[0][1]);
        var names = string.Join(", ", new[] { composition.Counts[0], length }.SelectMany(program => program.FreeVariables).Distinct().Take(3)
            .Select(variable => variable.Name + " = " + Value(composition, variable, length)));
        var before = start + ((1 - start) * (milestone - 1) / iterations);
        return new CutWarmup(milestone, (int)(iterations - milestone), before, 1) { Example = names };
    }

    private static string Value(Composition composition, FreeVariable variable, FactorProgram length)
    {
        var open = composition.Counts[0].FreeVariables.Concat(length.FreeVariables).Distinct().ToImmutableArray();
        var first = Assignments.ByBranch(composition.Counts[0], ImmutableHashSet<object>.Empty, double.NaN, open).First().Assignments[0];
        return CurveText.Number(first.ValueOf(variable).ToDouble());
    }

    private static double? Number(Composition composition, SchedulerCreation creation, string parameter) =>
        ScheduleReader.Number(creation, parameter, composition.Code, composition.Cancellation);
}
