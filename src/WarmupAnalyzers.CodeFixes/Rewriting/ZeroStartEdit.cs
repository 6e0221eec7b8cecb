using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Starts a ramp one step later: <c>k</c> becomes <c>k + 1</c> where the zero comes from, or everywhere where the rest is infinite there.</summary>
internal static class ZeroStartEdit
{
    /// <summary>The edits to try, best first; which of them keeps the curve is for the caller to see.</summary>
    public static async Task<ImmutableArray<SyntaxNode>> CandidatesAsync(FactorState state, CancellationToken cancellation)
    {
        var candidates = ImmutableArray.CreateBuilder<SyntaxNode>();
        foreach (var reads in ReadsToShift(state, cancellation).Where(reads => reads.Length > 0))
        {
            if (await SoleUse.OfAllAsync(reads, state, cancellation).ConfigureAwait(false))
                candidates.Add(state.Root.ReplaceNodes(reads, (original, current) => FactorSyntax.NextIndex((ExpressionSyntax)original, current)));
        }

        return candidates.ToImmutable();
    }

    private static IEnumerable<ImmutableArray<SyntaxNode>> ReadsToShift(FactorState state, CancellationToken cancellation)
    {
        var mistake = state.Judgement!.Mistakes.FirstOrDefault(other => other.Id == ZeroAtFirstStep.Id);
        if (mistake?.Origin is ExpressionSyntax origin && origin.SyntaxTree == state.Root.SyntaxTree)
        {
            if (IsLevel(origin, state, cancellation))
                yield break;
            foreach (var index in Reads(origin, state, cancellation).Select(read => read.Symbol).Distinct<ISymbol>(SymbolEqualityComparer.Default))
                yield return Shift(origin, index, state, cancellation);
        }

        // Where the zero is made of what a caller computes, or of several ramps: every read of the function's own index. In a loop
        // most reads of its variable are for something else.
        if (state.Schedule.Round is not null || FactorFunctionSyntax.Of(state, cancellation) is not { } function)
            yield break;
        var reads = function.IndexReads(function.Declaration).Where(read => !IsCompared(read)).ToImmutableArray();
        // To hand another index to a schedule of the user's own is for a person to decide.
        if (!reads.Any(read => IsArgumentOfOwnCode(read, state, cancellation)))
            yield return reads.ToImmutableArray<SyntaxNode>();
    }

    /// <summary>Whether the index goes unchanged into a method of the user's.</summary>
    public static bool IsArgumentOfOwnCode(IdentifierNameSyntax read, FactorState state, CancellationToken cancellation) =>
        read.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && state.Model.GetSymbolInfo(call, cancellation).Symbol is { DeclaringSyntaxReferences.IsEmpty: false };

    // A zero that is written down is a level, and no ramp.
    private static bool IsLevel(ExpressionSyntax origin, FactorState state, CancellationToken cancellation) =>
        !origin.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Any(name => state.Model.GetSymbolInfo(name, cancellation).Symbol is IParameterSymbol or ILocalSymbol { IsConst: false } or IFieldSymbol { IsConst: false, IsReadOnly: false } or IPropertySymbol);

    /// <summary>Whether it is only compared: a guard, and no value.</summary>
    public static bool IsCompared(SyntaxNode read) => read.Ancestors().TakeWhile(ancestor => ancestor is ExpressionSyntax).Any(ancestor =>
        ancestor is BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.LessThanExpression or (int)SyntaxKind.LessThanOrEqualExpression or (int)SyntaxKind.GreaterThanExpression
                or (int)SyntaxKind.GreaterThanOrEqualExpression or (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression,
        });

    private static ImmutableArray<SyntaxNode> Shift(ExpressionSyntax origin, ISymbol index, FactorState state, CancellationToken cancellation)
    {
        var whole = Unconditional(origin);
        var scope = IsInfiniteBeside(origin, whole, index, state, cancellation) ? whole : origin;
        return Reads(scope, state, cancellation)
            .Where(read => SymbolEqualityComparer.Default.Equals(read.Symbol, index))
            .Select(read => (SyntaxNode)read.Name)
            .ToImmutableArray();
    }

    /// <summary>The reads of numeric parameters in a part of the code.</summary>
    public static IEnumerable<(IdentifierNameSyntax Name, ISymbol Symbol)> Reads(SyntaxNode node, FactorState state, CancellationToken cancellation)
    {
        foreach (var name in node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            var symbol = state.Model.GetSymbolInfo(name, cancellation).Symbol;
            if (symbol is IParameterSymbol { Type.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } || IsIndex(symbol, state))
                yield return (name, symbol!);
        }
    }

    private static bool IsIndex(ISymbol? symbol, FactorState state) =>
        symbol is not null && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, state.Schedule.Round?.Index);

    /// <summary>The largest expression round the origin that is evaluated whenever the origin is.</summary>
    private static ExpressionSyntax Unconditional(ExpressionSyntax origin)
    {
        var whole = origin;
        while (whole.Parent is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax)
        {
            var outer = whole.Parent.FirstAncestorOrSelf<ExpressionSyntax>();
            if (outer is null or ConditionalExpressionSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax or AssignmentExpressionSyntax)
                break;
            whole = outer;
        }

        return whole;
    }

    // The other arm of a Noam schedule is infinite at zero: there the index itself is what is wrong.
    private static bool IsInfiniteBeside(ExpressionSyntax origin, ExpressionSyntax whole, ISymbol index, FactorState state, CancellationToken cancellation) =>
        whole.DescendantNodes().OfType<ExpressionSyntax>()
            .Where(part => part is InvocationExpressionSyntax or BinaryExpressionSyntax && !part.Contains(origin) && !origin.Contains(part))
            .Where(part => Reads(part, state, cancellation).Any(read => SymbolEqualityComparer.Default.Equals(read.Symbol, index)))
            .Any(part => IsInfinite(part, index, state, cancellation));

    private static bool IsInfinite(ExpressionSyntax part, ISymbol index, FactorState state, CancellationToken cancellation)
    {
        if (state.Code.OperationOf(part, cancellation) is not { } operation)
            return false;
        var program = FactorReader.ReadPart(operation, index, state.Code, cancellation);
        return state.Judgement!.Branch.Assignments
            .Select(assignment => program.Under(assignment, cancellation).At(state.Schedule.FirstIndex))
            .Any(value => value.Kind.IsBinaryFloat() && double.IsInfinity(value.ToDouble()));
    }
}
