using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.CodeFixes.Rewriting;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>Actions on a factor function that a person must look at; not part of Fix All and <c>dotnet format</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FactorReviewFix))]
public sealed class FactorReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        ZeroAtFirstStep.Id, BaseLearningRateInFactor.Id, WarmupWithoutCap.Id, NegativeFactor.Id, FactorFunctionThrows.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await FactorLocation.StateAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false) is not { } state
                || await FactorRepair.OfAsync(state, context.CancellationToken).ConfigureAwait(false) is not null
                || await FactorReview.OfAsync(state, context.CancellationToken).ConfigureAwait(false) is not { } review)
                continue;
            context.RegisterCodeFix(CodeAction.Create(review.Title, _ => Task.FromResult(review.Document), "WarmupAnalyzers.FactorReview"), diagnostic);
        }
    }
}
