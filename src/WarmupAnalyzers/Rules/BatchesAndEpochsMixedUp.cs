using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3008: a schedule that counts epochs is stepped on every batch, or one that counts batches once per epoch.</summary>
internal static class BatchesAndEpochsMixedUp
{
    public const string Id = "WARM3008";

    private const int LongestRun = 1_000_000;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3008",
        "Batches and epochs are mixed up",
        "Batches and epochs are mixed up: {0}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A schedule counts the calls of step(). Made for epochs and stepped on every batch it is over at once; made for batches and stepped once per epoch it hardly begins.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (Find(life, code, cancellation) is not { } step)
            return null;
        var place = (SyntaxNode?)step.Place.Shown?.Location ?? life.Creation.Operation.Syntax;
        return Diagnostic.Create(
            Descriptor,
            place.GetLocation(),
            step.IsCertain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            [life.Creation.Operation.Syntax.GetLocation(), step.Target.GetLocation()],
            StepTransfer.IsPossible(place, step, code, cancellation) ? ImmutableDictionary<string, string?>.Empty.Add(StepMove.Fix, StepMove.Move).Add(StepMove.NeedsReview, "true") : ImmutableDictionary<string, string?>.Empty,
            Effect(step, life, code, cancellation));
    }

    /// <summary>The step; null where it has another mistake, which is mended first.</summary>
    public static MixedUpStep? Find(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        MixedUpStep.Find(life, code, cancellation) is { } step
        && SteppedBeforeOptimizer.Judge(life, code, cancellation) is null
        && life.RepeatedSteps(cancellation).Count == 0 && life.IdleSteps(cancellation).Count == 0
        && ArgumentOutOfRange.Judge(new SchedulerArguments(life.Creation, code, cancellation)) is null
        && !(step.Length.IsNameOnly && IsFactorWrong(life.Creation, code, cancellation))
            ? step
            : null;

    // A function that goes on for too long is reported there, and what its names say is another way to say the same.
    private static bool IsFactorWrong(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation) =>
        FactorSchedule.Read(creation, code, cancellation) is { } schedule
        && schedule.Groups.Any(group => FactorJudgement.Of(schedule, group, new WarmupOptions(AllowZeroFirstStep: true), cancellation) is not null);

    private static string Effect(MixedUpStep step, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var form = step.IsPerBatch ? "{0} counts epochs and step() runs on every batch" : "{0} counts batches and step() runs once per epoch";
        var effect = string.Format(CultureInfo.InvariantCulture, form, step.Length.Name);
        if (step.Made is not { } made || step.Asked is not { } asked)
            return effect;
        effect += string.Format(CultureInfo.InvariantCulture, ", {0} times in all for a length of {1}", made, asked);
        // These two have a base of their own.
        return made <= LongestRun && life.Creation.Kind is not (SchedulerKind.OneCycleLR or SchedulerKind.CyclicLR) && ScheduleCurve.Of(life.Creation, made + 1, code, cancellation) is { } factors
            ? effect + ", and the rate ends at " + CurveText.Number(factors[made]) + " of the base learning rate"
            : effect;
    }
}
