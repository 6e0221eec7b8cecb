using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>Who steps what and when: the rules about a scheduler's steps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SteppingAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(NeverStepped.Descriptor, SteppedBeforeOptimizer.Descriptor);

    private protected override void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        foreach (var creation in code.Creations.In(context.SemanticModel, context.CancellationToken))
        {
            var life = SchedulerLife.Of(creation, code, context.CancellationToken);
            if ((NeverStepped.Judge(life, code, context.CancellationToken) ?? SteppedBeforeOptimizer.Judge(life, code, context.CancellationToken)) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
