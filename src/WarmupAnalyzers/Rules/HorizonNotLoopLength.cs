using System;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4007: a schedule that is made for another number of steps than the loop makes.</summary>
internal static class HorizonNotLoopLength
{
    public const string Id = "WARM4007";

    private const int LongestRun = 1_000_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4007",
        "The horizon is not the length of the loop",
        "The horizon is not the length of the loop: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A cosine climbs again behind its T_max and stays above its end when the loop is shorter; a OneCycleLR throws behind its total, and a schedule of WarmupSchedulers stays at its least learning rate, which may be 0.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments) => arguments.Kind switch
    {
        SchedulerKind.CosineAnnealingLR => OfCosine(arguments) ?? HorizonOfPart.Judge(arguments),
        SchedulerKind.OneCycleLR => OfOneCycle(arguments),
        SchedulerKind.ScheduleLR => HorizonOfSchedule.Judge(arguments),
        _ => null,
    };

    private static ArgumentMistake? OfCosine(SchedulerArguments arguments)
    {
        // Made for one step more or less it still ends where the last training step is.
        if (arguments.Number("T_max") is not (> 0 and var horizon) || Steps(arguments) is not { } steps || steps >= horizon - 1 && steps <= horizon + 1)
            return null;
        var cycles = steps > horizon && steps % horizon == 0;
        return EndText(arguments, horizon, steps) is { } end
            ? new ArgumentMistake(Descriptor, arguments.PlaceOf("T_max"), Effect(horizon, steps, end, cycles))
            {
                IsLikelyOnly = steps < horizon || cycles,
                Properties = Repair("T_max", steps),
            }
            : null;
    }

    private static ArgumentMistake? OfOneCycle(SchedulerArguments arguments)
    {
        var total = arguments.Number("total_steps") is > 0 and var given ? given : arguments.Number("epochs") * arguments.Number("steps_per_epoch");
        // Where the constructor throws there is no step to throw.
        return total is > 0 && Steps(arguments) is { } steps && steps > total && ArgumentOutOfRange.Judge(arguments) is null
            ? new ArgumentMistake(
                Descriptor,
                arguments.PlaceOf(arguments.Number("total_steps") > 0 ? "total_steps" : "steps_per_epoch"),
                string.Format(CultureInfo.InvariantCulture, "step() number {0} of {1} throws", total + 1, steps))
            {
                Properties = arguments.Number("total_steps") > 0 ? Repair("total_steps", steps) : ImmutableDictionary<string, string?>.Empty,
            }
            : null;
    }

    /// <summary>A horizon as it is written.</summary>
    public static string Text(double horizon) => horizon.ToString(CultureInfo.InvariantCulture);

    private static ImmutableDictionary<string, string?> Repair(string parameter, int steps) =>
        ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, parameter).Add(ArgumentMistake.Replacement, Text(steps));

    /// <summary>The steps, where their number is certain and nothing else moves the rate.</summary>
    public static int? Steps(SchedulerArguments arguments)
    {
        var steps = arguments.Steps;
        if (arguments.Creation.Argument("last_epoch") is not null && arguments.Number("last_epoch") != -1 || !steps.FreeVariables.IsEmpty || arguments.Parent is not null || arguments.Life.HasRival
            || StepMistake.IsIn(arguments.Life, arguments.Code, arguments.Cancellation) || arguments.Code.RateWrites.CanFollow(arguments.Creation, arguments.Cancellation))
            return null;
        var range = steps.Under(Assignment.Empty, arguments.Cancellation);
        return range.Least.Equals(range.Greatest) && range.Least is >= 2 and <= LongestRun ? (int)range.Least : null;
    }

    // Where the base rate is open, how far it ends above an absolute least rate is certain all the same.
    private static string? EndText(SchedulerArguments arguments, double horizon, int steps) =>
        ScheduleCurve.Of(arguments.Creation, steps + 1, arguments.Code, arguments.Cancellation) is { } factors
            ? CurveText.Number(factors[steps]) + " of the base learning rate"
            : arguments.Number("eta_min") is > 0 && horizon == Math.Floor(horizon)
                ? CurveText.Number((1 + Math.Cos(Math.PI * steps / horizon)) / 2) + " of the way from eta_min to the base learning rate"
                : null;

    private static string Effect(double horizon, int steps, string end, bool cycles)
    {
        var form = steps < horizon ? "after {0} of {1} steps the rate ends at {2}"
            : cycles ? "the rate runs up and down every {1} steps and ends at {2} after {0}"
            : "the rate climbs back from step {1} on and ends at {2} after {0}";
        return string.Format(CultureInfo.InvariantCulture, form, steps, horizon, end);
    }
}
