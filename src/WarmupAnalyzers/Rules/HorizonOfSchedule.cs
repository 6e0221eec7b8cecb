using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4007 for a scheduler of our own that is made for a total of steps: it stays where it ends, so it never climbs back, but it may end at 0.</summary>
internal static class HorizonOfSchedule
{
    private const string Total = "total_steps";

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        // Made for one step more or less it still ends where the last training step is.
        if (arguments.Number(Total) is not (> 0 and var total) || HorizonNotLoopLength.Steps(arguments) is not { } steps || steps >= total - 1 && steps <= total + 1
            || ScheduleCurve.Of(arguments.Creation, steps + 1, arguments.Code, arguments.Cancellation) is not { } factors || Effect(arguments, total, steps, factors) is not { } effect)
            return null;
        return new ArgumentMistake(HorizonNotLoopLength.Descriptor, arguments.PlaceOf(Total), effect)
        {
            IsLikelyOnly = steps < total,
            Properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, Total).Add(ArgumentMistake.Replacement, HorizonNotLoopLength.Text(steps)),
        };
    }

    private static string? Effect(SchedulerArguments arguments, double total, int steps, ImmutableArray<double> factors)
    {
        if (steps > total)
            return factors[steps - 1] == 0
                ? string.Format(CultureInfo.InvariantCulture, "from step {0} on the learning rate is 0, and the last {1} of {2} steps train nothing", total, steps - total, steps)
                : null; // it goes on with its least rate
        // A warmup that is not over by then is another mistake.
        return Warmup.Of(arguments) is not null && factors[steps - 1] < 1 && factors.SequenceEqual(factors.OrderBy(factor => factor))
            ? null
            : string.Format(CultureInfo.InvariantCulture, "after {0} of {1} steps the rate ends at {2} of the base learning rate", steps, total, CurveText.Number(factors[steps]));
    }
}
