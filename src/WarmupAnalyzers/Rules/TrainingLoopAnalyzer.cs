using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>Reports training loops that do not do what training takes: make gradients, step with them, zero them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingLoopAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => TrainingLoopRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        foreach (var diagnostic in TrainingLoopRules.Mistakes(new TrainingCalls(file.SemanticModel, code, file.CancellationToken)))
            file.ReportDiagnostic(diagnostic);
    }
}
