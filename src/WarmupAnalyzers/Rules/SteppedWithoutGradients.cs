using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Training;

namespace WarmupAnalyzers.Rules;

/// <summary>WARM3013: an optimizer that steps along gradients that nothing made.</summary>
internal static class SteppedWithoutGradients
{
    public const string Id = "WARM3013";

    public static readonly DiagnosticDescriptor Descriptor = new(
        "WARM3013",
        "The optimizer steps without gradients",
        "The optimizer steps without gradients: this loop zeroes them and nothing in it calls backward(), so no data reaches the parameters",
        RuleCategory.Stepping,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "optimizer.step() goes along the gradients that backward() left. This loop sets them to zero in every iteration, and nothing in reach computes new ones.",
        helpLinkUri: HelpLink.For(Id));

    public static IEnumerable<Diagnostic> Judge(TrainingCalls calls) =>
        calls.Of(GradientCall.OptimizerStep, "step", GradientWords.Making)
            .Where(step => calls.LoopsOf(step).Any(round => IsWithout(step, round.Loop, round.Iteration, calls)))
            .Select(step => Diagnostic.Create(Descriptor, step.Syntax.GetLocation()));

    /// <summary>Each iteration zeroes what this step goes along, and surely makes nothing new of it. The first step of its optimizer is the one to show.</summary>
    private static bool IsWithout(IInvocationOperation step, ILoopOperation loop, TrainingIteration iteration, TrainingCalls calls)
    {
        var optimizer = StatementPlace.SymbolOf(step.Instance);
        var happening = iteration.Events.Where(happening => happening.Call == GradientCall.OptimizerStep)
            .FirstOrDefault(happening => SymbolEqualityComparer.Default.Equals(OptimizerOf(happening, calls), optimizer));
        return optimizer is not null && happening is not null && happening.Location == step.Syntax
            && iteration.Events.Any(other => other.Call == GradientCall.Zero && Equals(other.Guard, happening.Guard) && IsOf(other, optimizer, calls))
            && !GradientWords.Making.MayHappenIn(loop, calls.Code, calls.Cancellation)
            && SteadyObject.Is(step.Instance, LoopReach.Of(loop, calls.Code, calls.Cancellation).Parts, calls.Code, calls.Cancellation);
    }

    // A module may be any optimizer's.
    private static bool IsOf(GradientEvent zero, ISymbol optimizer, TrainingCalls calls) =>
        Call(zero, calls) is { Instance: { } zeroed }
        && (!calls.Code.Symbols.IsOptimizer(zeroed.Type) || SymbolEqualityComparer.Default.Equals(StatementPlace.SymbolOf(zeroed), optimizer));

    private static ISymbol? OptimizerOf(GradientEvent happening, TrainingCalls calls) => StatementPlace.SymbolOf(Call(happening, calls)?.Instance);

    private static IInvocationOperation? Call(GradientEvent happening, TrainingCalls calls) =>
        calls.Code.OperationOf((SyntaxNode)happening.Location, calls.Cancellation) as IInvocationOperation;
}
