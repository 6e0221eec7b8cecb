using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3004: the one number in scope is passed. Whether it is the metric only a person knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlateauWithoutMetricReviewFix))]
public sealed class PlateauWithoutMetricReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PlateauWithoutMetric.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || model is null || !diagnostic.Properties.TryGetValue(PlateauWithoutMetric.Metric, out var name)
                || StepArguments.CallAt(root, diagnostic) is not { } call)
                continue;
            var mended = StepArguments.WithMetric(call, name!, model, context.CancellationToken);
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Call {StepArguments.Text(mended)} (needs review)",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(call, mended))),
                    nameof(PlateauWithoutMetricReviewFix)),
                diagnostic);
        }
    }
}
