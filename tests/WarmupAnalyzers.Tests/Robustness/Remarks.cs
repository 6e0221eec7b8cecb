using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>The comments, directives and disabled texts of a file, each as often as it stands there.</summary>
internal static class Remarks
{
    public static IEnumerable<string> Of(SyntaxTree tree)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var trivia in tree.GetRoot().DescendantTrivia().Where(IsRemark))
        {
            // The lines of a comment may be indented anew.
            var text = string.Join('\n', trivia.ToFullString().ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();
            var count = counts[text] = counts.GetValueOrDefault(text) + 1;
            yield return count == 1 ? text : $"{text} [{count}]";
        }
    }

    private static bool IsRemark(SyntaxTrivia trivia) => trivia.IsDirective || trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;
}
