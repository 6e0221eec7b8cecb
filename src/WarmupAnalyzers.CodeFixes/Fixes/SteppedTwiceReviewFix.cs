using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3009: which of the two steps is the one too many is for a person to say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SteppedTwiceReviewFix))]
public sealed class SteppedTwiceReviewFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SteppedTwice.Id);

    /// <inheritdoc />
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepMover.CanApply(diagnostic))
                StepMover.Register(context, diagnostic, "Remove the second step (needs review)", nameof(SteppedTwiceReviewFix));
        }

        return Task.CompletedTask;
    }
}
