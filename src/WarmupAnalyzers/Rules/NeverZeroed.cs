using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3012: gradients that add up from one iteration to the next.</summary>
internal static class NeverZeroed
{
    public const string Id = "WARM3012";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3012",
        "Gradients are never zeroed",
        "Gradients are never zeroed in this loop, so each optimizer.step() goes along the sum of the gradients of all iterations before it",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "backward() adds to the gradients that are there. Where nothing sets them to zero between two steps of the optimizer, the first batch is trained with again in every step, whatever the learning rate's schedule says.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(TrainingCalls calls)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var backward in calls.Of(GradientCall.Backward, "backward", GradientWords.Zeroing))
        {
            foreach (var (loop, iteration) in calls.LoopsOf(backward))
            {
                if (StepOf(backward, loop, iteration, calls) is not { } step || !reported.Add(backward.Syntax))
                    continue;
                var location = backward.Syntax.GetLocation();
                // One that zeroes for one of two optimizers would only hide that the other's add up.
                var fix = IsOnlyOptimizer(step, loop, calls)
                    ? StatementPlace.For(backward.Syntax, step, "zero_grad", at: 0, calls.Code, calls.Cancellation)
                    : ImmutableDictionary<string, string?>.Empty;
                yield return Diagnostic.Create(Descriptor, location, [location], fix);
                break;
            }
        }
    }

    /// <summary>The step that each iteration makes with the gradients of this call, the first of its kind; null where they are zeroed, or may be.</summary>
    private static IInvocationOperation? StepOf(IInvocationOperation backward, ILoopOperation loop, TrainingIteration iteration, TrainingCalls calls)
    {
        if (!iteration.IsRepeated || iteration.First(GradientCall.Backward) is not { } first || first.Location != backward.Syntax
            || iteration.Following(first, GradientCall.OptimizerStep) is not { Location: SyntaxNode step }
            || TrainingLoops.Outside(loop, calls.Code, calls.Cancellation).Prepend(loop).All(round => RunsOnceAtMost(round, calls))
            || GradientWords.Zeroing.MayHappenIn(loop, calls.Code, calls.Cancellation))
            return null;
        var reach = LoopReach.Of(loop, calls.Code, calls.Cancellation);
        // New parameters have no gradients, and those of another optimizer in each iteration do not add up.
        return !reach.MakesOptimizer && calls.Code.OperationOf(step, calls.Cancellation) is IInvocationOperation call
            && SteadyObject.Is(call.Instance, reach.Parts, calls.Code, calls.Cancellation) ? call : null;
    }

    // What does not come round again adds nothing up.
    private static bool RunsOnceAtMost(ILoopOperation loop, TrainingCalls calls) =>
        CountedLoop.Read(loop, calls.Code, calls.Cancellation) is { FreeVariables.IsEmpty: true } rounds && rounds.Under(Assignment.Empty, calls.Cancellation) <= 1;

    private static bool IsOnlyOptimizer(IInvocationOperation step, ILoopOperation loop, TrainingCalls calls) =>
        TrainingLoops.Outside(loop, calls.Code, calls.Cancellation).Prepend(loop)
            .SelectMany(round => LoopReach.Of(round, calls.Code, calls.Cancellation).Parts)
            .SelectMany(part => calls.In(part, GradientCall.OptimizerStep, "step"))
            .All(other => SymbolEqualityComparer.Default.Equals(StatementPlace.SymbolOf(other.Instance), StatementPlace.SymbolOf(step.Instance)));
}
