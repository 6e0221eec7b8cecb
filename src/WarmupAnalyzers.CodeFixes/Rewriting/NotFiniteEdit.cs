using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Keeps a factor finite: the index counted from one where it is the culprit, else a denominator of at least one.</summary>
internal static class NotFiniteEdit
{
    /// <summary>The state after the edit that makes it finite and keeps what was; null where there is none.</summary>
    public static async Task<FactorState?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        if (state.Judgement!.Mistakes[0].Origin is not ExpressionSyntax origin || origin.SyntaxTree != state.Root.SyntaxTree)
            return null;
        // What is zero whatever the index is no matter of counting.
        return await WithDenominatorAsync(state, origin, ofIndex: false, cancellation).ConfigureAwait(false)
            ?? await OneStepLaterAsync(state, origin, cancellation).ConfigureAwait(false)
            ?? await WithDenominatorAsync(state, origin, ofIndex: true, cancellation).ConfigureAwait(false);
    }

    private static async Task<FactorState?> OneStepLaterAsync(FactorState state, ExpressionSyntax origin, CancellationToken cancellation)
    {
        foreach (var reads in ZeroStartEdit.Reads(origin, state, cancellation).GroupBy(read => read.Symbol, SymbolEqualityComparer.Default))
        {
            var shifted = reads.Select(read => read.Name)
                .Where(name => !ZeroStartEdit.IsCompared(name) && !ZeroStartEdit.IsArgumentOfOwnCode(name, state, cancellation))
                .ToImmutableArray<SyntaxNode>();
            if (await AfterAsync(state, shifted, FactorSyntax.NextIndex, cancellation).ConfigureAwait(false) is { } after && IsOneStepLater(state, after, cancellation))
                return after;
        }

        return null;
    }

    private static async Task<FactorState?> WithDenominatorAsync(FactorState state, ExpressionSyntax origin, bool ofIndex, CancellationToken cancellation)
    {
        var denominators = origin.DescendantNodesAndSelf().OfType<BinaryExpressionSyntax>()
            .Where(binary => binary.IsKind(SyntaxKind.DivideExpression))
            .Select(Denominator)
            .Where(denominator => denominator is not LiteralExpressionSyntax && ZeroStartEdit.Reads(denominator, state, cancellation).Any() == ofIndex);
        foreach (var denominator in denominators)
        {
            var isInteger = state.Model.GetTypeInfo(denominator, cancellation).Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;
            if (await AfterAsync(state, ImmutableArray.Create<SyntaxNode>(denominator), (_, current) => FactorSyntax.AtLeastOne((ExpressionSyntax)current, isInteger), cancellation).ConfigureAwait(false) is { } after
                && KeepsFiniteValues(state, after, cancellation))
                return after;
        }

        return null;
    }

    private static async Task<FactorState?> AfterAsync(
        FactorState state, ImmutableArray<SyntaxNode> places, Func<ExpressionSyntax, SyntaxNode, ExpressionSyntax> edit, CancellationToken cancellation)
    {
        if (places.IsEmpty || !await SoleUse.OfAllAsync(places, state, cancellation).ConfigureAwait(false))
            return null;
        var root = state.Root.ReplaceNodes(places, (original, current) => edit((ExpressionSyntax)original, current));
        var after = await state.AfterAsync(root, cancellation).ConfigureAwait(false);
        return after is not null && after.Judgement?.Mistakes.Any(mistake => mistake.Id is FactorNotFinite.Id) != true ? after : null;
    }

    // `(double)n` is bounded inside, so that the division stays real.
    private static ExpressionSyntax Denominator(BinaryExpressionSyntax division) => FactorSyntax.Unparenthesized(division.Right) switch
    {
        CastExpressionSyntax cast => FactorSyntax.Unparenthesized(cast.Expression),
        var other => other,
    };

    private static bool IsOneStepLater(FactorState before, FactorState after, CancellationToken cancellation)
    {
        var first = before.Schedule.FirstIndex;
        return before.Judgement!.Branch.Branch.Assignments.All(assignment =>
        {
            var (start, second) = (after.Follow(assignment, first, cancellation), before.Group.Program.Under(assignment, cancellation).FactorAt(first + 1));
            return start > 0 && start >= 0.5 * second && start <= 2 * second;
        });
    }

    private static bool KeepsFiniteValues(FactorState before, FactorState after, CancellationToken cancellation) =>
        before.Judgement!.Branch.Branch.Assignments.All(assignment =>
        {
            var old = before.Group.Program.Under(assignment, cancellation);
            return IndexRange.Of(0, before.Judgement.Branch.LargestCount(assignment))
                .Select(index => (Old: old.FactorAt(index), New: after.Follow(assignment, index, cancellation)))
                .All(pair => double.IsNaN(pair.Old) || double.IsInfinity(pair.Old) || pair.Old.Equals(pair.New));
        });
}
