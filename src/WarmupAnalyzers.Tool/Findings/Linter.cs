using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Tool.Loading;

namespace WarmupAnalyzers.Tool.Findings;

/// <summary>Runs all rules over a project, with its own configuration.</summary>
internal static class Linter
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
    [
        .. typeof(Rules.WarmupAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static async Task<IEnumerable<Finding>> Check(LoadedProject project, CancellationToken cancellation)
    {
        if (!project.UsesTorchSharp)
            return [];
        var options = new CompilationWithAnalyzersOptions(project.Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await new CompilationWithAnalyzers(project.Compilation, s_analyzers, options).GetAnalyzerDiagnosticsAsync(cancellation);
        return diagnostics.Where(diagnostic => !diagnostic.IsSuppressed).Select(Finding.Of);
    }
}
