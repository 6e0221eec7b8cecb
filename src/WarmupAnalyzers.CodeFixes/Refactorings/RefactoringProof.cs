using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.CodeFixes.Refactorings;

/// <summary>Whether an edited file is as good as it was: the compiler says nothing new about it, and neither do our rules.</summary>
internal static class RefactoringProof
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = typeof(WarmupAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(WarmupAnalyzer).IsAssignableFrom(type))
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type))
        .ToImmutableArray();

    public static async Task<bool> HoldsAsync(Document before, Document after, CancellationToken cancellation)
    {
        var (old, now) = (await ModelAsync(before, cancellation).ConfigureAwait(false), await ModelAsync(after, cancellation).ConfigureAwait(false));
        if (IsWorse(FromCompiler(old, cancellation), FromCompiler(now, cancellation)))
            return false;
        var found = await FromRulesAsync(after, now, cancellation).ConfigureAwait(false);
        return found.IsEmpty || !IsWorse(await FromRulesAsync(before, old, cancellation).ConfigureAwait(false), found);
    }

    // More of one kind than before.
    private static bool IsWorse(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after) =>
        after.GroupBy(diagnostic => diagnostic.Id).Any(group => group.Count() > before.Count(diagnostic => diagnostic.Id == group.Key));

    private static async Task<SemanticModel> ModelAsync(Document document, CancellationToken cancellation) => (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;

    private static ImmutableArray<Diagnostic> FromCompiler(SemanticModel model, CancellationToken cancellation) =>
        model.GetDiagnostics(cancellationToken: cancellation).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToImmutableArray();

    private static Task<ImmutableArray<Diagnostic>> FromRulesAsync(Document document, SemanticModel model, CancellationToken cancellation)
    {
        var options = new CompilationWithAnalyzersOptions(document.Project.AnalyzerOptions, onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        return new CompilationWithAnalyzers(model.Compilation, s_analyzers, options).GetAnalyzerSemanticDiagnosticsAsync(model, null, cancellation);
    }
}
