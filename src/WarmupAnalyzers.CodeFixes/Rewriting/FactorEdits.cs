using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Makes the truncating divisions of a factor function real ones.</summary>
internal static class IntegerDivisionEdit
{
    public static async Task<SyntaxNode?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        var divisions = state.Judgement!.TruncatingDivisions
            .Select(number => (SyntaxNode)state.Group.Program.Divisions[number].Origin)
            .ToImmutableArray();
        return await SoleUse.OfAllAsync(divisions, state, cancellation).ConfigureAwait(false)
            ? state.Root.ReplaceNodes(divisions, (original, current) => Real(original, current, state.Model))
            : null;
    }

    /// <summary>The division with one operand that is no integer.</summary>
    public static SyntaxNode Real(SyntaxNode original, SyntaxNode current, SemanticModel model) => (original, current) switch
    {
        (BinaryExpressionSyntax { Left: LiteralExpressionSyntax left, Right: LiteralExpressionSyntax }, BinaryExpressionSyntax constants) =>
            constants.WithLeft(FactorSyntax.RealLiteral(left).WithTriviaFrom(left)),
        (BinaryExpressionSyntax division, BinaryExpressionSyntax edited) => edited.WithRight(FactorSyntax.RealDenominator(division.Right, model)),
        (AssignmentExpressionSyntax division, AssignmentExpressionSyntax edited) => edited.WithRight(FactorSyntax.RealDenominator(division.Right, model)),
        _ => current,
    };
}

/// <summary>Takes the base learning rate out of a factor function.</summary>
internal static class BaseLearningRateEdit
{
    public static async Task<SyntaxNode?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        var source = BaseLearningRateInFactor.SourceOf(state.Judgement!.Branch, state.Judgement.TruncatingDivisions);
        if (source is not { IsFactor: true })
            return null;
        var places = Places(state, source).Where(place => !IsCompared(place) && !IsDivisor(place)).Select(Product).Distinct().ToImmutableArray();
        if (places.IsEmpty || !await SoleUse.OfAllAsync(places, state, cancellation).ConfigureAwait(false))
            return null;
        var rates = Places(state, source).ToImmutableHashSet();
        return state.Root.ReplaceNodes(places, (original, current) => Without(original, current, rates));
    }

    private static IEnumerable<SyntaxNode> Places(FactorState state, RateSource source) =>
        state.Group.Program.Symbols.Where(site => source.Sources.Contains(site.Key)).Select(site => (SyntaxNode)site.Place)
            .Concat(state.Group.Program.Literals.Where(site => source.Sources.Contains(site.Literal)).Select(site => (SyntaxNode)site.Place))
            .Distinct();

    // A product is replaced by its other operand; anything else by one.
    private static SyntaxNode Product(SyntaxNode place)
    {
        var operand = place;
        while (operand.Parent is ParenthesizedExpressionSyntax)
            operand = operand.Parent;
        return operand.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product ? product : operand;
    }

    private static SyntaxNode Without(SyntaxNode original, SyntaxNode current, ImmutableHashSet<SyntaxNode> rates)
    {
        if (original is not BinaryExpressionSyntax product || current is not BinaryExpressionSyntax edited)
            return SyntaxFactory.ParseExpression("1.0").WithTriviaFrom(current);
        var isLeft = IsRate(product.Left, rates);
        var rest = FactorSyntax.SimplifiedWhereParenthesized(isLeft ? edited.Right : edited.Left);
        var comments = Comments(isLeft ? edited.Left : edited.Right).ToArray();
        var between = Comments(edited.OperatorToken).ToArray();
        return isLeft
            ? rest.WithLeadingTrivia(current.GetLeadingTrivia().Concat(comments).Concat(between).Concat(Comments(rest.GetLeadingTrivia()))).WithTrailingTrivia(current.GetTrailingTrivia())
            : rest.WithLeadingTrivia(current.GetLeadingTrivia())
                .WithTrailingTrivia(Comments(rest.GetTrailingTrivia()).Concat(between).Concat(comments).SelectMany(Spaced).Concat(current.GetTrailingTrivia()));
    }

    private static IEnumerable<SyntaxTrivia> Comments(SyntaxNodeOrToken removed) => Comments(removed.IsToken
        ? removed.AsToken().GetAllTrivia()
        : removed.AsNode()!.DescendantTrivia());

    private static IEnumerable<SyntaxTrivia> Comments(IEnumerable<SyntaxTrivia> trivia) => trivia.Where(IsComment);

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia);

    // What runs to the end of the line needs one.
    private static IEnumerable<SyntaxTrivia> Spaced(SyntaxTrivia comment) => comment.IsKind(SyntaxKind.SingleLineCommentTrivia)
        ? [SyntaxFactory.Space, comment, SyntaxFactory.ElasticLineFeed]
        : [SyntaxFactory.Space, comment];

    private static bool IsRate(ExpressionSyntax operand, ImmutableHashSet<SyntaxNode> rates) =>
        rates.Contains(FactorSyntax.Unparenthesized(operand));

    private static bool IsDivisor(SyntaxNode place) =>
        place.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } division && division.Right == place;

    private static bool IsCompared(SyntaxNode place) => place.Parent is BinaryExpressionSyntax
    {
        RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression
            or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression,
    };
}

/// <summary>Caps a ramp that has no plateau, and stops a decay at zero: round the whole value, or round the expression that is wrong where there are several.</summary>
internal static class OpenEndEdit
{
    public static Task<SyntaxNode?> CapAsync(FactorState state, CancellationToken cancellation) =>
        FullRate(state, cancellation) is { } full
            ? WrapAsync(state, WarmupWithoutCap.Id, value => full.IsOne ? FactorSyntax.CappedAtOne(value) : FactorSyntax.CappedAt(full.Rate!, value), cancellation)
            : Task.FromResult<SyntaxNode?>(null);

    public static Task<SyntaxNode?> StopAtZeroAsync(FactorState state, CancellationToken cancellation) =>
        WrapAsync(state, NegativeFactor.Id, FactorSyntax.NotNegative, cancellation);

    // What a warmup leads to: 1, or the optimizer's rate as the user writes it there; null where it does not stand there.
    private static (bool IsOne, ExpressionSyntax? Rate)? FullRate(FactorState state, CancellationToken cancellation)
    {
        if (state.Schedule.Use != FactorUse.Rate)
            return (true, null);
        return FactorFunctionSyntax.Of(state, cancellation) is { } function && RatePlateau.In(function, state, cancellation).FirstOrDefault() is { } full
            ? (false, full.Written)
            : null;
    }

    private static async Task<SyntaxNode?> WrapAsync(FactorState state, string rule, System.Func<ExpressionSyntax, ExpressionSyntax> wrapped, CancellationToken cancellation)
    {
        var value = FactorFunctionSyntax.Of(state, cancellation)?.Result
            ?? state.Judgement!.Mistakes.First(mistake => mistake.Id == rule).Origin as ExpressionSyntax;
        return value is not null && await SoleUse.OfAllAsync([value], state, cancellation).ConfigureAwait(false)
            ? state.Root.ReplaceNode(value, wrapped(value).WithTriviaFrom(value))
            : null;
    }
}
