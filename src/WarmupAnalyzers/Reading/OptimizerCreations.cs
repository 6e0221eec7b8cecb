using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading;

/// <summary>The calls in a file that make an optimizer of TorchSharp's, or one of its parameter groups.</summary>
internal static class OptimizerCreations
{
    public static IEnumerable<ImmutableArray<IArgumentOperation>> In(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var names = code.Symbols.OptimizerNames;
        foreach (var node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            // The name only spares the binding of every other call; what counts is the symbol.
            if (NameOf(node) is { } name && names.Contains(name) && model.GetOperation(node, cancellation) is { } operation)
                yield return Arguments(operation, code.Symbols);
        }
    }

    private static string? NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax { Expression: SimpleNameSyntax name } => name.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: SimpleNameSyntax name } => name.Identifier.ValueText,
        ObjectCreationExpressionSyntax { Type: QualifiedNameSyntax qualified } => qualified.Right.Identifier.ValueText,
        _ => null,
    };

    private static ImmutableArray<IArgumentOperation> Arguments(IOperation operation, KnownSymbols symbols) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } factory } call when symbols.IsOptimizer(call.Type) && symbols.IsDeclaredInTorchSharp(factory) => call.Arguments,
        IObjectCreationOperation { Constructor: { } constructor } creation when symbols.IsDeclaredInTorchSharp(constructor)
            && (symbols.IsOptimizer(creation.Type) || constructor.ContainingType.Name == "ParamGroup") => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };
}
