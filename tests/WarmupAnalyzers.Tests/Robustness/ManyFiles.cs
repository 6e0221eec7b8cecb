using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Tests.Consistency;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>The sample's mistakes and the correct programs of the mutation study, as files of one compilation.</summary>
internal static class ManyFiles
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>All of them; of the programs those that are no script.</summary>
    public static ImmutableArray<(string Name, string Text)> All { get; } =
    [
        .. In("samples", "Mistakes").Where(file => file.Name != "Program.cs"),
        .. In("tests", "WarmupAnalyzers.Tests", "Mutants", "Programs").Where(file => file.Text.Split('\n').Any(line => line.StartsWith("namespace ", StringComparison.Ordinal))),
    ];

    /// <summary>One in ten, and what all mistakes share.</summary>
    public static ImmutableArray<(string Name, string Text)> Some { get; } = [.. All.Where((file, i) => i % 10 == 0 || file.Name == "Digits.cs")];

    public static CSharpCompilation Compile(IEnumerable<(string Name, string Text)> files) => CSharpCompilation.Create(
        "Sample",
        files.Append(("Usings.cs", Usings)).Select(file => CSharpSyntaxTree.ParseText(file.Item2, new CSharpParseOptions(LanguageVersion.Latest), file.Item1)),
        TestReferences.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static IEnumerable<(string Name, string Text)> In(params string[] folder) => Directory.GetFiles(Repository.PathOf(folder), "*.cs")
        .Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path)));
}
