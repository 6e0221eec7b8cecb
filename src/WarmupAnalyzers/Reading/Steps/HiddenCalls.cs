using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>
/// What runs without a call in the source: TorchSharp and the runtime call it. A call of a delegate, an override or an interface that stands
/// in the source is seen where it stands.
/// </summary>
internal static class HiddenCalls
{
    /// <summary>Whether such code, with the token in it, may run in a loop.</summary>
    public static bool MayLeadTo(SyntaxToken token, LoopReach loop, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var outer in token.Parent!.Ancestors())
        {
            switch (outer)
            {
                case AnonymousFunctionExpressionSyntax lambda when IsGivenAway(lambda, loop, code, cancellation):
                case LocalFunctionStatementSyntax { Body: { } local } when loop.GoesThroughSequences && IsIterator(local):
                    return true;
                case MethodDeclarationSyntax method:
                    return loop.GoesThroughSequences && method.Body is { } body && IsIterator(body)
                        || code.ModelOf(method.SyntaxTree)?.GetDeclaredSymbol(method, cancellation) is not { } symbol || IsDeclaredOutside(symbol);
                case GlobalStatementSyntax or UsingDirectiveSyntax:
                    return false;
                case MemberDeclarationSyntax:
                    return true;
            }
        }

        return false;
    }

    // `optimizer.step(() => …)` runs it then and there; what the source itself keeps or takes it calls itself.
    private static bool IsGivenAway(AnonymousFunctionExpressionSyntax lambda, LoopReach loop, TrainingCode code, CancellationToken cancellation) => lambda.Parent switch
    {
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "step" } } } => false,
        ArgumentSyntax { Parent.Parent: ExpressionSyntax call } => MayKeep(SymbolOf(call, code, cancellation), loop),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression, Left: var place } => MayKeep(SymbolOf(place, code, cancellation), loop),
        _ => true,
    };

    // The framework's methods run it at once, or as their sequence is gone through.
    private static bool MayKeep(ISymbol? taker, LoopReach loop) => taker switch
    {
        IMethodSymbol or IEventSymbol when !taker.DeclaringSyntaxReferences.IsEmpty => false,
        IMethodSymbol when StepMethods.IsFramework(taker) => loop.GoesThroughSequences,
        _ => true,
    };

    private static ISymbol? SymbolOf(ExpressionSyntax expression, TrainingCode code, CancellationToken cancellation) =>
        code.ModelOf(expression.SyntaxTree)?.GetSymbolInfo(expression, cancellation).Symbol;

    // Whoever goes through the sequence runs it.
    private static bool IsIterator(BlockSyntax body) => body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(node => node is YieldStatementSyntax);

    /// <summary>It overrides or implements a member of TorchSharp, the framework or another library: <c>forward</c>, <c>Dispose</c>, <c>MoveNext</c>.</summary>
    private static bool IsDeclaredOutside(IMethodSymbol method)
    {
        var root = method;
        while (root.OverriddenMethod is { } overridden)
            root = overridden;
        return root.DeclaringSyntaxReferences.IsEmpty
            || method.ContainingType.AllInterfaces.Where(type => type.DeclaringSyntaxReferences.IsEmpty).SelectMany(type => type.GetMembers())
                .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));
    }
}
