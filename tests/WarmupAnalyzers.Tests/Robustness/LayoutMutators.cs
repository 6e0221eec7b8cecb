using System;
using System.Collections.Immutable;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Comments, directives and layout: nothing that the compiler makes code of.</summary>
internal static class LayoutMutators
{
    public static ImmutableArray<Mutator> All { get; } =
    [
        new("comment", ground => Between(ground, () => $" /* c{Number(ground)} */ "), KeepsMeaning: true),
        new("comment to the line's end", ground => Between(ground, () => $" // c{Number(ground)}\n"), KeepsMeaning: true),
        new("comment of several lines", ground => Between(ground, () => $" /* c{Number(ground)}\n      second line */ "), KeepsMeaning: true),
        new("many comments", Commented, KeepsMeaning: true),
        new("comment on a statement", ground => ground.Any(ground.Statements) is { } statement ? ground.Insert(statement.SpanStart, $"// c{Number(ground)}\n    ") : null, KeepsMeaning: true),
        new("comment behind a statement", ground => ground.Any(ground.Statements) is { } statement ? ground.Insert(statement.Span.End, $" // c{Number(ground)}\n") : null, KeepsMeaning: true),
        new("region", ground => ground.Any(ground.Statements) is { } statement ? ground.Replace(statement.Span, $"\n#region r{Number(ground)}\n{statement}\n#endregion\n") : null, KeepsMeaning: true),
        new("region that ends elsewhere", Region, KeepsMeaning: true),
        new("section", ground => ground.Any(ground.Statements) is { } statement ? ground.Replace(statement.Span, $"\n#if {ground.Of("true", "!NEVER", "NET || true")}\n{statement}\n#{ground.Of("else\nfaulty(\n#", "")}endif\n") : null, KeepsMeaning: true),
        new("disabled text", ground => ground.Any(ground.Statements) is { } statement ? ground.Insert(statement.SpanStart, $"\n#if {ground.Of("false", "NEVER")}\nhalf typed( {{ \"\n#endif\n") : null, KeepsMeaning: true),
        new("pragma", ground => Between(ground, () => "\n#pragma warning disable CS0168 // why\n"), KeepsMeaning: true),
        new("nullable", ground => Between(ground, () => ground.Of("\n#nullable disable\n", "\n#nullable enable\n", "\n#nullable restore\n"))),
        new("line directive", ground => Between(ground, () => ground.Of("\n#line 100 \"elsewhere.cs\"\n", "\n#line hidden\n", "\n#line default\n", "\n#line (1, 1) - (5, 60) 10 \"partial.cs\"\n")), KeepsMeaning: true),
        new("line ends", ground => HasLiteralLines(ground) ? null : ground.Text.ReplaceLineEndings(ground.Of("\r\n", "\r", "\u2028", "\u0085", "\n\n")), KeepsMeaning: true),
        new("line ends mixed", ground => HasLiteralLines(ground) ? null : Regex.Replace(ground.Text, "\r?\n", _ => ground.Of("\r\n", "\n")), KeepsMeaning: true),
        new("tabs", ground => HasLiteralLines(ground) ? null : ground.Text.Replace("    ", "\t", StringComparison.Ordinal), KeepsMeaning: true),
        new("no indentation", ground => HasLiteralLines(ground) ? null : Regex.Replace(ground.Text, @"(?m)^[ \t]+", string.Empty), KeepsMeaning: true),
        new("on one line", OnOneLine, KeepsMeaning: true),
        new("blank line", ground => Between(ground, () => "\n\n"), KeepsMeaning: true),
        new("odd space", ground => Between(ground, () => ground.Of("\u00A0", "\u3000", "\t", "  ", "\f", "\u200A")), KeepsMeaning: true),
        new("each token on its line", ground => ground.Tokens.Any(token => token.IsKind(SyntaxKind.InterpolatedStringTextToken)) || HasLiteralLines(ground) || ground.Root.ContainsDirectives ? null : string.Concat(ground.Tokens.Select(token => token.ToFullString() + "\n")), KeepsMeaning: true),
        new("no end of line at the end", ground => ground.Text.TrimEnd(), KeepsMeaning: true),
        new("byte order mark", ground => "\uFEFF" + ground.Text, KeepsMeaning: true),
    ];

    private static int Number(Ground ground) => ground.Random.Next(100_000);

    private static string? Between(Ground ground, Func<string> text) => ground.Gap() is { } token ? ground.Insert(token.SpanStart, text()) : null;

    private static string? Commented(Ground ground)
    {
        var text = ground.Text;
        foreach (var token in ground.Tokens.Reverse().Where(token => ground.Random.Next(5) == 0 && token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is null))
            text = text.Insert(token.SpanStart, ground.Of($"/* c{Number(ground)} */ ", $"// c{Number(ground)}\n"));
        return text;
    }

    private static string? Region(Ground ground)
    {
        if (ground.Any(ground.Statements) is not { } one || ground.Any(ground.Statements) is not { } other || one.SpanStart >= other.SpanStart)
            return null;
        return ground.Insert(other.SpanStart, "\n#endregion\n").Insert(one.SpanStart, $"\n#region r{Number(ground)}\n");
    }

    private static string? OnOneLine(Ground ground) =>
        HasLiteralLines(ground) || ground.Text.Contains("//", StringComparison.Ordinal) || ground.Root.ContainsDirectives ? null : Regex.Replace(ground.Text, @"\s*\n\s*", " ");

    // What stands in a text over several lines is a part of it.
    private static bool HasLiteralLines(Ground ground) => ground.Tokens.Any(token => token.Text.Contains('\n', StringComparison.Ordinal));
}
