using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM5007: the optimizer's rate is passed to the group.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OwnGroupRateFix))]
public sealed class OwnGroupRateFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(OwnGroupRate.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By(Apply);

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (RateOf(diagnostic) is not { } rate || GroupAt(root!, diagnostic) is null)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Pass the optimizer's learning rate, {rate}, to the group",
                    cancellation => DocumentFixAll.Apply(context.Document, ImmutableArray.Create(diagnostic), Apply, cancellation),
                    "WarmupAnalyzers.OwnGroupRate"),
                diagnostic);
        }
    }

    private static SyntaxNode Apply(SyntaxNode root, SemanticModel model, ImmutableArray<Diagnostic> diagnostics)
    {
        var rates = new Dictionary<ArgumentListSyntax, string>();
        foreach (var diagnostic in diagnostics)
        {
            if (RateOf(diagnostic) is { } rate && GroupAt(root, diagnostic) is { } group)
                rates[group] = rate;
        }

        return root.ReplaceNodes(rates.Keys, (original, edited) => NamedArguments.Append(edited, "lr", SyntaxFactory.ParseExpression(rates[original])));
    }

    private static string? RateOf(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(OwnGroupRate.Rate, out var rate) ? rate : null;

    private static ArgumentListSyntax? GroupAt(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: > 0 } arguments } ? arguments : null;
}
