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

/// <summary>WARM3009: a second step of the scheduler in the iteration that has stepped it already.</summary>
internal static class SteppedTwice
{
    public const string Id = "WARM3009";

    private const int ShownNumbers = 3;
    private const int DrawnNumbers = 8;

    /// <summary>The simulation tells the first trained index apart below this.</summary>
    private const int FarAhead = 2;

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3009",
        "The scheduler is stepped twice per iteration",
        "The scheduler is stepped a second time in the same iteration, so {0}",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A schedule counts the calls of step(). Two of them in one iteration, or one for each batch and one for each epoch, run it faster than it was made for.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var repeated = life.RepeatedSteps(cancellation);
        if (repeated.Count == 0)
            return [];
        var tooEarly = SteppedBeforeOptimizer.Judge(life, code, cancellation)?.Location;
        return repeated
            .Where(step => Shown(step.Second, life).GetLocation() != tooEarly && Shown(step.First, life).GetLocation() != tooEarly)
            .GroupBy(step => Shown(step.Second, life))
            .Select(steps => ToDiagnostic(steps.First(), steps.Key, life, code, cancellation));
    }

    private static Diagnostic ToDiagnostic(RepeatedStep step, SyntaxNode place, SchedulerLife life, TrainingCode code, CancellationToken cancellation) => Diagnostic.Create(
        Descriptor,
        place.GetLocation(),
        [life.Creation.Operation.Syntax.GetLocation(), ((SyntaxNode)step.First.Step.Location).GetLocation()],
        place == step.Second.Step.Location && StepMove.StatementOf(place) is { } statement && StepMove.Siblings(statement).Count > 1
            ? ImmutableDictionary<string, string?>.Empty.Add(StepMove.Fix, StepMove.Remove).Add(StepMove.NeedsReview, "true")
            : ImmutableDictionary<string, string?>.Empty,
        Effect(step, life, code, cancellation));

    /// <summary>The call in this file, or the creation where none in this file leads to the step.</summary>
    private static SyntaxNode Shown(SteppedAt step, SchedulerLife life) => (SyntaxNode?)step.Shown?.Location ?? life.Creation.Operation.Syntax;

    private static string Effect(RepeatedStep step, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        if (step.IsMixed)
            return "the schedule counts the iterations of the inner loop and those of the outer loop as well";
        var speed = step.StepsPerTraining switch
        {
            2 => "twice as fast",
            3 => "three times as fast",
            _ => "too fast",
        };
        return "the schedule runs " + speed + Numbers(step.StepsPerTraining, life, code, cancellation);
    }

    private static string Numbers(int stride, SchedulerLife life, TrainingCode code, CancellationToken cancellation)
    {
        var first = life.First.Index;
        if (stride == 0 || !life.First.IsKnown || first >= FarAhead
            || ScheduleCurve.Of(life.Creation, first + (stride * (DrawnNumbers - 1)) + 1, code, cancellation) is not { } curve)
            return string.Empty;
        var trained = Enumerable.Range(0, DrawnNumbers).Select(round => curve[first + (stride * round)]).ToArray();
        return $" (trains with {Start(trained)} instead of {Start(curve)} {CurveText.Sparkline(trained)})";
    }

    private static string Start(IEnumerable<double> curve) => CurveText.Numbers(curve.Take(ShownNumbers).ToArray()) + ", …";
}
