using System.Collections.Generic;
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

/// <summary>Gives a whole schedule to <c>LambdaLR</c>: WARM2007.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MultiplicativeUsedLikeLambdaFix))]
public sealed class MultiplicativeUsedLikeLambdaFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MultiplicativeUsedLikeLambda.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(IsMendable))
        {
            if (await LambdaInstead.OfAsync(context.Document, Creation(root!, diagnostic), context.CancellationToken).ConfigureAwait(false) is { } fix)
                context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(fix.Document), MultiplicativeUsedLikeLambda.Id), diagnostic);
        }
    }

    // One after the other on the growing document: functions may be nested in each other.
    private static async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (var creation in diagnostics.Where(IsMendable).Select(diagnostic => Creation(root!, diagnostic)))
            marks[creation] = new SyntaxAnnotation();
        var current = document.WithSyntaxRoot(root!.ReplaceNodes(marks.Keys, (original, edited) => edited.WithAdditionalAnnotations(marks[original])));
        foreach (var mark in marks.OrderBy(mark => mark.Key.SpanStart).Select(mark => mark.Value))
        {
            var creation = (await current.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!.GetAnnotatedNodes(mark).Single();
            current = await LambdaInstead.OfAsync(current, creation, cancellation).ConfigureAwait(false) is { } fix ? fix.Document : current;
        }

        return current;
    }

    private static bool IsMendable(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(MultiplicativeUsedLikeLambda.IsMeant);

    private static SyntaxNode Creation(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);
}
