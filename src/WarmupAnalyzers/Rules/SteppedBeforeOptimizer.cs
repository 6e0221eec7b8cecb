using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3002: the scheduler steps before the optimizer ever did.</summary>
internal static class SteppedBeforeOptimizer
{
    public const string Id = "WARM3002";

    private const int ShownNumbers = 3;
    private const int DrawnNumbers = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3002",
        "The scheduler steps before the optimizer",
        "scheduler.step() runs before the first optimizer.step(), so the first value of the schedule is never trained with and the whole schedule runs one step ahead{0}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A new scheduler has already set the first learning rate of its schedule. A step() before the first optimizer.step() moves on to the second, and the first is lost.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (FirstShown(life, code, cancellation) is not { } step || !InitialFactor.IsNonzero(life.Creation, code, cancellation))
            return null;
        foreach (var elder in life.Elders)
        {
            if (FirstShown(SchedulerLife.Of(elder, code, cancellation), code, cancellation) is { } theirs && Shown(theirs, life) == Shown(step, life)
                && InitialFactor.IsNonzero(elder, code, cancellation))
                return null; // the same call is reported for the scheduler that was made first
        }

        var additional = new List<Location> { life.Creation.Operation.Syntax.GetLocation() };
        if (!ReferenceEquals(step.Shown, step.Step))
            additional.Add(((SyntaxNode)step.Step.Location).GetLocation());
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (StepMove.Find(life, step, code, cancellation) is { } move)
        {
            properties = move.ToProperties(additional.Count);
            additional.Add(move.Anchor.GetLocation());
        }

        return Diagnostic.Create(Descriptor, Shown(step, life).GetLocation(), additional, properties, Effect(life, code, cancellation));
    }

    /// <summary>The first of the steps that come too early, in the order of the file; null where the schedule is not ahead.</summary>
    private static SteppedAt? FirstShown(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        life.Creation.Kind == SchedulerKind.ReduceLROnPlateau || !life.First.SkipTheFirstIndex || GoesOn(life, code, cancellation)
        ? null
        : life.First.SchedulerSteps.OrderBy(step => Shown(step, life).SpanStart).FirstOrDefault();

    // What begins with the rate in force begins with one that has been trained with. Where the one before it was ahead, the same step is too early.
    private static bool GoesOn(SchedulerLife life, TrainingCode code, CancellationToken cancellation) => life.First.MayTakeOver
        && !life.Elders.Any(elder => SchedulerLife.Of(elder, code, cancellation).First.SkipTheFirstIndexWhereKnown)
        && life.Creation.Kind is SchedulerKind.StepLR or SchedulerKind.MultiStepLR or SchedulerKind.ExponentialLR or SchedulerKind.MultiplicativeLR or SchedulerKind.PolynomialLR or SchedulerKind.CosineAnnealingLR;

    /// <summary>The call in this file, or the creation where none in this file leads to the step.</summary>
    private static SyntaxNode Shown(SteppedAt step, SchedulerLife life) => (SyntaxNode?)step.Shown?.Location ?? life.Creation.Operation.Syntax;

    private static string Effect(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var ahead = life.First.Index;
        if (ScheduleCurve.Of(life.Creation, ahead + DrawnNumbers, code, cancellation) is not { } curve)
            return string.Empty;
        return $" (trains with {Start(curve.Skip(ahead))} instead of {Start(curve)} {CurveText.Sparkline(curve.Skip(ahead).ToArray())})";
    }

    private static string Start(IEnumerable<double> curve) => CurveText.Numbers(curve.Take(ShownNumbers).ToArray()) + ", …";
}
