using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Optimizers;

/// <summary>The calls in a file that make an optimizer of TorchSharp's, or one of its parameter groups.</summary>
internal static class OptimizerCreations
{
    public static IEnumerable<ImmutableArray<IArgumentOperation>> In(SemanticModel model, TrainingCode code, CancellationToken cancellation) =>
        Candidates(model, code, cancellation).Select(operation => Arguments(operation, code.Symbols));

    /// <summary>The optimizers alone.</summary>
    public static IEnumerable<(IOperation Creation, ImmutableArray<IArgumentOperation> Arguments)> OptimizersIn(SemanticModel model, TrainingCode code, CancellationToken cancellation) =>
        Candidates(model, code, cancellation).Where(operation => code.Symbols.IsOptimizer(operation.Type)).Select(operation => (operation, Arguments(operation, code.Symbols)));

    private static ImmutableArray<IOperation> Candidates(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        if (!code.OptimizerCreations.TryGetValue(model.SyntaxTree, out var known))
            code.OptimizerCreations[model.SyntaxTree] = known = Find(model, code, cancellation).ToImmutableArray();
        return known;
    }

    private static IEnumerable<IOperation> Find(SemanticModel model, TrainingCode code, CancellationToken cancellation)
    {
        var root = model.SyntaxTree.GetRoot(cancellation);
        // The name only spares the binding of every other call; what counts is the symbol.
        foreach (var node in code.Symbols.OptimizerNames.SelectMany(name => code.Names.In(root, name)).Select(CreationOf).OfType<SyntaxNode>().OrderBy(node => node.SpanStart))
        {
            if (code.OperationOf(node, cancellation) is { } operation)
                yield return operation;
        }
    }

    private static SyntaxNode? CreationOf(SyntaxToken token)
    {
        if (token.Parent is not SimpleNameSyntax simple)
            return null;
        SyntaxNode name = simple.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == simple => access,
            QualifiedNameSyntax qualified when qualified.Right == simple => qualified,
            _ => simple,
        };
        return name.Parent switch
        {
            InvocationExpressionSyntax call when call.Expression == name => call,
            ObjectCreationExpressionSyntax made when made.Type == name => made,
            _ => null,
        };
    }

    private static ImmutableArray<IArgumentOperation> Arguments(IOperation operation, KnownSymbols symbols) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true } factory } call when symbols.IsOptimizer(call.Type) && symbols.IsDeclaredInTorchSharp(factory) => call.Arguments,
        IObjectCreationOperation { Constructor: { } constructor } creation when symbols.IsDeclaredInTorchSharp(constructor)
            && (symbols.IsOptimizer(creation.Type) || constructor.ContainingType.Name == "ParamGroup") => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };
}
