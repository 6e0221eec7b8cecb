using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4006: the decay's horizon becomes what the warmup leaves of the training.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemainingHorizonFix))]
public sealed class RemainingHorizonFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(HorizonIgnoresWarmup.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ArgumentLocation.Find(root!, diagnostic) is { } creation
                && await ArgumentState.StartAsync(context.Document, creation, context.CancellationToken).ConfigureAwait(false) is { } state
                && await RemainingHorizonRepair.OfAsync(state, context.CancellationToken).ConfigureAwait(false) is { } repair)
                context.RegisterCodeFix(CodeAction.Create(repair.Title, _ => Task.FromResult(repair.Document), nameof(RemainingHorizonFix)), diagnostic);
        }
    }

    // One after the other on the growing document: one may stand in the arguments of another.
    private static async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var marks = diagnostics.Select(diagnostic => ArgumentLocation.Find(root!, diagnostic)).OfType<SyntaxNode>().Distinct().ToDictionary(creation => creation, _ => new SyntaxAnnotation());
        var current = document.WithSyntaxRoot(root!.ReplaceNodes(marks.Keys, (original, edited) => edited.WithAdditionalAnnotations(marks[original])));
        foreach (var mark in marks.Values)
        {
            if (await ArgumentState.ReadAsync(current, mark, cancellation).ConfigureAwait(false) is { } state
                && await RemainingHorizonRepair.OfAsync(state, cancellation).ConfigureAwait(false) is { } repair)
                current = repair.Document;
        }

        return current;
    }
}
