using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>
/// What a repair does, in the user's terms and with the numbers that come of it: <c>Ramp from 1/5 to 1 over 5 epochs: 0.2, 0.4, 0.6, 0.8, 1</c>.
/// </summary>
internal static class RepairTitle
{
    private const int ShownAtMost = 6;

    public static string Of(FactorState start, FactorState repaired, FactorUnderJudgement after, CancellationToken cancellation)
    {
        var lengths = after.Assignments.Select(assignment => RampLength(repaired, assignment, after.Plateau(assignment), cancellation)).ToImmutableArray();
        if (lengths.Any(length => length is null))
            return Upper(Join(start.Judgement!.Mistakes.Select(mistake => Deed(mistake.Id, start.Schedule.Use == FactorUse.Rate ? "learning rate" : "factor")).ToArray())) + ": " + Numbers(after, ShownAtMost + 1, cancellation) + CurvePicture.Example(after);
        var length = LengthName(after, lengths);
        var whole = start.Schedule.Use == FactorUse.Rate ? "the full rate" : "1";
        return $"Ramp from 1/{length} to {whole} over {length} {Unit(start, cancellation)}: {Numbers(after, lengths[0]!.Value, cancellation)}{CurvePicture.Example(after)}";
    }

    // Told by its numbers: k/n or (k + 1)/n up to one, from the first index that is trained with.
    private static int? RampLength(FactorState repaired, Assignment assignment, double full, CancellationToken cancellation)
    {
        var first = repaired.Schedule.FirstIndex;
        var run = repaired.Group.Program.Under(assignment, cancellation);
        var length = Math.Round(full / run.FactorAt(first));
        if (!(length is >= 2 and < 1e7))
            return null;
        return IndexRange.Of(0, length).All(k => Math.Abs(run.FactorAt(first + k) / full - Math.Min((k + 1) / length, 1)) <= 1e-6) ? (int)length : null;
    }

    private static string LengthName(FactorUnderJudgement after, ImmutableArray<int?> lengths) =>
        after.Program.FreeVariables
            .FirstOrDefault(variable => after.Assignments.Select(assignment => (int?)assignment.ValueOf(variable).ToDouble()).SequenceEqual(lengths))?.Name
        ?? lengths[0]!.Value.ToString(CultureInfo.InvariantCulture);

    private static string Numbers(FactorUnderJudgement after, int length, CancellationToken cancellation)
    {
        var run = after.Program.Under(after.Assignments[0], cancellation);
        return CurveText.Numbers(Enumerable.Range(after.FirstIndex, Math.Min(length, ShownAtMost + 1)).Select(run.FactorAt).ToArray());
    }

    // By the loops; and where a step trains a whole epoch, by what the user calls the index.
    private static string Unit(FactorState start, CancellationToken cancellation) =>
        start.Schedule.Steps.ArePerEpoch || FactorFunctionSyntax.Of(start, cancellation)?.Index.ValueText.IndexOf("epoch", StringComparison.OrdinalIgnoreCase) >= 0
            ? "epochs"
            : "steps";

    private static string Deed(string rule, string value) => rule switch
    {
        FactorNotFinite.Id => "keep the " + value + " finite",
        IntegerDivisionInFactor.Id => "divide as real numbers",
        BaseLearningRateInFactor.Id => "drop the base learning rate",
        ZeroAtFirstStep.Id => "start above zero",
        WarmupWithoutCap.Id => value == "factor" ? "cap the factor at 1" : "cap the learning rate",
        _ => "stop the factor at 0",
    };

    private static string Join(IReadOnlyList<string> deeds) => deeds.Count == 1
        ? deeds[0]
        : string.Join(", ", deeds.Take(deeds.Count - 1)) + " and " + deeds[deeds.Count - 1];

    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
