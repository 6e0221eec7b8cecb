using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4006: a decay behind a warmup whose horizon is the whole training, so that the training ends before it does.</summary>
internal static class HorizonIgnoresWarmup
{
    public const string Id = "WARM4006";

    private const int LeastSteps = 2;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4006",
        "The decay's horizon ignores the warmup",
        "The decay's horizon ignores the warmup: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "In a SequentialLR the decay begins at its milestone, at its own step 0. Where its horizon is the length of the whole training, the training ends before the decay does, at a rate above the one that was meant.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (DecayAfterWarmup.Of(arguments) is not { } behind || Effect(behind) is not { } effect || !behind.IsInOrder || HasOtherMistake(behind))
            return null;
        return new ArgumentMistake(Descriptor, behind.Decay.Place, effect)
        {
            Properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, behind.Decay.Parameter),
        };
    }

    /// <summary>Whether the horizon is what is left of the training when the decay begins, whatever the code leaves open.</summary>
    public static bool IsMended(SchedulerArguments arguments)
    {
        if (DecayAfterWarmup.Of(arguments) is not { IsInOrder: true } behind)
            return false;
        var lengths = Lengths(behind, Open(behind));
        return lengths.Any(IsReasonable) && lengths.All(length => length is not null && (!IsReasonable(length) || length.Horizon == length.Steps - length.Start));
    }

    private static string? Effect(DecayAfterWarmup behind)
    {
        var open = Open(behind);
        if (!open.AreRelated)
            return null;
        var lengths = Lengths(behind, open);
        if (lengths.IsEmpty || !lengths.All(length => length is not null && length.Horizon == length.Steps) || lengths.FirstOrDefault(IsReasonable) is not { } shown)
            return null;
        return string.Format(
            CultureInfo.InvariantCulture,
            "it begins at step {0} and takes {1}, so after {2} steps the learning rate ends at {3}{4}{5}",
            shown.Start,
            shown.Horizon,
            shown.Steps,
            End(behind, shown),
            open.Example(shown.Assignment),
            CompositionText.Run(behind.Whole, shown.Steps));
    }

    // A warmup that takes all of the training is another mistake; where that hangs on what is open, it is taken to be shorter.
    private static bool IsReasonable(OpenLength? length) => length is { Start: >= 1, Steps: >= LeastSteps } && length.Start < length.Steps;

    private static OpenLengths Open(DecayAfterWarmup behind) =>
        new(behind.Decay.Horizon, behind.Whole.Steps.FreeVariables, behind.Start.FreeVariables, behind.Decay.Arguments);

    private static ImmutableArray<OpenLength?> Lengths(DecayAfterWarmup behind, OpenLengths open)
    {
        var steps = behind.Whole.Steps;
        return open.Assignments
            .Select(assignment =>
            {
                var made = steps.Under(assignment, behind.Whole.Cancellation);
                var horizon = behind.Decay.Horizon.Under(assignment, behind.Whole.Cancellation).FactorAt(0);
                var start = behind.Start.Under(assignment, behind.Whole.Cancellation).FactorAt(0);
                return made.Usual == made.Greatest && made.Greatest <= int.MaxValue && !double.IsNaN(horizon) && !double.IsNaN(start)
                    ? new OpenLength(assignment, horizon, start, made.Greatest)
                    : null;
            })
            .ToImmutableArray();
    }

    private static string End(DecayAfterWarmup behind, OpenLength length)
    {
        var (decay, rate) = (behind.Decay, behind.Whole.IsRateKnown ? behind.Whole.Rate : double.NaN);
        var horizons = (length.Steps - length.Start) / length.Horizon;
        if (decay.IsAbsolute && double.IsNaN(decay.FactorAt(horizons)))
            return CurveText.Number(decay.Share(horizons)) + " of the way from eta_min to the base learning rate";
        var (end, meant) = (decay.FactorAt(horizons), decay.FactorAt(1));
        return double.IsNaN(rate)
            ? $"{CurveText.Number(end)} and not {CurveText.Number(meant)} of the base learning rate"
            : $"{CurveText.Number(end * rate)} and not {CurveText.Number(meant * rate)}";
    }

    // Numbers and milestones that are wrong come first.
    private static bool HasOtherMistake(DecayAfterWarmup behind) =>
        CompositionRules.Mistakes(behind.Whole).Any()
        || StepMistake.IsInWrongLoop(behind.Decay.Arguments.Life, behind.Whole.Code, behind.Whole.Cancellation)
        || Enumerable.Range(0, behind.Whole.Counts.Length + 1).Any(part => behind.Whole.KnownPartAt(part) is not { } known
            || ArgumentOutOfRange.Judge(new SchedulerArguments(known, behind.Whole.Code, behind.Whole.Cancellation)) is not null);

    private sealed record OpenLength(Assignment Assignment, double Horizon, double Start, double Steps);
}
