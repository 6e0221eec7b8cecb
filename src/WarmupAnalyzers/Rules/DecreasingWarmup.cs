using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1007: what is named a warmup runs down from the full rate.</summary>
internal static class DecreasingWarmup
{
    public const string Id = "WARM1007";

    private const double Tolerance = 1e-9;
    private const double LeastStart = 0.5;
    private const int LongestLine = 1_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "A warmup that decreases",
        "The warmup decreases: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The function, its variable or its denominator is named for warmup, but the factor starts at the full rate and falls.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        // Where the warmup may be switched off, the rest of the schedule is no warmup.
        if (factor.Assignments.IsEmpty || factor.Program.FreeVariables.Any(variable => variable.IsDiscrete) || factor.Group.Names.Any(WarmupName.IsAfterWarmup))
            return null;
        var isNamed = factor.Group.Names.Any(WarmupName.IsWarmup);
        var lengths = factor.Program.Lengths.Where(length => WarmupName.IsWarmup(length.Name)).ToImmutableArray();
        if (!isNamed && !(lengths.Any(length => length.IsDenominator) && !factor.Group.Names.Any(WarmupName.IsDecay)))
            return null;
        if (!factor.Assignments.All(assignment => Falls(factor, assignment, mended, lengths, isNamed)))
            return null;
        var origin = factor.Run(factor.Assignments[0], mended).At(factor.FirstIndex + 1).Origin;
        return new FactorMistake(Descriptor, origin, $"the factor runs {factor.Picture(mended)}{CurvePicture.Example(factor)}", "the warmup decreases");
    }

    private static bool Falls(FactorUnderJudgement factor, Assignment assignment, ImmutableHashSet<int> mended, ImmutableArray<LengthSite> lengths, bool isNamed)
    {
        var values = lengths.Select(length => (length.IsDenominator, Value: factor.ValueOf(length, assignment))).ToArray();
        // A warmup of no steps is one that is switched off.
        if (values.Any(length => length.Value <= 1))
            return false;
        var run = factor.Run(assignment, mended);
        var start = run.FactorAt(factor.FirstIndex);
        if (!(start >= LeastStart && start <= 1 + Tolerance))
            return false;
        return isNamed && values.Length == 0
            ? FallsFor(run, factor.FirstIndex, 2)
            : values.Any(length => (isNamed || length.IsDenominator) && length.Value > 1 && FallsInALine(run, factor.FirstIndex, length.Value));
    }

    private static bool FallsFor(FactorRun run, int first, int steps) =>
        Enumerable.Range(first, steps).All(index => run.FactorAt(index + 1) < run.FactorAt(index) - Tolerance);

    // Down to that length and then not in the same way; what goes by it otherwise is a decay, such as the inverse square root.
    private static bool FallsInALine(FactorRun run, int first, double length)
    {
        var end = first + (int)Math.Min(Math.Ceiling(length), int.MaxValue / 2);
        var steps = Math.Min(end - first - 1, LongestLine);
        var slope = run.FactorAt(first + 1) - run.FactorAt(first);
        return slope < 0 && Enumerable.Range(first, steps).All(Continues) && (Math.Abs(run.FactorAt(end)) < Tolerance || !Continues(end - 1) || !Continues(end));

        bool Continues(int index) => Math.Abs(run.FactorAt(index + 1) - run.FactorAt(index) - slope) < Tolerance + 1e-6 * -slope;
    }
}
