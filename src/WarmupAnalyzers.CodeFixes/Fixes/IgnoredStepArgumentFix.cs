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

/// <summary>WARM3005: the argument goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoredStepArgumentFix))]
public sealed class IgnoredStepArgumentFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IgnoredStepArgument.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, model, diagnostics) =>
        StepArguments.WithoutMetrics(root, model, diagnostics.Where(diagnostic => !StepArgumentRemoval.IsDoubtful(diagnostic)), CancellationToken.None));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        StepArgumentRemoval.RegisterAsync(context, review: false, nameof(IgnoredStepArgumentFix));
}

/// <summary>WARM3005 where computing the argument does something else as well.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoredStepArgumentReviewFix))]
public sealed class IgnoredStepArgumentReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(IgnoredStepArgument.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context) =>
        StepArgumentRemoval.RegisterAsync(context, review: true, nameof(IgnoredStepArgumentReviewFix));
}

/// <summary>The actions of both providers.</summary>
internal static class StepArgumentRemoval
{
    public static bool IsDoubtful(Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(IgnoredStepArgument.NeedsReview);

    public static async Task RegisterAsync(CodeFixContext context, bool review, string key)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => IsDoubtful(diagnostic) == review))
        {
            if (root is null || model is null || StepArguments.CallAt(root, diagnostic) is not { } call)
                continue;
            var mended = StepArguments.WithoutMetric(call, call, model, context.CancellationToken);
            var title = $"Call {StepArguments.Text(mended)}" + (review ? " (needs review)" : string.Empty);
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, mended))), key),
                diagnostic);
        }
    }
}
