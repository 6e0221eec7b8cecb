using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>An argument put behind the others of a call, under its name.</summary>
internal static class NamedArguments
{
    /// <summary>Before what follows the last argument on its line.</summary>
    public static ArgumentListSyntax Append(ArgumentListSyntax list, string name, ExpressionSyntax value)
    {
        var last = list.Arguments.Last();
        var added = SyntaxFactory.Argument(
                SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)),
                default,
                value)
            .WithTrailingTrivia(last.GetTrailingTrivia());
        var parts = list.Arguments.Replace(last, last.WithTrailingTrivia()).GetWithSeparators()
            .Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space))
            .Add(added);
        return list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(parts));
    }
}
