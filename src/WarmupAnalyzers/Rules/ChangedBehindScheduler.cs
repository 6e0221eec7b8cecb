using System.Collections.Immutable;
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

/// <summary>WARM4010: an optimizer that gets another group, or gives way to another one, once the scheduler is there.</summary>
internal static class ChangedBehindScheduler
{
    public const string Id = "WARM4010";

    /// <summary>Present where the schedulers can be made behind the changes.</summary>
    public const string Move = "move";

    private const int Drawn = 8;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM4010",
        "The optimizer changed behind the scheduler",
        "The optimizer is changed behind its scheduler: {0}",
        RuleCategory.Composition,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A scheduler looks at the parameter groups of its optimizer when it is made. A group that comes later is not scheduled, or makes the next step() throw; an optimizer that takes the other's place in the variable is not known to the scheduler at all.",
        helpLinkUri: HelpLink.For(Id));

    /// <summary>The report; null where nothing is lost.</summary>
    public static Diagnostic? Judge(ChangedOptimizer changed, TrainingCode code, CancellationToken cancellation)
    {
        var effect = changed.IsReplaced ? OfReplacement(changed.Scheduler, code, cancellation) : OfGroup(changed, code, cancellation);
        if (effect is null)
            return null;
        var creation = changed.Scheduler.Operation.Syntax.GetLocation();
        return LaterCreation.Find(changed, code, cancellation) is { } later
            ? Diagnostic.Create(
                Descriptor, changed.Change.Syntax.GetLocation(), [creation, later.Anchor.GetLocation(), .. later.Statements.Select(statement => statement.GetLocation())],
                ImmutableDictionary<string, string?>.Empty.Add(Move, "true"), effect)
            : Diagnostic.Create(Descriptor, changed.Change.Syntax.GetLocation(), [creation], effect);
    }

    private static string OfReplacement(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var scheduler = ScheduleReader.Read(creation, code, cancellation);
        var curve = scheduler?.IsProportional == true ? ScheduleCurve.Of(creation, Drawn, code, cancellation) : null;
        return $"{creation.Title} stays with the old one, and the learning rate of the new one is never "
            + (curve is { } known && known.Any(factor => factor != known[0]) ? "multiplied by " + CompositionText.Picture(known) : "changed");
    }

    private static string? OfGroup(ChangedOptimizer changed, TrainingCode code, CancellationToken cancellation)
    {
        var creation = changed.Scheduler;
        var arguments = new SchedulerArguments(creation, code, cancellation);
        var known = arguments.Scheduler;
        if ((known ?? TypicalSchedule.Of(arguments) ?? Plateau(creation)) is not { } scheduler)
            return null;
        var rate = BaseLearningRate.Of(ChildSchedulerReader.OptimizerOf(creation.Operation, code, cancellation), code, cancellation).Value;
        var isKnown = known is not null && (!double.IsNaN(rate) || known.IsProportional);
        var steps = isKnown ? ScheduleSteps.Of(creation, code, cancellation).Under(Assignment.Empty, cancellation).Least : 0;
        if (LateGroup.Of(scheduler, double.IsNaN(rate) ? 1 : rate, steps) is not { } late)
            return null;
        if (late.ThrowsAt > 0)
            return Thrown(creation, late);
        // Somebody may set its rate by hand.
        if (code.RateWrites.In(changed.Change.Syntax.SyntaxTree.GetRoot(cancellation)).Any())
            return null;
        return $"{creation.Title} never changes the learning rate of the new parameter group"
            + (isKnown ? $", while that of the others {(double.IsNaN(rate) ? "is multiplied by" : "runs")} {CompositionText.Picture(late.Rates)}" : string.Empty);
    }

    private static string Thrown(SchedulerCreation creation, LateGroup late)
    {
        if (creation.Kind == SchedulerKind.ReduceLROnPlateau)
            return $"{creation.Title} throws {late.Exception} when it first lowers the learning rate";
        return $"{creation.Title} throws {late.Exception} at " + (late.ThrowsAt == 1 ? "its next step()" : $"step() number {late.ThrowsAt}");
    }

    private static ReduceLROnPlateau? Plateau(SchedulerCreation creation) => creation.Kind == SchedulerKind.ReduceLROnPlateau ? new ReduceLROnPlateau() : null;
}
