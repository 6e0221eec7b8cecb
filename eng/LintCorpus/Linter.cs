using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Rules;

namespace LintCorpus;

/// <summary>Runs all of our analyzers on a compilation.</summary>
internal sealed class Linter(string root, AnalyzerConfigOptionsProvider options)
{
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers =
        [.. typeof(WarmupAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public async Task<Report> Lint(SourceProject project, CSharpCompilation compilation)
    {
        var exceptions = new ConcurrentBag<Finding>();
        var analysis = compilation.WithAnalyzers(s_analyzers, new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], options),
            onAnalyzerException: (exception, analyzer, _) => exceptions.Add(Exception(project, analyzer, exception)),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false));
        var found = await analysis.GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return new Report(
            project.Files.Length,
            compilation.SyntaxTrees.Count(tree => tree.FilePath.Length > 0 && tree.ToString().Contains("TorchSharp", StringComparison.Ordinal)),
            1,
            compilation.GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            [.. found.Where(diagnostic => diagnostic.Id != Finding.Failure).Select(InSource), .. exceptions]);
    }

    private Finding InSource(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return new Finding(
            RelativePath(place.Path),
            place.StartLinePosition.Line + 1,
            place.StartLinePosition.Character + 1,
            diagnostic.Id,
            diagnostic.Severity.ToString(),
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    private Finding Exception(SourceProject project, DiagnosticAnalyzer analyzer, Exception exception) =>
        new(RelativePath(project.Folder), 0, 0, Finding.Failure, nameof(DiagnosticSeverity.Error), $"{analyzer.GetType().Name}: {exception.ToString().ReplaceLineEndings(" ")}");

    private string RelativePath(string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
