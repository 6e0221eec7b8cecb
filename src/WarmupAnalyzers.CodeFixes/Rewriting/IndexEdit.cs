using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Puts a factor function's own index in the place of the training's counter, and mends what that uncovers.</summary>
internal static class IndexEdit
{
    private const int ComparedIndices = 64;

    public static async Task<FactorState?> ApplyAsync(FactorState state, CancellationToken cancellation)
    {
        if (state.Group.Effects.Moving is not [{ IsCount: true } variable] || FactorFunctionSyntax.Of(state, cancellation) is not { } function)
            return null;
        var reads = ReadsOf(variable, function, state, cancellation).ToArray();
        if (reads.Length == 0 || !reads.Contains(Whole((SyntaxNode)variable.Origin)) || !await SoleUse.OfAllAsync(reads, state, cancellation).ConfigureAwait(false))
            return null;
        var name = function.Index.ValueText == "_" ? FactorReview.FreeName(function.Declaration, state) : function.Index.Text;
        var offset = variable.Counter?.AtCreation ?? 0;
        var root = state.Root.ReplaceSyntax(
            reads,
            (original, current) => FactorSyntax.IndexPlus(name, offset, (ExpressionSyntax)original).WithTriviaFrom(current),
            [function.Index],
            (_, current) => SyntaxFactory.Identifier(name).WithTriviaFrom(current),
            [],
            (_, current) => current);
        var after = await state.AfterAsync(root, cancellation).ConfigureAwait(false);
        if (after is null || !IsKept(state, after, variable, offset, cancellation))
            return null;
        return after.Mendable is null ? after : await FactorRepair.RepairedAsync(after, cancellation).ConfigureAwait(false);
    }

    private static IEnumerable<SyntaxNode> ReadsOf(MovingVariable variable, FactorFunctionSyntax function, FactorState state, CancellationToken cancellation) =>
        function.Declaration.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name
                && SymbolEqualityComparer.Default.Equals(state.Model.GetSymbolInfo(name, cancellation).Symbol?.OriginalDefinition, (ISymbol)variable.Key))
            .Select(Whole);

    // `this._epoch`, `_epoch++`
    private static SyntaxNode Whole(SyntaxNode read)
    {
        var whole = read;
        while (whole.Parent is MemberAccessExpressionSyntax access && access.Name == whole
            || whole.Parent is PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression })
            whole = whole.Parent;
        return whole;
    }

    // The function of the index is the function of the counter, from where the counter starts.
    private static bool IsKept(FactorState before, FactorState after, MovingVariable variable, int offset, CancellationToken cancellation) =>
        before.Judgement!.Branch.Branch.Assignments.All(assignment =>
        {
            var run = before.Group.Program.DrivenBy(variable.Key, assignment, cancellation);
            return Enumerable.Range(0, ComparedIndices).All(index =>
                run.At(index + offset).Kind == ValueKind.Unknown || run.FactorAt(index + offset).Equals(after.Follow(assignment, index, cancellation)));
        });
}
