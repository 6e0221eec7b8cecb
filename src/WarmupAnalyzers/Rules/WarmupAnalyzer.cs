using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Reading;

namespace WarmupAnalyzers.Rules;

/// <summary>
/// The base of every analyzer of this package: binds TorchSharp once per compilation and registers nothing where it is not referenced.
/// </summary>
public abstract class WarmupAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (!KnownSymbols.MayBeIn(start.Compilation))
                return;
            start.RegisterSemanticModelAction(file =>
            {
                // Bound with the first file: by then the compiler has loaded what a program uses of TorchSharp.
                if (TrainingCode.Of(file.SemanticModel.Compilation) is { } code)
                    Analyze(file, code.In(file.SemanticModel));
            });
        });
    }

    /// <summary>Reports what is wrong in a file. By file and not by operation: see docs/decisions/0001-files-as-a-whole.md.</summary>
    private protected abstract void Analyze(SemanticModelAnalysisContext file, TrainingCode code);
}
