using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using WarmupAnalyzers.Rules;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;

namespace WarmupAnalyzers.Tests;

/// <summary>What is reported depends on the program alone: not on the order of its files, nor on threads, nor on what was analysed before.</summary>
public class SteadyResultsTests
{
    private const int Seed = 20261123;

    private static readonly Lazy<(string Name, string Text)[]> s_sample = new(() =>
        [.. Directory.GetFiles(Sample, "*.cs", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Sample, path)).Order(StringComparer.Ordinal)
            .Where(path => !path.StartsWith("obj", StringComparison.Ordinal) && !path.StartsWith("bin", StringComparison.Ordinal))
            .Select(path => (path, File.ReadAllText(Path.Combine(Sample, path))))]);

    private static string Sample => Repository.PathOf("samples", "Mistakes");

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public async Task The_order_of_the_files_and_threads_change_nothing(int round, bool concurrent)
    {
        var files = s_sample.Value.ToArray();
        Assert.Empty(Compile(files).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var expected = await Report(Compile(files), Findings.AllAnalyzers, concurrent: false);
        Assert.True(expected.Length > 50, "the sample holds a mistake of nearly every rule");
        new Random(Seed + round).Shuffle(files);
        AssertSame(expected, await Report(Compile(files), Findings.AllAnalyzers, concurrent));
    }

    [Fact]
    public async Task One_set_of_analyzers_looks_at_several_compilations()
    {
        var analyzers = Findings.AllAnalyzers;
        (string Name, string Text)[] half = [.. s_sample.Value.Where((file, i) => i % 2 == 0 || file.Name == "Program.cs")];
        var first = await Report(Compile(s_sample.Value), analyzers, concurrent: true);
        var other = await Report(Compile(half), analyzers, concurrent: true);
        AssertSame(first, await Report(Compile(s_sample.Value), analyzers, concurrent: true));
        AssertSame(other, await Report(Compile(half), analyzers, concurrent: true));
        Assert.NotEmpty(first.Except(other));
    }

    [Fact]
    public void No_analyzer_keeps_anything() => Assert.Empty(
        Findings.AllAnalyzers.SelectMany(analyzer => Fields(analyzer.GetType())).Where(field => !field.IsInitOnly && !field.IsLiteral).Select(field => field.DeclaringType + "." + field.Name));

    internal static void AssertSame(ImmutableArray<string> expected, ImmutableArray<string> found)
    {
        Assert.Empty(expected.Except(found));
        Assert.Empty(found.Except(expected));
        Assert.Equal(expected.Length, found.Length);
    }

    private static IEnumerable<System.Reflection.FieldInfo> Fields(Type? type)
    {
        const System.Reflection.BindingFlags all = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static
            | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly;
        for (; type is not null && type.Assembly == typeof(WarmupAnalyzer).Assembly; type = type.BaseType)
        {
            foreach (var field in type.GetFields(all))
                yield return field;
        }
    }

    private static CSharpCompilation Compile((string Name, string Text)[] files) => CSharpCompilation.Create(
        "Sample",
        files.Append(("Usings.cs", "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;"))
            .Select(file => CSharpSyntaxTree.ParseText(file.Item2, new CSharpParseOptions(LanguageVersion.Latest), file.Item1)),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    internal static async Task<ImmutableArray<string>> Report(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool concurrent, AnalyzerOptions? given = null)
    {
        var options = new CompilationWithAnalyzersOptions(given ?? new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: concurrent, logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return [.. found.Select(Text).Order(StringComparer.Ordinal)];
    }

    internal static string Text(Diagnostic diagnostic) => string.Join(
        " | ",
        [
            diagnostic.Location.GetLineSpan(), diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            string.Join(", ", diagnostic.AdditionalLocations.Select(place => place.GetLineSpan().ToString())),
            string.Join(", ", diagnostic.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => property.Key + "=" + property.Value)),
        ]);
}
