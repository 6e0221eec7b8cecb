using System.Collections.Generic;
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
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => SteppingRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        // Several schedulers may be stepped by one call: what is wrong at a place is said once.
        var reported = new HashSet<Location>();
        foreach (var creation in code.Creations.In(context.SemanticModel, context.CancellationToken))
        {
            var life = SchedulerLife.Of(creation, code, context.CancellationToken);
            foreach (var diagnostic in SteppingRules.Mistakes(life, code, context.CancellationToken))
            {
                if (reported.Add(diagnostic.Location))
                    context.ReportDiagnostic(diagnostic);
            }
        }
    }
}
