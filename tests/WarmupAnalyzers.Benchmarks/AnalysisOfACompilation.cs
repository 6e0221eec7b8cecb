using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.Benchmarks;

/// <summary>One analysis of a compilation that nobody has looked at: what the compiler does for an analyzer that does nothing, and what all of ours add.</summary>
[MemoryDiagnoser]
[MinColumn]
public class AnalysisOfACompilation
{
    private readonly ImmutableArray<DiagnosticAnalyzer> _none = [new EmptyAnalyzer()];

    private readonly ImmutableArray<DiagnosticAnalyzer> _ours = [.. typeof(WarmupAnalyzer).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private SyntaxTree[] _trees = null!;
    private MetadataReference[] _references = null!;

    /// <summary>One file alone is enough to see that nothing is broken: WARMUP_BENCHMARK_FILES=1.</summary>
    public static IEnumerable<int> Counts => Environment.GetEnvironmentVariable("WARMUP_BENCHMARK_FILES") is { Length: > 0 } given
        ? [int.Parse(given, CultureInfo.InvariantCulture)]
        : [1, 1_000];

    [ParamsSource(nameof(Counts))]
    public int Files { get; set; }

    [Params(Presence.Absent, Presence.Unused, Presence.Used)]
    public Presence TorchSharp { get; set; }

    [GlobalSetup]
    public void Parse()
    {
        _trees = [.. CostPrograms.Of(TorchSharp, Files).Select((text, i) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), $"File{i}.cs"))];
        _references = CostPrograms.References(TorchSharp);
        var errors = Compile().GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new InvalidOperationException(errors[0].ToString());
        var found = Analyze(_ours);
        if (!found.IsEmpty)
            throw new InvalidOperationException(found[0].ToString());
    }

    [Benchmark(Baseline = true, Description = "an empty analyzer")]
    public ImmutableArray<Diagnostic> Empty() => Analyze(_none);

    [Benchmark(Description = "all of ours")]
    public ImmutableArray<Diagnostic> Ours() => Analyze(_ours);

    private ImmutableArray<Diagnostic> Analyze(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        Compile().WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();

    private CSharpCompilation Compile() => CSharpCompilation.Create(
        "Cost", _trees, _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
