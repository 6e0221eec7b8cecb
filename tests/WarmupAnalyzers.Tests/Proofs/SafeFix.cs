using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Tests.Consistency;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>Applies the package's safe fixes to a program, as <c>dotnet format</c> would: the first action of the first diagnostic.</summary>
internal static class SafeFix
{
    /// <summary>The program after one fix of its first report of the rule; null where none is offered.</summary>
    public static Task<string?> Of(string source, string id) => Of(source, id, TestReferences.All);

    /// <summary>The same for a program that is compiled against these.</summary>
    public static async Task<string?> Of(string source, string id, IEnumerable<MetadataReference> references)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: references));
        var document = project.AddDocument("Program0.cs", source);
        var found = await Findings.In((CSharpCompilation)(await document.Project.GetCompilationAsync())!);
        var report = found.FirstOrDefault(diagnostic => diagnostic.Id == id);
        if (report is null)
            return null;
        foreach (var provider in Package.SafeProviders.Where(provider => provider.FixableDiagnosticIds.Contains(id)))
        {
            var actions = new List<CodeAction>();
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
            if (actions.Count > 0)
                return await After(actions[0], document.Id);
        }

        return null;
    }

    private static async Task<string> After(CodeAction action, DocumentId document)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document)!;
        return (await changed.GetTextAsync()).ToString();
    }
}
