using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3001: a scheduler that nothing ever steps.</summary>
internal static class NeverStepped
{
    public const string Id = "WARM3001";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3001",
        "The scheduler is never stepped",
        "The scheduler is never stepped, so {0}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A scheduler changes the learning rate only when its step() is called. This one is created, and nothing in reach calls it, while its optimizer trains on.",
        helpLinkUri: HelpLink.For(Id));

    public static Diagnostic? Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (!life.IsNeverStepped || !life.IsTrained || life.Elders.Count > 0)
            return null;
        var location = life.Creation.Operation.Syntax.GetLocation();
        var effect = Effect(life, code, cancellation);
        return StepInsertion.Find(life, code, cancellation) is { } insertion
            ? Diagnostic.Create(Descriptor, location, [insertion.Loop.GetLocation()], insertion.ToProperties(), effect)
            : Diagnostic.Create(Descriptor, location, effect);
    }

    /// <summary>What comes of it; where another scheduler moves the rate, only what this one does not do.</summary>
    private static string Effect(SchedulerLife life, TrainingCode code, CancellationToken cancellation) => life.HasRival
        ? "it never changes the learning rate"
        : "the learning rate stays at " + Held(life.Creation, code, cancellation) + " for the whole training";

    private static string Held(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        if (ScheduleCurve.Of(creation, 1, code, cancellation) is not [var first])
            return "its first value";
        return first == 1 ? "the base learning rate" : CurveText.Number(first) + " of the base learning rate";
    }
}
