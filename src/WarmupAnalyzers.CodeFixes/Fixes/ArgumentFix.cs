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

/// <summary>Mends a scheduler's arguments: WARM2001, WARM2002, WARM2003, WARM2004.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentFix))]
public sealed class ArgumentFix : CodeFixProvider
{
    /// <summary>One key for all actions: <c>dotnet format</c> applies the fixes of one key in one run.</summary>
    private const string EquivalenceKey = "WarmupAnalyzers.Argument";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(ZeroStartFactor.Id, ArgumentOutOfRange.Id, LastEpochOnFreshOptimizer.Id, DiscardedLearningRate.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await FixAllAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => ArgumentLocation.RegisterAsync(context, review: false, EquivalenceKey);

    // One after the other on the growing document: creations may be nested in each other.
    private static async Task<Document?> FixAllAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        var targets = new Dictionary<SyntaxNode, (SyntaxAnnotation Mark, string Id)>();
        foreach (var diagnostic in diagnostics)
        {
            if (ArgumentLocation.Find(root!, diagnostic) is { } creation && !targets.ContainsKey(creation))
                targets.Add(creation, (new SyntaxAnnotation(), diagnostic.Id));
        }

        var current = document.WithSyntaxRoot(root!.ReplaceNodes(targets.Keys, (original, edited) => edited.WithAdditionalAnnotations(targets[original].Mark)));
        foreach (var (mark, id) in targets.Values)
        {
            if (await ArgumentState.ReadAsync(current, mark, cancellation).ConfigureAwait(false) is { } state && state.Mistakes.FirstOrDefault()?.Rule.Id == id
                && await ArgumentRepair.OfAsync(state, review: false, cancellation).ConfigureAwait(false) is { } repair)
                current = repair.Document;
        }

        return current;
    }
}

/// <summary>Actions on a scheduler's arguments that a person must look at; not part of Fix All and <c>dotnet format</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ArgumentReviewFix))]
public sealed class ArgumentReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ZeroStartFactor.Id, LastEpochOnFreshOptimizer.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => ArgumentLocation.RegisterAsync(context, review: true, "WarmupAnalyzers.ArgumentReview");
}

/// <summary>From a diagnostic of an argument rule back to the scheduler's creation.</summary>
internal static class ArgumentLocation
{
    public static async Task RegisterAsync(CodeFixContext context, bool review, string key)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Find(root!, diagnostic) is not { } creation
                || await ArgumentState.StartAsync(context.Document, creation, context.CancellationToken).ConfigureAwait(false) is not { } state
                || state.Mistakes.FirstOrDefault()?.Rule.Id != diagnostic.Id
                || await ArgumentRepair.OfAsync(state, review, context.CancellationToken).ConfigureAwait(false) is not { } repair)
                continue;
            context.RegisterCodeFix(CodeAction.Create(repair.Title, _ => Task.FromResult(repair.Document), key), diagnostic);
        }
    }

    public static SyntaxNode? Find(SyntaxNode root, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count == 0 || diagnostic.AdditionalLocations[0].SourceSpan is var span && !root.FullSpan.Contains(span))
            return null;
        return root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true);
    }
}
