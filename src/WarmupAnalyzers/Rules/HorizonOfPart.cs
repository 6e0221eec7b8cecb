using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4007 for the last part of a sequence: a cosine that is stepped beyond its end.</summary>
internal static class HorizonOfPart
{
    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        if (arguments.Parent is not { Kind: SchedulerKind.SequentialLR } parent || arguments.Number("T_max") is not (> 0 and var horizon) || arguments.Number("last_epoch") != -1
            || Handover(arguments, parent) is not { } from
            || HorizonNotLoopLength.Steps(new SchedulerArguments(parent, arguments.Code, arguments.Cancellation)) is not { } steps || steps - from <= horizon + 1
            || ScheduleCurve.Of(parent, steps + 1, arguments.Code, arguments.Cancellation) is not { } factors)
            return null;
        var cycles = (steps - from) % horizon == 0;
        var form = cycles ? "the rate runs up and down every {0} steps from step {1} on and ends at {2} of the base learning rate after {3}"
            : "the rate climbs back from step {4} on and ends at {2} of the base learning rate after {3}";
        var effect = string.Format(CultureInfo.InvariantCulture, form, horizon, from, CurveText.Number(factors[steps]), steps, from + horizon);
        return new ArgumentMistake(HorizonNotLoopLength.Descriptor, arguments.PlaceOf("T_max"), effect)
        {
            IsLikelyOnly = cycles,
            Properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, "T_max").Add(ArgumentMistake.Replacement, HorizonNotLoopLength.Text(steps - from)),
        };
    }

    /// <summary>The step at which the sequence comes to its last part, where this is the last one and nothing else is wrong with the sequence.</summary>
    private static int? Handover(SchedulerArguments arguments, SchedulerCreation parent)
    {
        var whole = new Composition(parent, arguments.Code, arguments.Cancellation);
        if (whole.Parts is not { } parts || whole.Counts.Length == 0 || whole.Counts.Length != parts.Length - 1 || arguments.Life.IndexInParent != parts.Length - 1
            || !whole.Counts.All(count => count.FreeVariables.IsEmpty) || CompositionRules.Mistakes(whole).Any())
            return null;
        var last = whole.Counts[whole.Counts.Length - 1].Under(Factors.Assignment.Empty, arguments.Cancellation).FactorAt(0);
        return last is >= 1 and <= int.MaxValue ? (int)last : null;
    }
}
