using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Members put in so that the layout stays.</summary>
internal static class MemberEdits
{
    /// <summary>The type of a member with another one behind it, on a line of its own where that one has one.</summary>
    public static TypeDeclarationSyntax WithBehind(MemberDeclarationSyntax before, MemberDeclarationSyntax added)
    {
        var type = (TypeDeclarationSyntax)before.Parent!;
        var trailing = before.GetTrailingTrivia();
        var endOfLine = trailing.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var indentation = before.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        var members = endOfLine.IsKind(SyntaxKind.EndOfLineTrivia)
            ? type.Members.Insert(type.Members.IndexOf(before) + 1, added.WithLeadingTrivia(indentation).WithTrailingTrivia(endOfLine))
            : type.Members.ReplaceRange(before, [before.WithTrailingTrivia(SyntaxFactory.Space), added.WithTrailingTrivia(trailing)]);
        return (TypeDeclarationSyntax)type.WithMembers(members);
    }
}
