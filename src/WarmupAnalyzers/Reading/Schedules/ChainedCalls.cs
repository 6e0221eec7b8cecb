using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>What a <c>ChainedLR</c> is asked besides <c>step()</c>.</summary>
internal static class ChainedCalls
{
    private const string Chained = nameof(SchedulerKind.ChainedLR);

    /// <summary>The calls of <c>get_last_lr()</c>, and of <c>step</c> with an argument, on what is certainly one.</summary>
    public static IEnumerable<IInvocationOperation> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        // The name only spares the binding of every step; what counts is the symbol.
        if (code.Names.Everywhere(Chained, cancellation).IsEmpty)
            yield break;
        var root = model.SyntaxTree.GetRoot(cancellation);
        var calls = code.Calls.In(root, "get_last_lr").Concat(code.Calls.In(root, "step").Where(call => call.ArgumentList.Arguments.Count > 0));
        foreach (var call in calls)
        {
            if (!call.ContainsDiagnostics
                && code.In(model).OperationOf(call, cancellation) is IInvocationOperation { Instance: { } instance } invocation
                && code.Symbols.IsDeclaredInTorchSharp(invocation.TargetMethod)
                && code.Symbols.IsScheduler(invocation.TargetMethod.ContainingType)
                && IsChained(instance, code, cancellation))
                yield return invocation;
        }
    }

    /// <summary>Whether the code expects that there may be no rates.</summary>
    public static bool IsTestedForNull(IInvocationOperation call)
    {
        IOperation value = call;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        return value.Parent switch
        {
            // Of `chained?.get_last_lr()`, too.
            IConditionalAccessOperation access when access.WhenNotNull == value => access.Parent is ICoalesceOperation or IConditionalAccessOperation or IIsPatternOperation,
            IConditionalAccessOperation or ICoalesceOperation or IIsPatternOperation => true,
            IBinaryOperation comparison => comparison.LeftOperand.ConstantValue is { HasValue: true, Value: null } || comparison.RightOperand.ConstantValue is { HasValue: true, Value: null },
            _ => false,
        };
    }

    private static bool IsChained(IOperation instance, TrainingCode code, CancellationToken cancellation)
    {
        var receiver = Receiver(instance).Unwrapped();
        if (IsImplementation(receiver.Type, code.Symbols) && !IsDerivedFrom(code, cancellation))
            return true;
        return BaseLearningRate.CreationOf(receiver, code, cancellation) is { } creation
            && SchedulerCreation.Read(creation, code.Symbols) is { Kind: SchedulerKind.ChainedLR };
    }

    private static IOperation Receiver(IOperation instance)
    {
        if (instance is not IConditionalAccessInstanceOperation)
            return instance;
        var access = instance.Parent;
        while (access is not null and not IConditionalAccessOperation)
            access = access.Parent;
        return (access as IConditionalAccessOperation)?.Operation ?? instance;
    }

    private static bool IsImplementation(ITypeSymbol? type, KnownSymbols symbols) => type is { Name: Chained, ContainingType: { } container }
        && SymbolEqualityComparer.Default.Equals(container, symbols.SchedulerImplementations);

    // A class of the user's own may bring a step that works.
    private static bool IsDerivedFrom(TrainingCode code, CancellationToken cancellation) =>
        code.Names.Everywhere(Chained, cancellation).Any(token => token.Parent?.FirstAncestorOrSelf<BaseTypeSyntax>() is not null);
}
