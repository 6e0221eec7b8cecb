using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>A member of <c>torch.optim.lr_scheduler</c>, written as the file writes the optimizers beside it.</summary>
internal static class SchedulerMember
{
    private const string Container = "lr_scheduler.";
    private const string Full = "global::TorchSharp.torch.optim." + Container;

    /// <summary>A factory: by its name alone, behind what the factory of an optimizer stands behind, or in full and to be simplified.</summary>
    public static ExpressionSyntax Factory(string name, ExpressionSyntax? optimizer, SemanticModel model, int position, KnownSymbols symbols)
    {
        var qualifier = optimizer is InvocationExpressionSyntax call ? QualifierOf(call.Expression) : null;
        return new[] { name, qualifier + Container + name }
            .Select(text => SyntaxFactory.ParseExpression(text))
            .FirstOrDefault(IsRight) ?? SyntaxFactory.ParseExpression(Full + name).WithAdditionalAnnotations(Simplifier.Annotation);

        bool IsRight(ExpressionSyntax written)
        {
            var info = model.GetSpeculativeSymbolInfo(position, written, SpeculativeBindingOption.BindAsExpression);
            ISymbol[] found = info.Symbol is { } only ? [only] : [.. info.CandidateSymbols];
            return found.Length > 0 && found.All(symbol => SymbolEqualityComparer.Default.Equals(symbol.ContainingType, symbols.SchedulerFactories));
        }
    }

    /// <summary>The type of every scheduler, likewise.</summary>
    public static TypeSyntax Type(TypeSyntax? optimizer, SemanticModel model, int position, KnownSymbols symbols)
    {
        var qualifier = optimizer is null ? null : QualifierOf(optimizer is NullableTypeSyntax nullable ? nullable.ElementType : optimizer);
        return new[] { symbols.Scheduler.Name, qualifier + Container + symbols.Scheduler.Name }
            .Select(text => SyntaxFactory.ParseTypeName(text))
            .FirstOrDefault(written => SymbolEqualityComparer.Default.Equals(
                model.GetSpeculativeSymbolInfo(position, written, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol, symbols.Scheduler))
            ?? SyntaxFactory.ParseTypeName(Full + symbols.Scheduler.Name).WithAdditionalAnnotations(Simplifier.Annotation);
    }

    private static string? QualifierOf(ExpressionSyntax name) => name switch
    {
        MemberAccessExpressionSyntax access => access.Expression.WithoutTrivia() + ".",
        QualifiedNameSyntax qualified => qualified.Left.WithoutTrivia() + ".",
        _ => null,
    };
}
