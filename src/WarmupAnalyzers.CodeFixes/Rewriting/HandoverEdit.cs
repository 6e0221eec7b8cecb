using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Counts a decay from the end of the warmup: the warmup is subtracted from its index, and from the horizon it runs to.</summary>
internal static class HandoverEdit
{
    private const double Tolerance = 1e-9;
    private const int ComparedAtMost = 1_000;

    public static async Task<FactorState?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        if (FactorFunctionSyntax.Of(state, cancellation) is not { } function
            || JumpAtHandover.IndexOf(state.Judgement!.Branch, state.Judgement.TruncatingDivisions) is not { } start
            || DecayOf(state, function) is not { } decay
            || !await SoleUse.OfAllAsync(new[] { decay }, state, cancellation).ConfigureAwait(false))
            return null;
        var warmup = LengthOf(start, state, function, cancellation);
        var horizons = Horizons(decay, function).Where(horizon => IsHorizon(horizon, start, state, cancellation)).ToImmutableHashSet();
        var after = await state.AfterAsync(state.Root.ReplaceNode(decay, Shifted(decay, warmup, horizons, function)), cancellation).ConfigureAwait(false);
        return after is not null && IsKept(state, after, start, cancellation) ? after : null;
    }

    // The branch of the function whose value is the first of the decay.
    private static ExpressionSyntax? DecayOf(FactorState state, FactorFunctionSyntax function) =>
        state.Judgement!.Mistakes[0].Origin is SyntaxNode origin && origin.SyntaxTree == state.Root.SyntaxTree && function.Declaration.Contains(origin)
            ? origin.AncestorsAndSelf().OfType<ExpressionSyntax>().FirstOrDefault(IsBranch) is { } branch && function.IndexReads(branch).Any() ? branch : null
            : null;

    private static bool IsBranch(ExpressionSyntax expression) => expression.Parent switch
    {
        ConditionalExpressionSyntax conditional => conditional.Condition != expression,
        ReturnStatementSyntax or SwitchExpressionArmSyntax or ArrowExpressionClauseSyntax => true,
        _ => false,
    };

    // What the index is compared with, where that is the length; else the number.
    private static ExpressionSyntax LengthOf(int start, FactorState state, FactorFunctionSyntax function, CancellationToken cancellation) =>
        function.Declaration.DescendantNodes().OfType<BinaryExpressionSyntax>()
            .Where(binary => binary.Kind() is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression)
            .SelectMany(binary => new[] { binary.Left, binary.Right })
            .Where(side => side is IdentifierNameSyntax or MemberAccessExpressionSyntax && !function.IndexReads(side).Any())
            .FirstOrDefault(side => ValueOf(side, state, cancellation) == start)
        ?? SyntaxFactory.ParseExpression(start.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<ExpressionSyntax> Horizons(ExpressionSyntax decay, FactorFunctionSyntax function) =>
        decay.DescendantNodesAndSelf().OfType<BinaryExpressionSyntax>()
            .Where(binary => binary.IsKind(SyntaxKind.DivideExpression) && function.IndexReads(binary.Left).Any())
            .Select(binary => WithoutCast(binary.Right))
            .Where(right => right is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax && !function.IndexReads(right).Any());

    private static ExpressionSyntax WithoutCast(ExpressionSyntax expression) => FactorSyntax.Unparenthesized(expression) switch
    {
        CastExpressionSyntax cast => WithoutCast(cast.Expression),
        var other => other,
    };

    // The decay ends there, or turns; a time constant is none.
    private static bool IsHorizon(ExpressionSyntax expression, int start, FactorState state, CancellationToken cancellation)
    {
        var value = ValueOf(expression, state, cancellation);
        if (!(value > start && value < int.MaxValue && value == Math.Floor(value)))
            return false;
        var run = state.Group.Program.Under(state.Judgement!.Branch.Assignments[0], cancellation);
        return Math.Abs(run.FactorAt((int)value)) < Tolerance || run.FactorAt((int)value + 1) > run.FactorAt((int)value) - Tolerance;
    }

    private static double ValueOf(ExpressionSyntax expression, FactorState state, CancellationToken cancellation) =>
        state.Code.OperationOf(expression, cancellation) is { } operation
            ? FactorReader.ReadRate(operation, state.Code, cancellation).Value.Under(state.Judgement!.Branch.Assignments[0], cancellation).FactorAt(0)
            : double.NaN;

    private static ExpressionSyntax Shifted(ExpressionSyntax decay, ExpressionSyntax warmup, ImmutableHashSet<ExpressionSyntax> horizons, FactorFunctionSyntax function) =>
        decay.ReplaceNodes(
            function.IndexReads(decay).Concat(horizons),
            (original, current) => horizons.Contains(original) ? Shorter(original, current, warmup) : FactorSyntax.Difference(original, current, warmup));

    // `30` and `10` are `20`; anything else is a difference.
    private static ExpressionSyntax Shorter(ExpressionSyntax original, ExpressionSyntax current, ExpressionSyntax warmup)
    {
        if (original is not LiteralExpressionSyntax { Token: var token } || warmup is not LiteralExpressionSyntax { Token.Value: int length })
            return FactorSyntax.Difference(original, current, warmup);
        var text = token.Value switch
        {
            int number => (number - length).ToString(CultureInfo.InvariantCulture),
            double number => (number - length).ToString("0.0", CultureInfo.InvariantCulture),
            _ => null,
        };
        return text is null ? FactorSyntax.Difference(original, current, warmup) : SyntaxFactory.ParseExpression(text).WithTriviaFrom(current);
    }

    // The warmup is the same and the decay starts where it ends.
    private static bool IsKept(FactorState before, FactorState after, int start, CancellationToken cancellation) =>
        before.Judgement!.Branch.Assignments.All(assignment =>
        {
            var run = before.Group.Program.Under(assignment, cancellation);
            var from = Math.Max(before.Schedule.FirstIndex, start - ComparedAtMost);
            return Enumerable.Range(from, start - from).All(index => Math.Abs(run.FactorAt(index) - after.Follow(assignment, index, cancellation)) < Tolerance)
                && after.Follow(assignment, start, cancellation) <= run.FactorAt(start - 1) * (1 + Tolerance);
        });
}
