using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>How a fix writes arithmetic: rules.md, "How fixes write C#".</summary>
internal static class FactorSyntax
{
    /// <summary><c>Math.Min(value, 1.0)</c>, under whatever name fits where it is put.</summary>
    public static ExpressionSyntax CappedAtOne(ExpressionSyntax value) => MathCall("Min", value.WithoutTrivia() + ", 1.0");

    /// <summary><c>Math.Min(value, limit)</c>.</summary>
    public static ExpressionSyntax CappedAt(ExpressionSyntax limit, ExpressionSyntax value) => MathCall("Min", value.WithoutTrivia() + ", " + limit.WithoutTrivia());

    /// <summary><c>rate * factor</c>.</summary>
    public static ExpressionSyntax Times(ExpressionSyntax rate, ExpressionSyntax factor) => SyntaxFactory.BinaryExpression(
        SyntaxKind.MultiplyExpression,
        rate.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space),
        SyntaxFactory.Token(SyntaxKind.AsteriskToken).WithTrailingTrivia(SyntaxFactory.Space),
        factor);

    /// <summary><c>Math.Max(0.0, value)</c>.</summary>
    public static ExpressionSyntax NotNegative(ExpressionSyntax value) => MathCall("Max", "0.0, " + value.WithoutTrivia());

    /// <summary><c>Math.Max(1, value)</c>, in the value's own kind of numbers.</summary>
    public static ExpressionSyntax AtLeastOne(ExpressionSyntax value, bool isInteger) =>
        MathCall("Max", (isInteger ? "1, " : "1.0, ") + value.WithoutTrivia()).WithTriviaFrom(value);

    /// <summary><c>index + 1</c>, in parentheses where they are needed.</summary>
    public static ExpressionSyntax NextIndex(ExpressionSyntax original, SyntaxNode current)
    {
        return Sum(current.WithoutTrivia() + " + 1", original).WithTriviaFrom(current);
    }

    /// <summary><c>index - warmup</c>, in parentheses where they are needed.</summary>
    public static ExpressionSyntax Difference(ExpressionSyntax original, SyntaxNode current, ExpressionSyntax subtracted) =>
        Sum(current.WithoutTrivia() + " - " + subtracted.WithoutTrivia(), original).WithTriviaFrom(current);

    /// <summary>An index that counts from another number, in the place of an expression.</summary>
    public static ExpressionSyntax IndexPlus(string index, int offset, ExpressionSyntax original) => offset switch
    {
        0 => SyntaxFactory.IdentifierName(index),
        > 0 => Sum(index + " + " + offset.ToString(CultureInfo.InvariantCulture), original),
        _ => Sum(index + " - " + (-(long)offset).ToString(CultureInfo.InvariantCulture), original),
    };

    private static ExpressionSyntax Sum(string sum, ExpressionSyntax original)
    {
        var isWhole = original.Parent is ArgumentSyntax or ParenthesizedExpressionSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax
            || original.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression } addition && addition.Left == original;
        return SyntaxFactory.ParseExpression(isWhole ? sum : "(" + sum + ")");
    }

    /// <summary>The same, so that parentheses which are not needed any more go.</summary>
    public static ExpressionSyntax SimplifiedWhereParenthesized(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax ? expression.WithAdditionalAnnotations(Simplifier.Annotation) : expression;

    /// <summary>A denominator that makes the division real: <c>5.0</c>, <c>(double)n</c>, <c>(double)(total / 10)</c>.</summary>
    public static ExpressionSyntax RealDenominator(ExpressionSyntax denominator, SemanticModel model)
    {
        if (Unparenthesized(denominator) is LiteralExpressionSyntax { Token.Value: int or long or uint or ulong } literal)
            return RealLiteral(literal).WithTriviaFrom(denominator);
        return model.GetTypeInfo(denominator).Type?.SpecialType is SpecialType.System_Double
            ? denominator
            : SyntaxFactory.ParseExpression("(double)" + Operand(denominator)).WithTriviaFrom(denominator);
    }

    /// <summary><c>10</c> as <c>10.0</c>, with the user's own digits.</summary>
    public static ExpressionSyntax RealLiteral(LiteralExpressionSyntax literal)
    {
        var written = literal.Token.Text.TrimEnd('l', 'L', 'u', 'U');
        var digits = written.All(character => char.IsDigit(character) || character == '_')
            ? written
            : Convert.ToString(literal.Token.Value, CultureInfo.InvariantCulture);
        return SyntaxFactory.ParseExpression(digits + ".0");
    }

    public static ExpressionSyntax Unparenthesized(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? Unparenthesized(parenthesized.Expression) : expression;

    /// <summary>The text of an operand of a cast, in parentheses where it is no primary expression.</summary>
    private static string Operand(ExpressionSyntax operand) =>
        operand is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or LiteralExpressionSyntax or CastExpressionSyntax
            ? operand.WithoutTrivia().ToString()
            : "(" + operand.WithoutTrivia() + ")";

    /// <summary>Code with calls of <c>global::System.Math</c>, each to be written as short as it may be.</summary>
    public static ExpressionSyntax Parse(string text)
    {
        var expression = SyntaxFactory.ParseExpression(text);
        var calls = expression.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(access => access.Expression.ToString() == "global::System.Math");
        return expression.ReplaceNodes(calls, (_, call) => call.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static ExpressionSyntax MathCall(string method, string arguments) => Parse("global::System.Math." + method + "(" + arguments + ")");
}
