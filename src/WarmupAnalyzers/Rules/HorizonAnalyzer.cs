using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>Compares the length that a schedule is made for with the steps that the loops make.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HorizonAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => HorizonRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        foreach (var creation in code.Creations.In(file.SemanticModel, file.CancellationToken))
        {
            if (HorizonRules.Mistakes(new SchedulerArguments(creation, code, file.CancellationToken)).FirstOrDefault() is { } mistake)
                file.ReportDiagnostic(mistake.ToDiagnostic(creation.Operation.Syntax));
        }
    }
}
