using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>Starts a ramp one step later: <c>k</c> becomes <c>k + 1</c> where the zero comes from, or everywhere where the rest is infinite there.</summary>
internal static class ZeroStartEdit
{
    /// <summary>The edits to try, best first.</summary>
    public static async Task<ImmutableArray<SyntaxNode>> CandidatesAsync(FactorState state, CancellationToken cancellation)
    {
        var mistake = state.Judgement!.Mistakes.FirstOrDefault(other => other.Id == ZeroAtFirstStep.Id);
        if (mistake?.Origin is not ExpressionSyntax origin || origin.SyntaxTree != state.Root.SyntaxTree
            || !await SoleUse.OfAllAsync(new[] { origin }, state, cancellation).ConfigureAwait(false))
            return ImmutableArray<SyntaxNode>.Empty;
        return Reads(origin, state, cancellation)
            .GroupBy(read => read.Symbol, SymbolEqualityComparer.Default)
            .Select(group => Shift(origin, (IParameterSymbol)group.Key!, state, cancellation))
            .ToImmutableArray();
    }

    private static SyntaxNode Shift(ExpressionSyntax origin, IParameterSymbol index, FactorState state, CancellationToken cancellation)
    {
        var whole = Unconditional(origin);
        var scope = IsInfiniteBeside(origin, whole, index, state, cancellation) ? whole : origin;
        var reads = Reads(scope, state, cancellation)
            .Where(read => SymbolEqualityComparer.Default.Equals(read.Symbol, index))
            .Select(read => read.Name);
        return state.Root.ReplaceNodes(reads, (_, current) => FactorSyntax.NextIndex(current));
    }

    private static IEnumerable<(IdentifierNameSyntax Name, ISymbol Symbol)> Reads(SyntaxNode node, FactorState state, CancellationToken cancellation)
    {
        foreach (var name in node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (state.Model.GetSymbolInfo(name, cancellation).Symbol is IParameterSymbol { Type.SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_Double } parameter)
                yield return (name, parameter);
        }
    }

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
    private static bool IsInfiniteBeside(ExpressionSyntax origin, ExpressionSyntax whole, IParameterSymbol index, FactorState state, CancellationToken cancellation) =>
        whole.DescendantNodes().OfType<ExpressionSyntax>()
            .Where(part => part is InvocationExpressionSyntax or BinaryExpressionSyntax && !part.Contains(origin) && !origin.Contains(part))
            .Where(part => Reads(part, state, cancellation).Any(read => SymbolEqualityComparer.Default.Equals(read.Symbol, index)))
            .Any(part => IsInfinite(part, index, state, cancellation));

    private static bool IsInfinite(ExpressionSyntax part, IParameterSymbol index, FactorState state, CancellationToken cancellation)
    {
        if (state.Code.OperationOf(part, cancellation) is not { } operation)
            return false;
        var program = FactorReader.ReadPart(operation, index, state.Code, cancellation);
        return state.Judgement!.Branch.Assignments
            .Select(assignment => program.Under(assignment, cancellation).At(state.Schedule.FirstIndex))
            .Any(value => value.Kind.IsBinaryFloat() && double.IsInfinity(value.ToDouble()));
    }
}
