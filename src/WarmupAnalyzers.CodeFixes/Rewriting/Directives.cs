using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The lines of a file that speak to the compiler: an edit leaves them all, in their order, or is none.</summary>
internal static class Directives
{
    public static bool AreKept(SyntaxNode before, SyntaxNode after) =>
        !before.ContainsDirectives || In(before).SequenceEqual(In(after), StringComparer.Ordinal);

    private static IEnumerable<string> In(SyntaxNode root) =>
        root.DescendantTrivia().Where(trivia => trivia.IsDirective).Select(trivia => trivia.ToString().Trim());
}
