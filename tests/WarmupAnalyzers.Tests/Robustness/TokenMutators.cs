using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What a slip of the hand does, and what a text looks like while it is being typed.</summary>
internal static class TokenMutators
{
    public static ImmutableArray<Mutator> All { get; } =
    [
        new("token deleted", ground => ground.Token() is { } token ? ground.Replace(token.Span, string.Empty) : null),
        new("token duplicated", ground => ground.Token() is { } token ? ground.Insert(token.Span.End, " " + token.Text) : null),
        new("neighbours swapped", Neighbours),
        new("tokens swapped", ground => ground.Token() is { } one && ground.Token() is { } other ? ground.Swap(one.Span, other.Span) : null),
        new("truncated", ground => ground.Text[..ground.Random.Next(ground.Text.Length)]),
        new("truncated behind a token", ground => ground.Token() is { } token ? ground.Text[..token.Span.End] : null),
        new("spliced with another", Spliced),
        new("token of another", ground => ground.Token() is { } token && TokenOf(ground.Other(), ground.Random) is { } foreign ? ground.Replace(token.Span, foreign) : null),
        new("character deleted", ground => ground.Text.Length == 0 ? null : ground.Text.Remove(ground.Random.Next(ground.Text.Length), 1)),
        new("line deleted", ground => Line(ground) is { } line ? ground.Replace(line, string.Empty) : null),
        new("lines swapped", ground => Line(ground) is { } one && Line(ground) is { } other ? ground.Swap(one, other) : null),
        new("part deleted", ground => ground.Token() is { } one && ground.Token() is { } other && one.SpanStart < other.SpanStart && other.Span.End - one.SpanStart < 200 ? ground.Replace(TextSpan.FromBounds(one.SpanStart, other.Span.End), string.Empty) : null),
        new("brace moved", Brace),
    ];

    private static string? Neighbours(Ground ground)
    {
        if (ground.Tokens.Length < 2)
            return null;
        var at = ground.Random.Next(ground.Tokens.Length - 1);
        return ground.Swap(ground.Tokens[at].Span, ground.Tokens[at + 1].Span);
    }

    private static string? Spliced(Ground ground)
    {
        var other = ground.Other();
        return ground.Token() is { } token && other.Length > 0 ? ground.Text[..token.SpanStart] + other[Math.Max(0, other.IndexOf('\n', ground.Random.Next(other.Length)))..] : null;
    }

    private static string? TokenOf(string text, Random random) =>
        CSharpSyntaxTree.ParseText(text, FuzzHost.ParseOptions).GetRoot().DescendantTokens().ToArray() is { Length: > 0 } tokens ? tokens[random.Next(tokens.Length)].Text : null;

    private static TextSpan? Line(Ground ground)
    {
        var lines = SourceText.From(ground.Text).Lines;
        return lines[ground.Random.Next(lines.Count)].SpanIncludingLineBreak;
    }

    private static string? Brace(Ground ground) =>
        ground.Token(token => token.IsKind(SyntaxKind.OpenBraceToken) || token.IsKind(SyntaxKind.CloseBraceToken)) is { } brace && ground.Token(token => token.IsKind(SyntaxKind.SemicolonToken)) is { } place
            ? ground.Swap(brace.Span, new TextSpan(place.Span.End, 0))
            : null;
}
