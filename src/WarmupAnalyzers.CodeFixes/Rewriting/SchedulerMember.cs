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

    /// <summary>A factory: by its name alone, behind what another factory stands behind, or in full and to be simplified.</summary>
    /// <param name="beside">The call that makes an optimizer or a scheduler there.</param>
    public static ExpressionSyntax Factory(string name, ExpressionSyntax? beside, SemanticModel model, int position, KnownSymbols symbols)
    {
        var qualifier = beside is InvocationExpressionSyntax call ? QualifierOf(call.Expression) : null;
        return Spellings(name, qualifier)
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
    /// <param name="beside">The call that makes an optimizer or a scheduler there, or the type of one.</param>
    public static TypeSyntax Type(ExpressionSyntax? beside, SemanticModel model, int position, KnownSymbols symbols)
    {
        var qualifier = beside switch
        {
            InvocationExpressionSyntax call => QualifierOf(call.Expression),
            NullableTypeSyntax nullable => QualifierOf(nullable.ElementType),
            not null => QualifierOf(beside),
            _ => null,
        };
        return Spellings(symbols.Scheduler.Name, qualifier)
            .Select(text => SyntaxFactory.ParseTypeName(text))
            .FirstOrDefault(written => SymbolEqualityComparer.Default.Equals(
                model.GetSpeculativeSymbolInfo(position, written, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol, symbols.Scheduler))
            ?? SyntaxFactory.ParseTypeName(Full + symbols.Scheduler.Name).WithAdditionalAnnotations(Simplifier.Annotation);
    }

    private static string[] Spellings(string name, string? qualifier) => [name, qualifier + name, qualifier + Container + name];

    private static string? QualifierOf(ExpressionSyntax name) => name switch
    {
        MemberAccessExpressionSyntax access => access.Expression.WithoutTrivia() + ".",
        QualifiedNameSyntax qualified => qualified.Left.WithoutTrivia() + ".",
        _ => null,
    };
}
