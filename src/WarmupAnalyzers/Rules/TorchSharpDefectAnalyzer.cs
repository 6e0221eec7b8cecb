using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>Code that meets a defect of the TorchSharp it references.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TorchSharpDefectAnalyzer : WarmupAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => TorchSharpDefectRules.Descriptors;

    private protected override void Analyze(SemanticModelAnalysisContext context, TrainingCode code)
    {
        var file = new FileUnderJudgement(context.SemanticModel, code, TorchSharpDefects.Of(code.Symbols.Assembly), context.CancellationToken);
        if (file.Defects.IsEmpty)
            return;
        foreach (var mistake in TorchSharpDefectRules.Mistakes(file))
            context.ReportDiagnostic(mistake);
    }
}
