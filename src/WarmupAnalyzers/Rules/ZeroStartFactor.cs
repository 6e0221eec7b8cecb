using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM2001: the factor that a schedule starts with is divided by later, and it is zero there.</summary>
internal static class ZeroStartFactor
{
    public const string Id = "WARM2001";

    private const int LongestRun = 200_000;

    // For what the code leaves open: a claim holds for all of them.
    private static readonly double[] s_counts = [2, 3, 5, 10, 100];
    private static readonly double[] s_ends = [1, 0.5];

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM2001",
        "A zero start factor makes the learning rate NaN",
        "The start factor makes the learning rate NaN: {0}",
        RuleCategory.Argument,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "TorchSharp computes each learning rate from the one before by a quotient. After a factor of zero, or one that leads through zero, the quotient is infinite and the learning rate is NaN from then on.",
        helpLinkUri: HelpLink.For(Id));

    public static ArgumentMistake? Judge(SchedulerArguments arguments)
    {
        var parameter = arguments.Kind switch
        {
            SchedulerKind.LinearLR => "start_factor",
            SchedulerKind.ConstantLR => "factor",
            _ => null,
        };
        if (parameter is null || arguments.Number(parameter) is not { } start || start > 0 || arguments.Number("last_epoch") is not { } last)
            return null;
        var runs = Schedulers(arguments, start, (int)last).ToArray();
        if (!runs.All(run => RunText.FirstNaN(run.Scheduler, arguments, run.Length) is not null))
            return null;
        return new ArgumentMistake(Descriptor, arguments.PlaceOf(parameter), Effect(arguments, runs))
        {
            Properties = ImmutableDictionary<string, string?>.Empty.Add(ArgumentMistake.Parameter, parameter),
        };
    }

    private static IEnumerable<(SimulatedScheduler Scheduler, int Length)> Schedulers(SchedulerArguments arguments, double start, int last)
    {
        foreach (var total in arguments.Number("total_iters") is { } known ? [known] : s_counts)
        {
            var length = (int)System.Math.Min(System.Math.Max(total, 0) + 2, LongestRun);
            if (arguments.Kind == SchedulerKind.ConstantLR)
            {
                yield return (new ConstantLR(start, (int)total, last), length);
                continue;
            }

            foreach (var end in arguments.Number("end_factor") is { } one ? [one] : s_ends)
                yield return (new LinearLR(start, end, (int)total, last), length);
        }
    }

    private static string Effect(SchedulerArguments arguments, (SimulatedScheduler Scheduler, int Length)[] runs)
    {
        if (runs.Length > 1 && arguments.Kind == SchedulerKind.ConstantLR)
            return "the learning rate is 0 for the whole warmup and NaN after it";
        var (scheduler, length) = runs[0];
        return $"{RunText.Subject(scheduler, arguments)} {RunText.Picture(RunText.Numbers(scheduler, arguments)!)}, NaN from step {RunText.FirstNaN(scheduler, arguments, length)} on";
    }
}
