using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4001: two schedulers of one optimizer, of which one undoes what the other does.</summary>
internal static class SchedulersOverwrite
{
    public const string Id = "WARM4001";

    /// <summary>The property with the milestone behind the warmup, where one of the two is one.</summary>
    public const string Milestone = "milestone";

    /// <summary>Present where the warmup is the second.</summary>
    public const string WarmupIsSecond = "second";

    private const int LongestRun = 1_000;
    private const int Shown = 8;
    private const int Seen = 6;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4001",
        "Two schedulers overwrite each other",
        "What {0} does is overwritten by {1}{2}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "LambdaLR, OneCycleLR and CyclicLR set the learning rate at each step, whatever it was. What another scheduler of the same optimizer has made of it is lost. SequentialLR runs one after the other; ChainedLR, and schedulers that multiply the rate in force, run together.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The pairs of a file; of each scheduler the first that it is one with.</summary>
    public static IEnumerable<Diagnostic> OfPairs(ImmutableArray<SchedulerCreation> all, TrainingCode code, CancellationToken cancellation) => all
        .Where(CanOverwrite)
        .Select(second => SchedulerPair.EndingWith(second, code, cancellation)
            .Where(pair => CanOverwrite(pair.First) && !WarmupOnTop.Is(pair, code, cancellation))
            .Select(pair => OfPair(pair, code, cancellation))
            .FirstOrDefault(diagnostic => diagnostic is not null))
        .OfType<Diagnostic>();

    private static bool CanOverwrite(SchedulerCreation creation) => creation.Kind != SchedulerKind.ChainedLR && !creation.IsBaseCall && !creation.HoldsError;

    private static Diagnostic? OfPair(SchedulerPair pair, TrainingCode code, CancellationToken cancellation)
    {
        var (known, rate) = Known(pair, code, cancellation);
        if ((known ?? Typical(pair, code, cancellation)) is not var (first, second)
            || JointRun.Of(first, second, pair.StepsSecondFirst, rate, Count(pair, code, cancellation)) is not { } run)
            return null;
        var (lost, kept) = run.FirstIsLost ? (pair.First, pair.Second) : (pair.Second, pair.First);
        var steps = new[] { pair.First, pair.Second }.Select(creation => SchedulerPair.StepOf(creation, code, cancellation)!.GetLocation());
        return Diagnostic.Create(
            Descriptor,
            pair.Second.Operation.Syntax.GetLocation(),
            [pair.First.Operation.Syntax.GetLocation(), .. steps],
            Properties(pair, code, cancellation),
            lost.Title,
            (lost.Title == kept.Title ? "the other " : string.Empty) + kept.Title,
            known is null || !pair.IsAlone || lost.Kind == SchedulerKind.ReduceLROnPlateau ? string.Empty : Numbers(pair, run, !first.IsProportional || !second.IsProportional, code, cancellation));
    }

    /// <summary>Both with their arguments, and the rate that they begin with; null where one is open, or hangs on a rate that is.</summary>
    private static ((SimulatedScheduler, SimulatedScheduler)? Schedulers, double Rate) Known(SchedulerPair pair, TrainingCode code, CancellationToken cancellation)
    {
        var rate = BaseLearningRate.Of(pair.First.Optimizer, code, cancellation).Value;
        if (ScheduleReader.Read(pair.First, code, cancellation) is not { } first || ScheduleReader.Read(pair.Second, code, cancellation) is not { } second)
            return (null, 1);
        if (!double.IsNaN(rate) && rate != 0)
            return ((first, second), rate);
        return IsMultiple(first) && IsMultiple(second) ? ((first, second), 1) : (null, 1);
    }

    private static bool IsMultiple(SimulatedScheduler scheduler) => scheduler.IsProportional || scheduler is ReduceLROnPlateau;

    // What sets the rate and what goes on from it is the same whatever the arguments are.
    private static (SimulatedScheduler, SimulatedScheduler)? Typical(SchedulerPair pair, TrainingCode code, CancellationToken cancellation) =>
        Typical(pair.First, code, cancellation) is { } first && Typical(pair.Second, code, cancellation) is { } second ? (first, second) : null;

    private static SimulatedScheduler? Typical(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        creation.Kind == SchedulerKind.ReduceLROnPlateau ? new ReduceLROnPlateau() : TypicalSchedule.Of(new SchedulerArguments(creation, code, cancellation));

    private static int Count(SchedulerPair pair, TrainingCode code, CancellationToken cancellation) =>
        (int)Math.Min(LongestRun, ScheduleSteps.Of(pair.First, code, cancellation).Under(Assignment.Empty, cancellation).Greatest);

    private static string Numbers(SchedulerPair pair, JointRun run, bool isAbsolute, TrainingCode code, CancellationToken cancellation)
    {
        var isRate = !double.IsNaN(BaseLearningRate.Of(pair.First.Optimizer, code, cancellation).Value);
        if (run.At >= Seen)
        {
            var unit = isRate ? string.Empty : " of the base learning rate";
            return $": after {run.At} steps the learning rate is {CurveText.Number(run.Together[run.At])}{unit}"
                + (isAbsolute ? string.Empty : $" and not {CurveText.Number(run.Meant[run.At])}{unit}");
        }

        return $": the learning rate {(isRate ? "runs" : "is multiplied by")} {CompositionText.Picture(run.Together.Take(Shown).ToArray())}"
            + (isAbsolute ? string.Empty : $" and not {CompositionText.Picture(run.Meant.Take(Shown).ToArray())}");
    }

    private static ImmutableDictionary<string, string?> Properties(SchedulerPair pair, TrainingCode code, CancellationToken cancellation)
    {
        var none = ImmutableDictionary<string, string?>.Empty;
        var (first, second) = (WarmupEnd.Of(pair.First, code, cancellation), WarmupEnd.Of(pair.Second, code, cancellation));
        if (first is null == second is null || new[] { pair.First, pair.Second }.Any(creation => creation.Kind == SchedulerKind.ReduceLROnPlateau))
            return none;
        return first is not null ? none.Add(Milestone, first) : none.Add(Milestone, second).Add(WarmupIsSecond, "true");
    }
}
