using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1008: two levels, low and then full, where a ramp is meant.</summary>
internal static class StepInsteadOfRamp
{
    public const string Id = "WARM1008";

    private const double Tolerance = 1e-9;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "A step instead of a ramp",
        "The warmup is a step instead of a ramp: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The factor holds a low level and then jumps to the full rate, at which training may diverge: a warmup is there to avoid just that jump.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var isNamed = factor.Group.Names.Any(WarmupName.IsWarmup);
        if (factor.Assignments.IsEmpty || !isNamed && !(factor.Program.HasGuard && IsInEveryGroup(factor)))
            return null;
        if (EndsOf(factor, mended) is not { } ends)
            return null;
        var low = factor.Run(factor.Assignments[0], mended).At(factor.FirstIndex);
        var effect = $"the factor runs {factor.Picture(mended)}, so the learning rate becomes {CurveText.Number(1 / low.ToDouble())} times as large at once {When(factor, ends)}{CurvePicture.Example(factor)}";
        return new FactorMistake(Descriptor, low.Origin, effect, "the warmup is a step instead of a ramp");
    }

    // One assignment without a step is enough: most functions are done after their first.
    private static ImmutableArray<int>? EndsOf(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var ends = ImmutableArray.CreateBuilder<int>(factor.Assignments.Length);
        foreach (var assignment in factor.Assignments)
        {
            ends.Add(EndOf(factor, assignment, mended));
            if (ends[ends.Count - 1] < factor.FirstIndex + 2)
                return null;
        }

        return ends.MoveToImmutable();
    }

    /// <summary>The first index of the full rate behind a low level; -1 where the curve is another.</summary>
    public static int EndOf(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended)
    {
        var run = factor.Run(assignment, mended);
        var start = run.FactorAt(factor.FirstIndex);
        if (!(start > 0 && start < 1 - Tolerance) || run.FactorAt(factor.FirstIndex + 1) is var second && second != start && Math.Abs(second - 1) >= Tolerance)
            return -1;
        var curve = factor.Curve(assignment, mended);
        if (curve.MeetsUnknown || curve.Length < 3)
            return -1;
        var low = curve.NumberAt(0);
        var levels = Enumerable.Range(0, curve.Length).Select(curve.NumberAt).ToArray();
        var position = Array.FindIndex(levels, level => Math.Abs(level - 1) < Tolerance);
        if (!(low > 0 && low < 1 - Tolerance) || position < 0
            || levels.Take(position).Any(level => level != low) || levels.Skip(position).Any(level => Math.Abs(level - 1) >= Tolerance))
            return -1;
        return Between(factor.Run(assignment, mended), curve.IndexAt(position - 1), curve.IndexAt(position), low);
    }

    private static int Between(FactorRun run, int low, int full, double level)
    {
        while (full - low > 1)
        {
            var middle = low + (full - low) / 2;
            if (run.FactorAt(middle) == level)
                low = middle;
            else
                full = middle;
        }

        return full;
    }

    private static string When(FactorUnderJudgement factor, ImmutableArray<int> ends)
    {
        var lengths = ends.Select(end => end - factor.FirstIndex).ToArray();
        if (lengths.All(length => length == lengths[0]))
            return $"after {lengths[0]} steps";
        var variable = factor.Program.FreeVariables.FirstOrDefault(candidate =>
            factor.Assignments.Select(assignment => (int)assignment.ValueOf(candidate).ToDouble()).SequenceEqual(lengths));
        return variable is null ? "after the first steps" : $"after {variable.Name} steps";
    }

    // One group that is held back while another trains at the full rate is fine-tuning.
    private static bool IsInEveryGroup(FactorUnderJudgement factor) =>
        factor.Schedule.Groups.All(group => group == factor.Group || IsHeldBack(factor, group));

    private static bool IsHeldBack(FactorUnderJudgement factor, GroupFactor group) =>
        factor.Beside(group) is { } other && !other.Assignments.IsEmpty && other.Assignments.All(assignment => EndOf(other, assignment, ImmutableHashSet<int>.Empty) > 0);
}
