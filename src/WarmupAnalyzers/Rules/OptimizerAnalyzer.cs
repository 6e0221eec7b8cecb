using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;

namespace WarmupAnalyzers.Rules;

/// <summary>What is done to an optimizer beside its scheduler.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptimizerAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RebuiltForLearningRate.Descriptor);

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        foreach (var rebuilt in RebuiltOptimizer.In(file.SemanticModel, code, file.CancellationToken))
            file.ReportDiagnostic(RebuiltForLearningRate.Report(rebuilt));
    }
}
