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

/// <summary>WARM4002: the milestone becomes the length of the warmup in front of it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MilestoneFix))]
public sealed class MilestoneFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(MilestonesDoNotFit.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ArgumentLocation.Find(root!, diagnostic) is not { } creation)
                continue;
            var mark = new SyntaxAnnotation();
            var marked = context.Document.WithSyntaxRoot(root!.ReplaceNode(creation, creation.WithAdditionalAnnotations(mark)));
            if (await MilestoneRepair.OfAsync(marked, mark, context.CancellationToken).ConfigureAwait(false) is { } repair)
                context.RegisterCodeFix(CodeAction.Create(repair.Title, _ => Task.FromResult(repair.Document), nameof(MilestoneFix)), diagnostic);
        }
    }

    // One after the other on the growing document: sequences may be nested in each other.
    private static async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var marks = new Dictionary<SyntaxNode, SyntaxAnnotation>();
        foreach (var creation in diagnostics.Select(diagnostic => ArgumentLocation.Find(root!, diagnostic)).OfType<SyntaxNode>().Distinct())
            marks.Add(creation, new SyntaxAnnotation());
        var current = document.WithSyntaxRoot(root!.ReplaceNodes(marks.Keys, (original, edited) => edited.WithAdditionalAnnotations(marks[original])));
        foreach (var mark in marks.Values)
            current = (await MilestoneRepair.OfAsync(current, mark, cancellation).ConfigureAwait(false))?.Document ?? current;
        return current;
    }
}
