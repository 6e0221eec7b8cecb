using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4007: the loop's bound as the horizon. Which of the two is meant only a person knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HorizonReviewFix))]
public sealed class HorizonReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(HorizonNotLoopLength.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (ArgumentLocation.Find(root!, diagnostic) is not { } creation
                || await ArgumentState.StartAsync(context.Document, creation, context.CancellationToken).ConfigureAwait(false) is not { } state
                || await HorizonRepair.OfAsync(state, context.CancellationToken).ConfigureAwait(false) is not { } repair)
                continue;
            context.RegisterCodeFix(CodeAction.Create(repair.Title, _ => Task.FromResult(repair.Document), nameof(HorizonReviewFix)), diagnostic);
        }
    }
}
