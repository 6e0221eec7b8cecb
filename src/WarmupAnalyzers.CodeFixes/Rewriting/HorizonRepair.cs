using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>A horizon as long as the loop, evaluated again: the document, and the action in the user's terms.</summary>
internal sealed record HorizonRepair(Document Document, string Title)
{
    /// <summary>The loop's own bound where it is the same at the argument, else its number; null where neither mends it.</summary>
    public static async Task<HorizonRepair?> OfAsync(ArgumentState state, CancellationToken cancellation)
    {
        if (HorizonRules.Mistakes(state.Arguments).FirstOrDefault() is not { } mistake || mistake.Rule.Id != HorizonNotLoopLength.Id
            || !mistake.Properties.TryGetValue(ArgumentMistake.Parameter, out var parameter)
            || !mistake.Properties.TryGetValue(ArgumentMistake.Replacement, out var number))
            return null;
        foreach (var horizon in new[] { Bound(state, mistake.Place), number })
        {
            if (horizon is not null && await AfterAsync(state, mistake, parameter!, horizon, number!, cancellation).ConfigureAwait(false) is { } document)
                return new HorizonRepair(document, $"Change {parameter} to {horizon} (needs review)");
        }

        return null;
    }

    private static async Task<Document?> AfterAsync(
        ArgumentState state, ArgumentMistake mistake, string parameter, string horizon, string number, CancellationToken cancellation) =>
        ArgumentEdits.Replace(state.Root, state.Creation, parameter, horizon) is { } root
        && await state.AfterAsync(root, mistake, cancellation).ConfigureAwait(false) is { } after
        && after.Arguments.Number(parameter) is { } written && HorizonNotLoopLength.Text(written) == number
        && !HorizonRules.Mistakes(after.Arguments).Any()
            ? after.Document
            : null;

    private static string? Bound(ArgumentState state, SyntaxNode place) =>
        state.Arguments.Steps.Bound is { Syntax: ExpressionSyntax written, SemanticModel: { } model } && IsPlain(written)
        && written.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => IsMember(name) || MeansTheSame(name, model, state.Model, place.SpanStart))
            ? written.ToString()
            : null;

    private static bool MeansTheSame(IdentifierNameSyntax name, SemanticModel model, SemanticModel there, int position) => SymbolEqualityComparer.Default.Equals(
        model.GetSymbolInfo(name).Symbol, there.GetSpeculativeSymbolInfo(position, name, SpeculativeBindingOption.BindAsExpression).Symbol);

    // What may be evaluated once more without a second thought.
    private static bool IsPlain(ExpressionSyntax bound) => bound.DescendantNodesAndSelf().All(part =>
        part is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax or ParenthesizedExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression });

    private static bool IsMember(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;
}
