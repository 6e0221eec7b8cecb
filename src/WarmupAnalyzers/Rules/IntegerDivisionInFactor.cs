using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1002: an integer division truncates on its way to the factor.</summary>
internal static class IntegerDivisionInFactor
{
    public const string Id = "WARM1002";

    /// <summary>A staircase of that many steps is step decay by arithmetic and meant so.</summary>
    private const int LevelsOfAStaircase = 3;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "Integer division truncates the factor",
        "Integer division truncates the factor: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Both operands of the division are integers, so the quotient is a whole number and a warmup ramp collapses to zeros followed by a jump.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The divisions that truncate on their way to the factor, under every assignment; empty where there is no mistake.</summary>
    public static ImmutableHashSet<int> Culprits(FactorUnderJudgement factor)
    {
        var culprits = ImmutableHashSet<int>.Empty;
        if (factor.Program.Divisions.IsEmpty || factor.Assignments.IsEmpty)
            return culprits;
        foreach (var assignment in factor.Assignments)
        {
            var curve = factor.OwnValues(assignment, ImmutableHashSet<int>.Empty);
            var truncating = curve.DivisionsAmong(factor.Program.Divisions.Length).ToImmutableHashSet();
            // No staircase is made of a division that is zero at every index, or that has but one step.
            if (!curve.MeetsUnknown && curve.Length > 0 && IsStaircase(curve))
                truncating = truncating.Where(division => factor.Program.Divisions[division].IsFixed || IsFlat(factor, assignment, curve, division)).ToImmutableHashSet();
            if (truncating.IsEmpty || curve.MeetsUnknown || curve.Length == 0
                || !IsCoarsened(curve, factor.OwnValues(assignment, truncating), truncating.All(division => factor.Program.Divisions[division].IsFixed)))
                return ImmutableHashSet<int>.Empty;
            culprits = culprits.Union(truncating);
        }

        return culprits;
    }

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> culprits)
    {
        // A ramp in the wrong scheduler is WARM2007, which names the division and mends it.
        if (culprits.IsEmpty || MultiplicativeUsedLikeLambda.IsIn(factor))
            return null;
        var subject = factor.Schedule.Use == Reading.Schedules.FactorUse.Rate ? factor.Subject : "it";
        var effect = $"{subject} runs {Curves(factor, culprits)}{CurvePicture.Example(factor)}";
        return new FactorMistake(Descriptor, factor.Program.Divisions[culprits.Min()].Origin, effect, "an integer division truncates the factor");
    }

    // Behind a long ramp the first numbers are the same: then the one that is most wrong is shown.
    private static string Curves(FactorUnderJudgement factor, ImmutableHashSet<int> culprits)
    {
        var (truncated, real) = (factor.Picture(ImmutableHashSet<int>.Empty), factor.Picture(culprits));
        if (truncated != real)
            return truncated + " instead of " + real;
        var assignment = factor.Assignments[0];
        var usual = factor.LastUsual(assignment);
        var index = factor.IndicesUpTo(double.IsInfinity(usual) ? factor.LargestCount(assignment) : usual, assignment)
            .OrderByDescending(at => Math.Abs(Truncated(at) - Real(at)))
            .First();
        return $"{truncated} and is {CurveText.Number(Truncated(index))} instead of {CurveText.Number(Real(index))} at index {index}";

        double Truncated(int at) => factor.Number(assignment, ImmutableHashSet<int>.Empty, at);
        double Real(int at) => factor.Number(assignment, culprits, at);
    }

    private static bool IsStaircase(FactorCurve curve) =>
        !curve.IsNegligible(curve.NumberAt(0)) && curve.NonzeroLevels >= LevelsOfAStaircase;

    // The steps are another part's, such as those of a ramp in front, where the quotient gives one level and would give many.
    private static bool IsFlat(FactorUnderJudgement factor, Assignment assignment, FactorCurve curve, int division) =>
        curve.NonzeroLevelsThrough(division) == 1
        && factor.OwnValues(assignment, ImmutableHashSet.Create(division)) is { MeetsUnknown: false } real
        && real.Levels > curve.Levels;

    // A remainder made by hand (`e - e / n * n`) truncates too, but its real counterpart is the poorer curve.
    // What is zero at every index is no remainder.
    private static bool IsCoarsened(FactorCurve truncated, FactorCurve real, bool areFixed) =>
        !real.MeetsUnknown && (areFixed || real.Levels >= truncated.Levels) && !real.Equals(truncated);
}
