using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Where mutants are compiled and analysed. Mutants of one program differ in one file of one project, so what is bound of the references is bound once.</summary>
internal static class FuzzHost
{
    private static readonly AdhocWorkspace s_workspace = new();
    private static readonly ConcurrentDictionary<(OutputKind Kind, bool HasLibrary), Lazy<Project>> s_projects = new();

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest);

    public static Document Open(FuzzProgram program)
    {
        var project = s_projects.GetOrAdd((program.OutputKind, program.HasLibrary), key => new(() => Make(key.Kind, key.HasLibrary))).Value;
        var document = project.AddDocument("Program0.cs", program.Text);
        foreach (var (other, i) in program.Others.Select((other, i) => (other, i)))
            document = document.Project.AddDocument($"Other{i}.cs", other).Project.GetDocument(document.Id)!;
        return document;
    }

    public static bool Compiles(Document document, CancellationToken cancellation) => !Errors(document, cancellation).Any();

    public static IEnumerable<Diagnostic> Errors(Document document, CancellationToken cancellation)
    {
        var compilation = CompilationOf(document, cancellation);
        var written = compilation.GetParseDiagnostics(cancellation).Where(IsError);
        return written.Any() ? written : compilation.GetDiagnostics(cancellation).Where(IsError);
    }

    public static CSharpCompilation CompilationOf(Document document, CancellationToken cancellation) =>
        (CSharpCompilation)document.Project.GetCompilationAsync(cancellation).GetAwaiter().GetResult()!;

    /// <summary>What all our analyzers say; an exception that one of them throws is an exception here.</summary>
    public static ImmutableArray<Diagnostic> Analyze(Document document, CancellationToken cancellation)
    {
        Exception? crash = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => crash ??= exception,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var compilation = CompilationOf(document, cancellation);
        var found = compilation.WithAnalyzers(Findings.AllAnalyzers, options).GetAnalyzerDiagnosticsAsync(cancellation).GetAwaiter().GetResult();
        if (crash is not null)
            throw new AnalyzerCrash(crash);
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    private static Project Make(OutputKind kind, bool hasLibrary) => s_workspace.CurrentSolution
        .AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Fuzzed", "Fuzzed", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true, concurrentBuild: false),
            parseOptions: ParseOptions,
            metadataReferences: hasLibrary ? TestReferences.WithLibrary : TestReferences.All))
        .Projects.Single();

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;
}

/// <summary>An analyzer has thrown.</summary>
internal sealed class AnalyzerCrash(Exception thrown) : Exception(thrown.Message, thrown);
