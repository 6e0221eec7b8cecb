using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>What editors and <c>dotnet format</c> ask of fix providers.</summary>
public class FixProviderTests
{
    [Fact]
    public void Every_rule_has_a_safe_fix_or_is_known_to_have_none() => Assert.Equal(
        Package.Rules.Select(rule => rule.Id).Except(Package.WithoutSafeFix),
        Package.SafeProviders.SelectMany(provider => provider.FixableDiagnosticIds).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_rule_without_a_safe_fix_has_a_reviewed_one_or_is_known_to_have_none() => Assert.Equal(
        Package.OnlyReviewed,
        Package.FixProviders.SelectMany(provider => provider.FixableDiagnosticIds).Distinct().Intersect(Package.WithoutSafeFix).Order(StringComparer.Ordinal));

    [Fact]
    public void No_rule_has_two_safe_providers()
    {
        var ids = Package.SafeProviders.SelectMany(provider => provider.FixableDiagnosticIds).ToArray();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Review_fixes_are_of_rules_that_exist() =>
        Assert.Empty(Package.FixProviders.SelectMany(provider => provider.FixableDiagnosticIds).Except(Package.Rules.Select(rule => rule.Id)));

    [Fact]
    public void Providers_are_exported_for_CSharp_by_their_own_name() => Assert.All(Package.FixProviders, provider =>
    {
        var export = Assert.Single(provider.GetType().GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), inherit: false).Cast<ExportCodeFixProviderAttribute>());
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Equal(provider.GetType().Name, export.Name);
        Assert.True(provider.GetType().IsSealed);
    });

    [Fact]
    public void Safe_providers_fix_all_in_a_document_a_project_and_a_solution() => Assert.All(Package.SafeProviders, provider =>
        Assert.Superset(
            new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution },
            provider.GetFixAllProvider()!.GetSupportedFixAllScopes().ToHashSet()));

    /// <summary>With two keys for one rule one run of <c>dotnet format</c> would mend only some.</summary>
    [Fact]
    public async Task The_safe_actions_of_a_rule_share_one_key_and_no_review_action_has_it()
    {
        var safe = new HashSet<(string Id, string Key)>();
        var review = new HashSet<(string Id, string Key)>();
        foreach (var program in Programs())
        {
            using var workspace = new AdhocWorkspace();
            var project = Project(workspace, program);
            var compilation = await project.GetCompilationAsync();
            var found = await Findings.In((CSharpCompilation)compilation!);
            foreach (var diagnostic in found.Where(diagnostic => diagnostic.Location.IsInSource))
            {
                var document = project.GetDocument(diagnostic.Location.SourceTree)!;
                foreach (var provider in Package.FixProviders.Where(provider => provider.FixableDiagnosticIds.Contains(diagnostic.Id)))
                {
                    var keys = provider.GetFixAllProvider() is null ? review : safe;
                    await foreach (var action in Actions(provider, document, diagnostic))
                        keys.Add((diagnostic.Id, action.EquivalenceKey!));
                }
            }
        }

        Assert.Equal(
            Package.Rules.Select(rule => rule.Id).Except(Package.WithoutSafeFix),
            safe.Select(pair => pair.Id).Order(StringComparer.Ordinal));
        Assert.Empty(safe.Intersect(review));
        Assert.All(safe.Concat(review), pair => Assert.False(string.IsNullOrEmpty(pair.Key)));
    }

    private static IEnumerable<string[]> Programs()
    {
        foreach (var rule in Package.Rules.Where(rule => !Package.WithoutFix.Contains(rule.Id)))
            yield return [PageExampleTests.Program(PageExampleTests.Code(rule.Id, "Example"))];
        yield return [.. Directory.GetFiles(Repository.PathOf("samples", "Mistakes"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];
    }

    private static Project Project(AdhocWorkspace workspace, string[] sources)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: TestReferences.All));
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument("File" + i + ".cs", sources[i]).Project;
        return project;
    }

    private static async IAsyncEnumerable<CodeAction> Actions(CodeFixProvider provider, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        foreach (var action in actions)
            yield return action;
    }
}
