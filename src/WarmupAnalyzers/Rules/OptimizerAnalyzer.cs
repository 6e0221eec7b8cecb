using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Rounds;

namespace WarmupAnalyzers.Rules;

/// <summary>What is done to an optimizer beside its scheduler.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptimizerAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(FightsScheduler.Descriptor, ChangedBehindScheduler.Descriptor, RebuiltForLearningRate.Descriptor);

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        var replaced = new HashSet<SyntaxNode>();
        foreach (var changed in ChangedOptimizer.In(file.SemanticModel, code, file.CancellationToken))
        {
            if (ChangedBehindScheduler.Judge(changed, code, file.CancellationToken) is not { } diagnostic)
                continue;
            file.ReportDiagnostic(diagnostic);
            replaced.UnionWith(changed.Changes.Select(change => change.Syntax));
        }

        foreach (var contested in ContestedRate.In(file.SemanticModel, code, file.CancellationToken))
        {
            if (FightsScheduler.Judge(contested, code, file.CancellationToken) is { } diagnostic)
                file.ReportDiagnostic(diagnostic);
        }

        foreach (var rebuilt in RebuiltOptimizer.In(file.SemanticModel, code, file.CancellationToken))
        {
            // One mistake, one report.
            if (!rebuilt.Creation.Syntax.Ancestors().Any(replaced.Contains))
                file.ReportDiagnostic(RebuiltForLearningRate.Report(rebuilt));
        }
    }
}
