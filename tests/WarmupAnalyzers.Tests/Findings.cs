using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests;

/// <summary>All analyzers of the package on a program, for tests of the message and of many spellings at once.</summary>
internal static class Findings
{
    public static ImmutableArray<DiagnosticAnalyzer> AllAnalyzers { get; } =
        [.. typeof(WarmupAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public static Task<ImmutableArray<Diagnostic>> In(string source, bool mustCompile = true) => In([source], mustCompile);

    public static async Task<ImmutableArray<Diagnostic>> In(string[] sources, bool mustCompile = true)
    {
        var compilation = Compile(sources);
        if (mustCompile)
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return await In(compilation);
    }

    public static async Task<ImmutableArray<Diagnostic>> In(CSharpCompilation compilation)
    {
        Exception? crash = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => crash = exception,
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(AllAnalyzers, options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Null(crash);
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    public static CSharpCompilation Compile(params string[] sources) => CSharpCompilation.Create(
        "Training",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), "Program" + i + ".cs")),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
}
