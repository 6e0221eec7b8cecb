using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Rules;

/// <summary>What is wrong with a call of a scheduler's <c>step</c> by itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StepCallAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => StepCallRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        foreach (var call in StepCall.In(file.SemanticModel, code, file.CancellationToken))
        {
            if (StepCallRules.Mistakes(call).FirstOrDefault() is { } mistake)
                file.ReportDiagnostic(mistake);
        }
    }
}
