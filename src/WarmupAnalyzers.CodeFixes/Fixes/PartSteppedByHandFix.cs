using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Fixes;

/// <summary>WARM4003: the step goes away where the whole is stepped anyway.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartSteppedByHandFix))]
public sealed class PartSteppedByHandFix : CodeFixProvider
{
    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PartSteppedByHand.Id);

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => DocumentFixAll.By((root, _, diagnostics) => StepMover.Apply(root, diagnostics));

    /// <inheritdoc />
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (StepMover.CanApply(diagnostic))
                StepMover.Register(context, diagnostic, "Remove the step of the sub-scheduler", nameof(PartSteppedByHandFix));
        }

        return Task.CompletedTask;
    }
}
