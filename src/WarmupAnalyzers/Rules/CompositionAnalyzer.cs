using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>Evaluates schedulers that are made of others and reports those that do not fit together.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CompositionAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => CompositionRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        foreach (var creation in code.Creations.In(file.SemanticModel, file.CancellationToken).Where(CompositionRules.IsComposition))
        {
            foreach (var mistake in CompositionRules.Mistakes(new Composition(creation, code, file.CancellationToken)))
                file.ReportDiagnostic(mistake.ToDiagnostic(creation.Operation.Syntax));
        }
    }
}
