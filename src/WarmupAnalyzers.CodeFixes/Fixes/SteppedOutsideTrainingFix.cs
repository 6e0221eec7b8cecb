using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM3010: the step goes away.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SteppedOutsideTrainingFix))]
public sealed class SteppedOutsideTrainingFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(SteppedOutsideTraining.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => StepMover.Apply(root, diagnostics));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepMover.CanApply(diagnostic))
                StepMover.Register(context, diagnostic, "Remove the step outside training", nameof(SteppedOutsideTrainingFix));
        }

        return Task.CompletedTask;
    }
}
