using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>A text that is about to be mutated: its parts, another program to take from, and the dice.</summary>
internal sealed class Ground
{
    private readonly Func<string> _other;

    public Ground(string text, Func<string> other, Random random)
    {
        Text = text;
        Random = random;
        _other = other;
        Root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, FuzzHost.ParseOptions).GetRoot();
        Tokens = [.. Root.DescendantTokens().Where(token => token.Span.Length > 0)];
    }

    public string Text { get; }

    public Random Random { get; }

    public CompilationUnitSyntax Root { get; }

    public SyntaxToken[] Tokens { get; }

    public IEnumerable<StatementSyntax> Statements => Nodes<StatementSyntax>().Where(statement => statement.Parent is BlockSyntax or GlobalStatementSyntax);

    /// <summary>Statements that can stand under a condition or in a block of their own as far as their syntax goes.</summary>
    public IEnumerable<StatementSyntax> Actions => Statements.Where(statement => statement is not (LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax));

    public IEnumerable<ExpressionSyntax> Values => Nodes<ExpressionSyntax>().Where(expression =>
        expression is BinaryExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or ConditionalExpressionSyntax or InvocationExpressionSyntax or PrefixUnaryExpressionSyntax
        || (expression is IdentifierNameSyntax && expression.Parent is ArgumentSyntax or BinaryExpressionSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax));

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Root.DescendantNodes().OfType<T>();

    public string Other() => _other();

    public T? Any<T>(IEnumerable<T> choices)
        where T : class => choices.ToArray() is { Length: > 0 } all ? all[Random.Next(all.Length)] : null;

    public string Of(params string[] choices) => choices[Random.Next(choices.Length)];

    public SyntaxToken? Token(Func<SyntaxToken, bool>? where = null)
    {
        var all = where is null ? Tokens : Tokens.Where(where).ToArray();
        return all.Length == 0 ? null : all[Random.Next(all.Length)];
    }

    /// <summary>Between tokens, where a comment or a line's end changes nothing.</summary>
    public SyntaxToken? Gap() => Token(token => token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>() is null);

    public string Replace(TextSpan span, string text) => Text[..span.Start] + text + Text[span.End..];

    public string Insert(int at, string text) => Text.Insert(at, text);

    public string? Replace(SyntaxNode? node, Func<string, string> change) => node is null ? null : Replace(node.Span, change(node.ToString()));

    /// <summary>Two parts that do not overlap change places.</summary>
    public string? Swap(TextSpan one, TextSpan other)
    {
        var (first, second) = one.Start < other.Start ? (one, other) : (other, one);
        return first.End > second.Start ? null : Text[..first.Start] + Text[second.Start..second.End] + Text[first.End..second.Start] + Text[first.Start..first.End] + Text[second.End..];
    }
}
