using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1001: the first optimizer step is made with a learning rate of zero.</summary>
internal static class ZeroAtFirstStep
{
    public const string Id = "WARM1001";

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The learning rate is zero at the first step",
        "The learning rate is zero {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The factor is zero at the index in force at the first optimizer step, so that step, or the whole warmup, trains nothing.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        if (factor.Options.AllowZeroFirstStep)
            return null;
        foreach (var assignment in factor.Assignments)
        {
            // The one value that is asked of every function: most are done here.
            var first = factor.First(assignment, mended);
            if (!first.Kind.IsNumber() || Math.Abs(first.ToDouble()) > LargestZero(factor))
                return null;
            var curve = factor.Curve(assignment, mended);
            if (curve.MeetsUnknown || curve.Length == 0 || curve.Peak == 0 || !curve.IsNegligible(curve.NumberAt(0)) || IsUnfreezing(factor, curve) || IsCycle(factor, curve))
                return null;
        }

        if (factor.Assignments.IsEmpty)
            return null;
        var origin = factor.First(factor.Assignments[0], mended).Origin;
        var effect = $"{Duration(factor, mended)}: {factor.Subject} runs {factor.Picture(mended)}{CurvePicture.Example(factor)}";
        return new FactorMistake(Descriptor, origin, effect, "the first step trains with a learning rate of zero");
    }

    // A rate is small by itself: a range test starts at 1e-8 and is no zero.
    private static double LargestZero(FactorUnderJudgement factor) => factor.Schedule.Use == Reading.Schedules.FactorUse.Rate ? 1e-12 : 1e-6;

    private static string Duration(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var zeros = factor.Assignments.Select(assignment => LeadingZeros(factor, assignment, mended)).ToArray();
        if (zeros.All(count => count == 1))
            return "at the first step";
        if (zeros.All(count => count == zeros[0]))
            return $"for the first {zeros[0]} steps";
        var length = factor.Program.FreeVariables.FirstOrDefault(variable =>
            factor.Assignments.Select(assignment => (int)assignment.ValueOf(variable).ToDouble()).SequenceEqual(zeros));
        return length is null ? "for the first steps" : $"for the first {length.Name} steps";
    }

    /// <summary>How many steps train nothing.</summary>
    private static int LeadingZeros(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended)
    {
        var curve = factor.Curve(assignment, mended);
        var position = Enumerable.Range(0, curve.Length).First(i => !curve.IsNegligible(curve.NumberAt(i)));
        var (zero, trained) = (curve.IndexAt(position - 1), curve.IndexAt(position));
        // Between two looks the step is found by halving: counting a long warmup one by one would be felt in an editor.
        while (trained - zero > 1)
        {
            var middle = zero + (trained - zero) / 2;
            if (curve.IsNegligible(factor.Number(assignment, mended, middle)))
                zero = middle;
            else
                trained = middle;
        }

        return trained - factor.FirstIndex;
    }

    // A rate that comes back to zero and rises again is a cycle of the user's own.
    private static bool IsCycle(FactorUnderJudgement factor, FactorCurve curve)
    {
        if (factor.Schedule.Use != Reading.Schedules.FactorUse.Rate)
            return false;
        var isTrained = Enumerable.Range(0, curve.Length).Select(i => !curve.IsNegligible(curve.NumberAt(i))).SkipWhile(trained => !trained);
        return isTrained.SkipWhile(trained => trained).Any(trained => trained);
    }

    // Zero for some steps, then constant or a ramp, while another group trains, or zero and then constant beside another optimizer: layers that are thawed later.
    private static bool IsUnfreezing(FactorUnderJudgement factor, FactorCurve curve) =>
        !curve.DependsOnIndex && factor.Schedule.Round is { IsBesideAnother: true }
        || (!curve.DependsOnIndex || IsHeldAtZero(curve))
            && factor.Schedule.Groups.Any(group => group != factor.Group && TrainsAtOnce(factor.Beside(group)));

    // A ramp that starts at zero leaves it with the next step.
    private static bool IsHeldAtZero(FactorCurve curve) => curve.Length > 1 && curve.NumberAt(0) == 0 && curve.NumberAt(1) == 0;

    private static bool TrainsAtOnce(FactorUnderJudgement? other) =>
        other is not null && other.Assignments.Any(assignment => other.First(assignment, ImmutableHashSet<int>.Empty).ToDouble() != 0);
}
