using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3010: a step in the validation, or behind the training.</summary>
internal static class SteppedOutsideTraining
{
    public const string Id = "WARM3010";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3010",
        "The scheduler is stepped outside training",
        "The scheduler is stepped outside training, {0}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A schedule counts the steps of a training. A step() in a loop that only evaluates, or behind the training, moves it on without any.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation) =>
        life.IdleSteps(cancellation).Select(step => ToDiagnostic(step, life, code, cancellation));

    private static Diagnostic ToDiagnostic(IdleStep step, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var place = (SyntaxNode?)step.Place.Shown?.Location ?? life.Creation.Operation.Syntax;
        return Diagnostic.Create(
            Descriptor,
            place.GetLocation(),
            [life.Creation.Operation.Syntax.GetLocation()],
            !step.IsAll && place == step.Place.Step.Location && StepMove.IsRemovable(place, code, cancellation)
                ? ImmutableDictionary<string, string?>.Empty.Add(StepMove.Fix, StepMove.Remove)
                : ImmutableDictionary<string, string?>.Empty,
            step.IsAll ? "behind all of it, so the schedule never moves while the model trains"
            : step.IsBehind
                ? "behind the loop that trains and steps it already, so the schedule moves on by a step that no training belongs to"
                : "in a loop that never steps the optimizer, so the schedule runs ahead of the training");
    }
}
