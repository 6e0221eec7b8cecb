using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LintCorpus;

/// <summary>
/// Compiles projects against the framework, TorchSharp and each other. Packages are not resolved: what is half resolved must do the analyzers no harm.
/// </summary>
internal sealed class ProjectCompiler(IEnumerable<SourceProject> projects, bool withTorchSharp)
{
    private const string TorchSharpName = "TorchSharp";

    private static readonly CSharpParseOptions s_parsing = new(
        LanguageVersion.Latest,
        DocumentationMode.None,
        preprocessorSymbols: ["NET", "NETCOREAPP", "TRACE", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER")]);

    private static readonly ImmutableArray<MetadataReference> s_framework = Framework();

    private readonly Dictionary<string, SourceProject> _projects = projects.ToDictionary(project => project.Folder, StringComparer.Ordinal);

    private readonly Dictionary<SourceProject, CSharpCompilation> _compilations = [];

    private readonly HashSet<SourceProject> _begun = [];

    public CSharpCompilation Compile(SourceProject project)
    {
        if (_compilations.TryGetValue(project, out var known))
            return known;
        _begun.Add(project);
        var trees = project.Files.Select(Parse).Prepend(CSharpSyntaxTree.ParseText(project.GlobalUsings, s_parsing)).ToArray();
        var kind = trees.Any(HasStatements) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        return _compilations[project] = CSharpCompilation.Create(
            Name(project),
            trees,
            References(project),
            new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations));
    }

    private IEnumerable<MetadataReference> References(SourceProject project)
    {
        foreach (var reference in s_framework)
            yield return reference;
        if (withTorchSharp)
            yield return MetadataReference.CreateFromFile(typeof(TorchSharp.torch).Assembly.Location);
        foreach (var folder in project.References.Distinct())
        {
            // The published TorchSharp stands for its sources, too. Projects that reference each other in a circle do not build anywhere.
            if (_projects.TryGetValue(folder, out var referenced)
                && Name(referenced) != TorchSharpName
                && (_compilations.ContainsKey(referenced) || !_begun.Contains(referenced)))
                yield return Compile(referenced).ToMetadataReference();
        }
    }

    private static string Name(SourceProject project) => Path.GetFileName(project.Folder);

    private static SyntaxTree Parse(string path)
    {
        using var stream = File.OpenRead(path);
        return CSharpSyntaxTree.ParseText(SourceText.From(stream), s_parsing, path);
    }

    private static bool HasStatements(SyntaxTree tree) => ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(SyntaxKind.GlobalStatement);

    private static ImmutableArray<MetadataReference> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == folder)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }
}
