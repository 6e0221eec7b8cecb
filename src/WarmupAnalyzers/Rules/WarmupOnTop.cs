using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM4011: a warmup together with a schedule that begins with one.</summary>
internal static class WarmupOnTop
{
    public const string Id = "WARM4011";

    private const int Shown = 8;
    private const int LongestRun = 10_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4011",
        "Warmup on top of a schedule that already has one",
        "A warmup on top of {0}, which begins with one of its own{1}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "OneCycleLR and CyclicLR, and most schedulers of WarmupSchedulers, begin with a warmup of their own and set the learning rate to what their own arguments say. Another warmup on the same optimizer is lost, or distorts the cycle.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The warmups in a sequence or chain with a cycle.</summary>
    public static IEnumerable<Diagnostic> OfParts(Composition composition)
    {
        if (composition.Parts is not { } parts)
            yield break;
        var cycle = Enumerable.Range(0, parts.Length).Where(part => IsCycle(composition.KnownPartAt(part))).DefaultIfEmpty(-1).First();
        for (var part = 0; cycle >= 0 && part < parts.Length; part++)
        {
            if (part != cycle && (part < cycle || composition.Creation.Kind == SchedulerKind.ChainedLR)
                && composition.KnownPartAt(part) is { } known && IsWarmup(known, composition.Code, composition.Cancellation))
                yield return Diagnostic.Create(Descriptor, composition.PlaceOf(part).GetLocation(), composition.KnownPartAt(cycle)!.Title, CompositionText.Run(composition, Shown));
        }
    }

    /// <summary>The warmups of a file that are stepped beside a cycle.</summary>
    public static IEnumerable<Diagnostic> OfPairs(ImmutableArray<SchedulerCreation> all, TrainingCode code, CancellationToken cancellation)
    {
        if (!all.Any(IsCycle))
            yield break;
        foreach (var second in all)
        {
            foreach (var pair in SchedulerPair.EndingWith(second, code, cancellation))
            {
                if (!pair.First.HoldsError && !second.HoldsError && Is(pair, code, cancellation))
                    yield return OfPair(pair, code, cancellation);
            }
        }
    }

    /// <summary>Whether the two are a warmup and a cycle.</summary>
    public static bool Is(SchedulerPair pair, TrainingCode code, CancellationToken cancellation) =>
        IsCycle(pair.First) != IsCycle(pair.Second) && IsWarmup(IsCycle(pair.First) ? pair.Second : pair.First, code, cancellation);

    private static Diagnostic OfPair(SchedulerPair pair, TrainingCode code, CancellationToken cancellation)
    {
        var (cycle, warmup) = IsCycle(pair.First) ? (pair.First, pair.Second) : (pair.Second, pair.First);
        return Diagnostic.Create(
            Descriptor, pair.Second.Operation.Syntax.GetLocation(), [warmup.Operation.Syntax.GetLocation()], cycle.Title, Run(pair, cycle, code, cancellation));
    }

    private static string Run(SchedulerPair pair, SchedulerCreation cycle, TrainingCode code, CancellationToken cancellation)
    {
        var rate = BaseLearningRate.Of(cycle.Optimizer, code, cancellation).Value;
        var both = double.IsNaN(rate) ? [] : pair.Run(rate, Shown, code, cancellation);
        if (both.Count < Shown || ScheduleReader.Read(cycle, code, cancellation) is not { } scheduler)
            return string.Empty;
        var group = new ParameterGroup(rate, MomentumKind.Momentum, 0.9);
        var alone = new List<double>();
        for (var run = scheduler.Start([group]); run.IsKnown && alone.Count < Shown; run.Step())
            alone.Add(group.LearningRate);
        return alone.SequenceEqual(both)
            ? $", which is lost; the learning rate runs {CompositionText.Picture(both)}"
            : $"; the learning rate runs {CompositionText.Picture(both)} and not {CompositionText.Picture(alone)}";
    }

    private static bool IsCycle(SchedulerCreation? creation) =>
        creation?.Kind is SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR || creation?.HasWarmup() == true;

    /// <summary>Whether it is a straight ramp of any length, or whatever rises to a plateau.</summary>
    public static bool IsWarmup(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (creation.Kind == SchedulerKind.LinearLR)
            return ScheduleReader.Number(creation, "start_factor", code, cancellation) < ScheduleReader.Number(creation, "end_factor", code, cancellation);
        return creation.Kind is SchedulerKind.ConstantLR or SchedulerKind.LambdaLR or SchedulerKind.ScheduleLR && !IsCycle(creation)
            && ScheduleCurve.Of(creation, LongestRun, code, cancellation) is { } curve && Ramp.EndOf(curve) is not null;
    }
}
