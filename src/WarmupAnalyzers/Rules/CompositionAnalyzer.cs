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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => CompositionRules.Descriptors.Add(WarmupOnTop.Descriptor);

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        var creations = code.Creations.In(file.SemanticModel, file.CancellationToken);
        foreach (var creation in creations.Where(CompositionRules.IsComposition))
        {
            var composition = new Composition(creation, code, file.CancellationToken);
            foreach (var mistake in CompositionRules.Mistakes(composition))
                file.ReportDiagnostic(mistake.ToDiagnostic(creation.Operation.Syntax));
            foreach (var diagnostic in creation.HoldsError ? [] : WarmupOnTop.OfParts(composition))
                file.ReportDiagnostic(diagnostic);
        }

        foreach (var diagnostic in WarmupOnTop.OfPairs(creations, code, file.CancellationToken))
            file.ReportDiagnostic(diagnostic);
    }
}
