using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>The state of an earlier run that an optimizer is given before a scheduler is made on it.</summary>
internal static class LoadedState
{
    private const string Load = "load_state_dict";

    /// <summary>Whether anything in a file may load one.</summary>
    public static bool MayBeIn(SemanticModel file, TrainingCode code, CancellationToken cancellation) =>
        code.Names.In(file.SyntaxTree.GetRoot(cancellation), Load).Any();

    /// <summary>The call that loads it; null where there is none in sight.</summary>
    public static IInvocationOperation? Of(SchedulerCreation creation, TrainingCode code, CancellationToken cancellation)
    {
        var history = OptimizerHistory.Of(creation, code, cancellation);
        return history.Optimizer is null ? null : history.Uses.Where(use => use.Kind == OptimizerUseKind.Other)
            .Select(use => use.Mention.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(call => call.Expression.Span.Contains(use.Mention.Span)))
            .OfType<InvocationExpressionSyntax>()
            .Select(call => code.OperationOf(call, cancellation)).OfType<IInvocationOperation>()
            .FirstOrDefault(call => !call.Syntax.ContainsDiagnostics && call.TargetMethod.Name == Load && code.Symbols.IsDeclaredInTorchSharp(call.TargetMethod) && code.Symbols.IsOptimizer(call.TargetMethod.ContainingType));
    }
}
