using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>A fix says what it does, with the numbers that come of it.</summary>
public class FactorTitleTests
{
    private static async Task<string> Title(string source)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Training", "Training", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: TestReferences.All));
        var document = project.AddDocument("Program0.cs", source);
        var report = Assert.Single(await Findings.In(source));
        var actions = new List<CodeAction>();
        await new FactorFix().RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        return Assert.Single(actions).Title;
    }

    [Theory]
    [InlineData("e => Math.Min(e / 5.0, 1)", "Ramp from 1/5 to 1 over 5 steps: 0.2, 0.4, 0.6, 0.8, 1")]
    [InlineData("epoch => Math.Min(epoch / 5.0, 1)", "Ramp from 1/5 to 1 over 5 epochs: 0.2, 0.4, 0.6, 0.8, 1")]
    [InlineData("epoch => (epoch + 1) / 8.0", "Ramp from 1/8 to 1 over 8 epochs: 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, …")]
    [InlineData("step => step / warmup", "Ramp from 1/warmup to 1 over warmup steps: 0.2, 0.4, 0.6, 0.8, 1 (with warmup = 5)")]
    [InlineData("e => 0.1 + 0.2 * e", "Cap the factor at 1: 0.1, 0.3, 0.5, 0.7, 0.9, 1, …")]
    [InlineData("e => 1 - e / 10.0", "Stop the factor at 0: 1, 0.9, 0.8, 0.7, 0.6, 0.5, …")]
    [InlineData("e => 1.0 / e", "Keep the factor finite: 1, 0.5, 0.333, 0.25, 0.2, 0.167, …")]
    [InlineData("e => e < 5 ? e / 5 : Math.Pow(0.9, e - 5)", "Divide as real numbers and start above zero: 0.2, 0.4, 0.6, 0.8, 1, 1, …")]
    [InlineData("e => 0.05 * Math.Pow(0.9, e)", "Drop the base learning rate: 1, 0.9, 0.81, 0.729, 0.656, 0.59, …")]
    public async Task OfAFix(string factor, string title) =>
        Assert.Equal(title, await Title(FactorSource.Script(factor, "int warmup = int.Parse(Console.ReadLine()!);")));

    [Fact]
    public async Task AStepForALoopOfTrainingStepsIsAnEpoch() => Assert.StartsWith(
        "Ramp from 1/5 to 1 over 5 epochs: ",
        await Title(FactorSource.Script("e => Math.Min(e / 5.0, 1)").Replace("optimizer.step();", "for (int b = 0; b < 9; b++) optimizer.step();")));
}
