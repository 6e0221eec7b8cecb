using System;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Makes a failing program small: statements and members first, then lines, then tokens, in ever smaller parts, as long as it fails in the same way.</summary>
internal sealed class Shrinker(Func<string, bool> fails, int attempts)
{
    private int _left = attempts;

    public string Shrink(string text)
    {
        for (var before = -1; before != text.Length && _left > 0;)
        {
            before = text.Length;
            text = Without(text, Nodes);
            text = Without(text, Lines);
            text = Without(text, Tokens);
        }

        return text;
    }

    private string Without(string text, Func<string, TextSpan[]> parts)
    {
        var spans = parts(text);
        for (var size = Math.Max(1, spans.Length / 2); size >= 1; size /= 2)
        {
            for (var at = 0; at < spans.Length && _left > 0;)
            {
                var taken = TextSpan.FromBounds(spans[at].Start, spans[Math.Min(at + size, spans.Length) - 1].End);
                var shorter = text.Remove(taken.Start, Math.Min(taken.Length, text.Length - taken.Start));
                _left--;
                if (taken.Length > 0 && fails(shorter))
                {
                    text = shorter;
                    spans = parts(text);
                }
                else
                {
                    at += size;
                }
            }
        }

        return text;
    }

    private static TextSpan[] Nodes(string text) => [.. CSharpSyntaxTree.ParseText(text, FuzzHost.ParseOptions).GetRoot().DescendantNodes()
        .Where(node => node is StatementSyntax or MemberDeclarationSyntax or UsingDirectiveSyntax)
        .Select(node => node.FullSpan)];

    private static TextSpan[] Lines(string text) => [.. SourceText.From(text).Lines.Select(line => line.SpanIncludingLineBreak)];

    private static TextSpan[] Tokens(string text) => [.. CSharpSyntaxTree.ParseText(text, FuzzHost.ParseOptions).GetRoot().DescendantTokens().Select(token => token.FullSpan)];
}
