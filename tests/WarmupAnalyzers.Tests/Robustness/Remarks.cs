using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>
/// The comments, directives and disabled texts of a file. All of them survive a fix but one sort: a comment in the midst of a statement may go with the
/// tokens that it stands between. What stands before, behind or beside a statement stays even where that statement is taken out.
/// </summary>
internal static class Remarks
{
    public static IEnumerable<string> Lost(SyntaxTree before, SyntaxTree after)
    {
        var left = Of(after).GroupBy(remark => remark.Text, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        foreach (var remark in Of(before).GroupBy(remark => remark.Text, StringComparer.Ordinal))
        {
            if (remark.Count() > left.GetValueOrDefault(remark.Key) && remark.Any(one => !one.IsInside || Times(before, one) <= Times(after, one)))
                yield return remark.Key;
        }
    }

    // How often its neighbours are neighbours. Two on either side: many a parenthesis is followed by one.
    private static int Times(SyntaxTree tree, Remark remark)
    {
        var tokens = tree.GetRoot().DescendantTokens().ToArray();
        return tokens.Skip(1).Count(token => Place(token) == remark.Place);
    }

    private static IEnumerable<Remark> Of(SyntaxTree tree) => tree.GetRoot().DescendantTrivia().Where(IsRemark).Select(Read);

    private static Remark Read(SyntaxTrivia trivia)
    {
        // The lines of a comment may be indented anew.
        var text = string.Join('\n', trivia.ToFullString().ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();
        var behind = trivia.Token.LeadingTrivia.Contains(trivia) ? trivia.Token : trivia.Token.GetNextToken();
        var before = behind.GetPreviousToken();
        var statement = before.Parent?.FirstAncestorOrSelf<StatementSyntax>(node => node is not BlockSyntax);
        return new Remark(text, Place(behind), !trivia.IsDirective && statement is not null && statement.Span.Contains(behind.Span));
    }

    private static string Place(SyntaxToken behind)
    {
        var before = behind.GetPreviousToken();
        return string.Join(' ', before.GetPreviousToken().Text, before.Text, behind.Text, behind.GetNextToken().Text);
    }

    private static bool IsRemark(SyntaxTrivia trivia) => trivia.IsDirective || trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;

    /// <param name="IsInside">The statement that it stands in begins before it and ends behind it.</param>
    private sealed record Remark(string Text, string Place, bool IsInside);
}
