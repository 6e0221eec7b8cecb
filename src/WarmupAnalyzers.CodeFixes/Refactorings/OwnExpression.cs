using System;
using System.Globalization;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>An expression of the user's that may be passed on as an argument, as it is written there.</summary>
internal sealed class OwnExpression
{
    private readonly Func<Assignment, CancellationToken, double> _value;

    private OwnExpression(ExpressionSyntax written, int cost, SyntaxNode? origin, Func<Assignment, CancellationToken, double> value)
    {
        Written = written;
        Cost = cost;
        Origin = origin;
        _value = value;
    }

    public ExpressionSyntax Written { get; }

    /// <summary>What is shorter to read is tried first: a name, a number, then what is computed.</summary>
    public int Cost { get; }

    /// <summary>Where it stands in the user's code; null for a number that stands nowhere.</summary>
    public SyntaxNode? Origin { get; }

    public static OwnExpression Of(ExpressionSyntax origin, ExpressionSyntax written, FactorProgram value) => new(
        written,
        CostOf(origin),
        origin,
        (assignment, cancellation) => value.Under(assignment, cancellation).FactorAt(0));

    public static OwnExpression Number(double number, int cost) =>
        new(SyntaxFactory.ParseExpression(number.ToString("0", CultureInfo.InvariantCulture)), cost, null, (_, _) => number);

    /// <summary>This and another one together, as a total is of warmup and decay.</summary>
    public OwnExpression Plus(OwnExpression other)
    {
        var cost = 20 + Cost + other.Cost;
        return Written is LiteralExpressionSyntax && other.Written is LiteralExpressionSyntax
            ? Number(Evaluate(Assignment.Empty, default) + other.Evaluate(Assignment.Empty, default), cost)
            : new OwnExpression(
                SyntaxFactory.ParseExpression(Summand(Written) + " + " + Summand(other.Written)),
                cost,
                null,
                (assignment, cancellation) => Evaluate(assignment, cancellation) + other.Evaluate(assignment, cancellation));
    }

    public double Evaluate(Assignment assignment, CancellationToken cancellation) => _value(assignment, cancellation);

    private static int CostOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or MemberAccessExpressionSyntax => 0,
        LiteralExpressionSyntax => 1,
        _ => 15,
    };

    private static string Summand(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or LiteralExpressionSyntax
            or ElementAccessExpressionSyntax or CastExpressionSyntax
            ? expression.ToString()
            : "(" + expression + ")";
}
