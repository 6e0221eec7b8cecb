using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>Who steps what and when: the rules about a scheduler's steps.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SteppingAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(NeverStepped.Descriptor, SteppedBeforeOptimizer.Descriptor);

    // By file and not by operation: the mistake at one statement is the work of others, and an editor shows what is reported
    // outside of the operation that is looked at only after a full build, without a fix.
    private protected override void Register(CompilationStartAnalysisContext context, TrainingCode code) =>
        context.RegisterSemanticModelAction(model => Analyze(model, code));

    private static void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        foreach (var creation in SchedulerCreations.In(context.SemanticModel.SyntaxTree, code, context.CancellationToken))
        {
            var life = SchedulerLife.Of(creation, code, context.CancellationToken);
            if ((NeverStepped.Judge(life, code, context.CancellationToken) ?? SteppedBeforeOptimizer.Judge(life, code, context.CancellationToken)) is { } diagnostic)
                context.ReportDiagnostic(diagnostic);
        }
    }
}
