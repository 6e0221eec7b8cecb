using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3006: the index goes; the scheduler counts for itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShiftedByIndexFix))]
public sealed class ShiftedByIndexFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ShiftedByIndex.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) =>
        StepArguments.WithoutArguments(root, diagnostics.Where(diagnostic => !StepIndexRemoval.IsDoubtful(diagnostic))));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => StepIndexRemoval.RegisterAsync(context, review: false, nameof(ShiftedByIndexFix));
}

/// <summary>WARM3006 where the training may be run again with the same scheduler.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ShiftedByIndexReviewFix))]
public sealed class ShiftedByIndexReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ShiftedByIndex.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) => StepIndexRemoval.RegisterAsync(context, review: true, nameof(ShiftedByIndexReviewFix));
}

/// <summary>The actions of both providers.</summary>
internal static class StepIndexRemoval
{
    public static bool IsDoubtful(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(ShiftedByIndex.NeedsReview);

    public static async Task RegisterAsync(CodeFixContext context, bool review, string key)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => IsDoubtful(diagnostic) == review))
        {
            if (root is null || StepArguments.CallAt(root, diagnostic) is not { } call)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    "Call step()" + (review ? " (needs review)" : string.Empty),
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, StepArguments.WithoutArguments(call)))),
                    key),
                diagnostic);
        }
    }
}
