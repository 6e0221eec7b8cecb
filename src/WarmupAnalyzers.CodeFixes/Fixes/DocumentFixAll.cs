using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>Fix All for edits that touch each other: all the diagnostics of a document in one edit.</summary>
internal static class DocumentFixAll
{
    public static FixAllProvider By(Func<SyntaxNode, SemanticModel, ImmutableArray<Diagnostic>, SyntaxNode> fix) =>
        FixAllProvider.Create(async (context, document, diagnostics) => await Apply(document, diagnostics, fix, context.CancellationToken).ConfigureAwait(false));

    public static async Task<Document> Apply(
        Document document,
        ImmutableArray<Diagnostic> diagnostics,
        Func<SyntaxNode, SemanticModel, ImmutableArray<Diagnostic>, SyntaxNode> fix,
        CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || model is null)
            return document;
        return document.WithSyntaxRoot(fix(root, model, diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToImmutableArray()));
    }
}
