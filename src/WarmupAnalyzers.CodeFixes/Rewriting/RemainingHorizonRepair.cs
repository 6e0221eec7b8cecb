using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>A decay's horizon without the warmup in front of it, evaluated again: the document, and the action in the user's terms.</summary>
internal sealed record RemainingHorizonRepair(Document Document, string Title)
{
    /// <summary>The horizon less the milestone, or less the warmup's length where that means the same at the argument; null where neither mends it.</summary>
    public static async Task<RemainingHorizonRepair?> OfAsync(ArgumentState state, CancellationToken cancellation)
    {
        if (HorizonRules.Mistakes(state.Arguments).FirstOrDefault() is not { } mistake || mistake.Rule.Id != HorizonIgnoresWarmup.Id
            || !mistake.Properties.TryGetValue(ArgumentMistake.Parameter, out var parameter)
            || state.Creation.ArgumentSyntax(parameter!) is not ArgumentSyntax { Expression: var horizon } || DecayAfterWarmup.Of(state.Arguments) is not { } behind)
            return null;
        foreach (var start in Starts(behind).Where(start => MeansTheSame(start, state, horizon.SpanStart)))
        {
            var remaining = Difference(horizon, start);
            if (ArgumentEdits.Replace(state.Root, state.Creation, parameter!, remaining) is { } root
                && await state.AfterAsync(root, mistake, cancellation).ConfigureAwait(false) is { } after
                && HorizonIgnoresWarmup.IsMended(after.Arguments) && !HorizonRules.Mistakes(after.Arguments).Any())
                return new RemainingHorizonRepair(after.Document, $"Change {parameter} to {remaining}");
        }

        return null;
    }

    private static IEnumerable<ExpressionSyntax> Starts(DecayAfterWarmup behind)
    {
        if (behind.StartPlace.Syntax is ExpressionSyntax milestone)
            yield return milestone;
        if (behind.Whole.Counts.Length == 1 && behind.Whole.KnownPartAt(0)?.ArgumentSyntax("total_iters") is ArgumentSyntax { Expression: var length })
            yield return length;
    }

    private static string Difference(ExpressionSyntax horizon, ExpressionSyntax start)
    {
        var (total, less) = (horizon.WithoutTrivia().ToString(), start.WithoutTrivia().ToString());
        if (int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var all) && int.TryParse(less, NumberStyles.None, CultureInfo.InvariantCulture, out var before))
            return (all - before).ToString(CultureInfo.InvariantCulture);
        return (IsOperand(horizon, SyntaxKind.AddExpression, SyntaxKind.SubtractExpression) ? total : $"({total})") + string.Concat(Summands(start).Select(summand => " - " + summand));
    }

    // `total - warmup - hold` and not `total - (warmup + hold)`.
    private static IEnumerable<string> Summands(ExpressionSyntax start) => start is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum
        ? Summands(sum.Left).Concat(Summands(sum.Right))
        : [IsOperand(start) ? start.WithoutTrivia().ToString() : $"({start.WithoutTrivia()})"];

    // Binds more tightly than the minus beside it, or as tightly where it stands on the left.
    private static bool IsOperand(ExpressionSyntax expression, params SyntaxKind[] alike) => expression is LiteralExpressionSyntax or NameSyntax or MemberAccessExpressionSyntax
            or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or CastExpressionSyntax or ElementAccessExpressionSyntax or PostfixUnaryExpressionSyntax
        || expression.Kind() is SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression
        || alike.Contains(expression.Kind());

    // What may be evaluated once more without a second thought, and is the same there.
    private static bool MeansTheSame(ExpressionSyntax start, ArgumentState state, int position) =>
        !start.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        && start.DescendantNodesAndSelf().All(node => node is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax
            or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or CastExpressionSyntax or PredefinedTypeSyntax)
        && state.Arguments.Code.ModelOf(start.SyntaxTree) is { } model
        && start.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => !IsMember(name)).All(name => SymbolEqualityComparer.Default.Equals(
            model.GetSymbolInfo(name).Symbol, state.Model.GetSpeculativeSymbolInfo(position, name, SpeculativeBindingOption.BindAsExpression).Symbol));

    private static bool IsMember(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
}
