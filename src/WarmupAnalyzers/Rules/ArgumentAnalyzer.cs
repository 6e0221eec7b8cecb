using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>Evaluates the arguments of schedulers and reports those that give a wrong schedule.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ArgumentAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ArgumentRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext file, TrainingCode code)
    {
        // A rate that is set for several schedulers is one mistake.
        var reported = new HashSet<(string, Location)>();
        foreach (var creation in code.Creations.In(file.SemanticModel, file.CancellationToken))
        {
            if (ArgumentRules.Mistakes(new SchedulerArguments(creation, code, file.CancellationToken)).FirstOrDefault() is not { } mistake)
                continue;
            var diagnostic = mistake.ToDiagnostic(creation.Operation.Syntax);
            if (reported.Add((diagnostic.Id, diagnostic.Location)))
                file.ReportDiagnostic(diagnostic);
        }
    }
}
