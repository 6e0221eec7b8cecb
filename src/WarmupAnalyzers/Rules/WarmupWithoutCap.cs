using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1004: a warmup goes on where it should have ended.</summary>
internal static class WarmupWithoutCap
{
    public const string Id = "WARM1004";

    /// <summary>The last digits of a ramp that ends at one do not count.</summary>
    private const double One = 1 + 1e-9;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The warmup has no cap",
        "The warmup has no cap: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The factor starts below 1 and grows past it without bound, so the learning rate goes on rising when the warmup is over.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var assignments = factor.Assignments;
        if (assignments.IsEmpty || !HoldsFullRate(factor) || !assignments.All(assignment => GrowsPastOne(factor, assignment, mended))
            || assignments.All(assignment => EndsBefore(factor, assignment, mended)))
            return null;
        var late = factor.Run(assignments[0], mended).At(Unit(factor, assignments[0]));
        var effect = $"{factor.Subject} runs {factor.Picture(mended)} and grows on{End(factor, mended)}{CurvePicture.Example(factor)}";
        return new FactorMistake(Descriptor, late.Origin, effect, "the warmup has no cap");
    }

    // A rate between numbers of its own is a linear range test, whatever the optimizer was made with.
    private static bool HoldsFullRate(FactorUnderJudgement factor) =>
        factor.Schedule.Use != Reading.Schedules.FactorUse.Rate
        || factor.Program.Symbols.Any(site => factor.Schedule.BaseRate.Keys.Contains(site.Key))
        || factor.Program.Literals.Any(site => site.Value == factor.Schedule.BaseRate.Value);

    private static bool GrowsPastOne(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended)
    {
        var run = factor.Run(assignment, mended);
        var start = run.FactorAt(factor.FirstIndex);
        var full = factor.Plateau(assignment);
        if (!(start < (2 - One) * full))
            return false;
        var unit = Unit(factor, assignment);
        var (near, far, farther) = (run.FactorAt(unit), run.FactorAt(10 * unit), run.FactorAt(100 * unit));
        // What nears a limit grows less and less from one decade to the next; a logarithm does not.
        return farther > One * full && far > near && farther > far && farther - far >= 0.9 * (far - near)
            && !GrowsByRatio(run, factor.FirstIndex);
    }

    // Beyond whatever the function counts to.
    private static int Unit(FactorUnderJudgement factor, Assignment assignment) =>
        (int)Math.Min(int.MaxValue / 101, Math.Max(1e4, 4 * factor.LargestCount(assignment)));

    // A learning-rate range test.
    private static bool GrowsByRatio(FactorRun run, int first)
    {
        var ratio = run.FactorAt(first + 1) / run.FactorAt(first);
        return ratio is > 1 and < 1e6 && Enumerable.Range(first + 1, 16).All(index => Math.Abs(run.FactorAt(index + 1) / run.FactorAt(index) - ratio) <= 1e-6 * ratio);
    }

    private static bool EndsBefore(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended)
    {
        var last = factor.LastUsual(assignment);
        if (double.IsInfinity(last))
            return false;
        var run = factor.Run(assignment, mended);
        var full = factor.Plateau(assignment);
        return factor.IndicesUpTo(last, assignment).All(index => run.FactorAt(index) <= One * full);
    }

    // Where the code tells how long the training is, how far it gets.
    private static string End(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        var assignment = factor.Assignments[0];
        var (last, usual) = (factor.LastTrained(assignment), factor.LastUsual(assignment));
        return last == usual && last < int.MaxValue
            ? $", to {CurveText.Number(factor.Number(assignment, mended, (int)last))} at step {last - factor.FirstIndex + 1}"
            : string.Empty;
    }
}
