using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM1009: the warmup ends at one rate and the decay begins at another.</summary>
internal static class JumpAtHandover
{
    public const string Id = "WARM1009";

    private const double ShareOfNeighbours = 1.5;
    private const double ShareOfPeak = 0.05;
    private const int Scanned = 512;
    private const int Window = 3;

    public static readonly DiagnosticDescriptor Descriptor = new(
        Id,
        "The curve jumps where warmup hands over to decay",
        "The curve jumps where warmup hands over to decay: {0}",
        RuleCategory.Factor,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The change of the factor where the ramp ends is much larger than those beside it, most often because the decay is not counted from the end of the warmup.",
        helpLinkUri: HelpLink.For(Id));

    public static FactorMistake? Judge(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        if (factor.Assignments.IsEmpty || IndexOf(factor, mended) is not { } index)
            return null;
        var run = factor.Run(factor.Assignments[0], mended);
        var from = Math.Max(factor.FirstIndex, index - Window);
        var numbers = Enumerable.Range(from, index + Window - from).Select(run.FactorAt).ToArray();
        var effect = $"from {CurveText.Number(run.FactorAt(index - 1))} to {CurveText.Number(run.FactorAt(index))} at index {index}, where the factor runs {CurveText.Numbers(numbers)} {CurveText.Sparkline(numbers)}";
        return new FactorMistake(Descriptor, run.At(index).Origin, effect, $"the curve jumps at index {index}");
    }

    /// <summary>The first index of the decay, where the curve jumps there under every assignment; else null.</summary>
    public static int? IndexOf(FactorUnderJudgement factor, ImmutableHashSet<int> mended)
    {
        // Where a length is open, so is where the two meet and how far they are apart.
        if (factor.Program.FreeVariables.Any(variable => variable.Choices.IsEmpty) || factor.Assignments.IsEmpty)
            return null;
        var curves = factor.Assignments.Select(assignment => factor.Curve(assignment, mended)).ToImmutableArray();
        if (curves.Any(curve => curve.MeetsUnknown || curve.Length < 2 * Window || !(curve.NumberAt(1) > curve.NumberAt(0)) || !Falls(curve)))
            return null;
        var runs = factor.Assignments.Select(assignment => factor.Run(assignment, mended)).ToImmutableArray();
        return Candidates(factor, runs[0])
            .Where(index => index >= factor.FirstIndex + 2)
            .Select(index => (int?)index)
            .FirstOrDefault(index => runs.Zip(curves, (run, curve) => Jumps(run, curve, factor.FirstIndex, index!.Value)).All(jumps => jumps));
    }

    // The end of the rise as far as it is short, and wherever a number stands in the function.
    private static IEnumerable<int> Candidates(FactorUnderJudgement factor, FactorRun run)
    {
        var top = factor.FirstIndex;
        while (top < factor.FirstIndex + Scanned && run.FactorAt(top + 1) > run.FactorAt(top))
            top++;
        var guards = factor.Program.Lengths.Where(length => !length.IsDenominator).Select(length => factor.ValueOf(length, factor.Assignments[0]));
        return factor.Program.Literals.Select(literal => literal.Value).Concat(guards)
            .Where(value => value is >= 2 and <= 1e7 && value == Math.Floor(value))
            .SelectMany(value => new[] { (int)value - 1, (int)value, (int)value + 1 })
            .Concat([top, top + 1])
            .Distinct()
            .OrderBy(index => index);
    }

    private static bool Jumps(FactorRun run, FactorCurve curve, int first, int index)
    {
        var change = Change(run, index);
        var (before, after) = (Change(run, index - 1), Change(run, index + 1));
        return before > 0 && after < 0 && Change(run, index + 2) < 0
            && Rises(curve, index - 1)
            && Math.Abs(change) >= ShareOfPeak * curve.Maximum
            && Math.Abs(change) > ShareOfNeighbours * Math.Max(before, -after)
            && (change < 0 || index >= first + 3 && change > ShareOfNeighbours * Continued(before, Change(run, index - 2)));
    }

    // A ramp by a constant ratio takes larger steps each time.
    private static double Continued(double last, double previous) => previous > 0 ? last * Math.Max(1, last / previous) : double.PositiveInfinity;

    private static bool Falls(FactorCurve curve) =>
        Enumerable.Range(1, curve.Length - 1).Any(position => curve.NumberAt(position) < curve.NumberAt(position - 1));

    private static bool Rises(FactorCurve curve, int end)
    {
        for (var position = 1; position < curve.Length && curve.IndexAt(position) <= end; position++)
        {
            if (!(curve.NumberAt(position) > curve.NumberAt(position - 1)))
                return false;
        }

        return true;
    }

    private static double Change(FactorRun run, int index) => run.FactorAt(index) - run.FactorAt(index - 1);
}
