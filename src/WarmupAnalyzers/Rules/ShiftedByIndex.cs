using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3006: the round that is over is given as the index of the next.</summary>
internal static class ShiftedByIndex
{
    public const string Id = "WARM3006";

    /// <summary>Present where the training may be run again with the same scheduler, whose index would go on counting.</summary>
    public const string NeedsReview = "review";

    private const int LongestRun = 1_000;
    private const int DrawnNumbers = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3006",
        "step(epoch) shifts the schedule",
        "The schedule is one round late: step({0}) sets the index of the round that is over, and index 0 is trained with twice{1}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A new scheduler is at index 0. At the end of round 0 the next index is 1, which step() brings; step(0) brings index 0 once more, and so the whole schedule is late by one.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(StepCall call)
    {
        if (LateIndex.Of(call) is not { } late)
            return null;
        var run = LateSchedule.Of(late.Life.Creation, Rounds(late), call.Code, call.Cancellation);
        if (run is { IsShifted: false } or { FirstChange: < 0 })
            return null;
        var properties = late.MayBeginAnew || late.Index.HasSideEffect ? ImmutableDictionary<string, string?>.Empty.Add(NeedsReview, "true") : ImmutableDictionary<string, string?>.Empty;
        return Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), properties, late.Index.Written, run is null ? string.Empty : Effect(run, late.Index.Name));
    }

    private static int Rounds(LateIndex late) => Math.Min(late.Rounds ?? LongestRun, LongestRun);

    private static string Effect(LateSchedule run, string variable)
    {
        var change = run.FirstChange;
        if (change >= DrawnNumbers)
            return $" (the factor is {CurveText.Number(run.Right[change])} from {variable} = {change + 1} on instead of {variable} = {change})";
        var shown = run.Late.Take(DrawnNumbers).ToArray();
        return $" (the factor runs {CurveText.Numbers(shown)} instead of {CurveText.Numbers(run.Right.Take(DrawnNumbers).ToArray())} {CurveText.Sparkline(shown)})";
    }
}
