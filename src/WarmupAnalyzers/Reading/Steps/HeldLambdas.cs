using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Lambdas that a local or a parameter holds, and the calls of those.</summary>
internal static class HeldLambdas
{
    /// <summary>The calls that run a lambda, where its local or the parameter that it is given for is only called.</summary>
    public static IEnumerable<IOperation> CallsOf(IAnonymousFunctionOperation lambda, TrainingCode code, CancellationToken cancellation)
    {
        IOperation value = lambda;
        while (value.Parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        ISymbol? holder = value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IArgumentOperation { Parameter: { } parameter, Parent: IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } call }
                when StepMethods.IsFinal(call.TargetMethod, call.IsVirtual) => parameter.OriginalDefinition,
            _ => null,
        };
        if (holder is null)
            return [];
        var names = VariableWrites.NamesOf(holder, code, cancellation).ToArray();
        return names.All(IsCalled) ? names.Select(name => code.OperationOf(name.Parent!, cancellation)).OfType<IOperation>() : [];
    }

    /// <summary>Lambdas that a call of a delegate may run; there may be others.</summary>
    public static IEnumerable<IAnonymousFunctionOperation> Of(IOperation? target, TrainingCode code, CancellationToken cancellation) => (target?.Unwrapped() switch
    {
        ILocalReferenceOperation { Local: var local } => [code.InitializerOf(local, cancellation)],
        IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } method } parameter } => code.Mentions.CallsOf(method, cancellation)
            .Select(call => code.OperationOf(call, cancellation)).OfType<IInvocationOperation>()
            .Where(call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition))
            .Select(call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value),
        _ => Enumerable.Empty<IOperation?>(),
    }).Select(LambdaOf).OfType<IAnonymousFunctionOperation>();

    private static IAnonymousFunctionOperation? LambdaOf(IOperation? value)
    {
        var held = value?.Unwrapped();
        return (held is IDelegateCreationOperation made ? made.Target : held) as IAnonymousFunctionOperation;
    }

    private static bool IsCalled(SyntaxNode name) => name.Parent is InvocationExpressionSyntax call && call.Expression == name;
}
