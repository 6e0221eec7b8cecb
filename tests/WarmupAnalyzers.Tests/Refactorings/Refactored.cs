using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>What a refactoring offers in a program, and the program after it.</summary>
/// <param name="Title">Null where nothing is offered.</param>
/// <param name="Text">The first file.</param>
internal sealed record Refactored(string? Title, string Text)
{
    /// <summary>The refactoring where the caret stands: at the first occurrence of the text.</summary>
    public static async Task<Refactored> By(
        CodeRefactoringProvider provider, string[] sources, string caret = "LambdaLR(", ImmutableArray<MetadataReference> references = default, bool mustCompile = true)
    {
        using var workspace = new AdhocWorkspace();
        var project = Project(workspace, sources, references.IsDefault ? TestReferences.WithLibrary : references);
        if (mustCompile)
            Xunit.Assert.Empty(await Errors(project));
        var document = project.Documents.First();
        var actions = new List<CodeAction>();
        var at = new TextSpan(sources[0].IndexOf(caret, StringComparison.Ordinal), 0);
        Xunit.Assert.True(at.Start >= 0);
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, at, actions.Add, CancellationToken.None));
        if (actions.Count == 0)
            return new Refactored(null, sources[0]);
        var action = Xunit.Assert.Single(actions);
        var change = Xunit.Assert.Single((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        var changed = change.ChangedSolution.GetDocument(document.Id)!;
        if (mustCompile)
            Xunit.Assert.Empty(await Errors(changed.Project));
        return new Refactored(action.Title, (await changed.GetTextAsync()).ToString());
    }

    /// <summary>All that is offered there, each applied to the program.</summary>
    public static async Task<ImmutableArray<Refactored>> AllBy(CodeRefactoringProvider provider, string source, string caret, CancellationToken cancellation = default)
    {
        using var workspace = new AdhocWorkspace();
        var document = Project(workspace, [source], TestReferences.WithLibrary).Documents.First();
        var actions = new List<CodeAction>();
        var at = new TextSpan(source.IndexOf(caret, StringComparison.Ordinal), 0);
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, at, actions.Add, cancellation));
        var all = ImmutableArray.CreateBuilder<Refactored>();
        foreach (var action in actions)
        {
            var changes = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>();
            all.Add(new Refactored(action.Title, (await changes.Single().ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString()));
        }

        return all.ToImmutable();
    }

    private static Project Project(AdhocWorkspace workspace, string[] sources, ImmutableArray<MetadataReference> references)
    {
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: references));
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument("File" + i + ".cs", sources[i]).Project;
        return project;
    }

    private static async Task<IEnumerable<string>> Errors(Project project) => (await project.GetCompilationAsync())!.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .Select(diagnostic => diagnostic.ToString());
}
