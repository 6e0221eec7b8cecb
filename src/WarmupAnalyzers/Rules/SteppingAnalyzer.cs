using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>Who steps what and when: the rules about a scheduler's steps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SteppingAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(NeverStepped.Descriptor, SteppedBeforeOptimizer.Descriptor);

    // By file and not by operation: see docs/decisions/0001-files-as-a-whole.md.
    private protected override void Register(CompilationStartAnalysisContext context, TrainingCode code) =>
        context.RegisterSemanticModelAction(model => Analyze(model, code.In(model.SemanticModel)));

    private static void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        foreach (var creation in code.Creations.In(context.SemanticModel, context.CancellationToken))
        {
            var life = SchedulerLife.Of(creation, code, context.CancellationToken);
            if ((NeverStepped.Judge(life, code, context.CancellationToken) ?? SteppedBeforeOptimizer.Judge(life, code, context.CancellationToken)) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
