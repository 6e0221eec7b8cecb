using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Training;
using Xunit;

namespace WarmupAnalyzers.Tests.Training;

public class FirstTrainedIndexTests
{
    private static (SchedulerCreation[] Creations, TrainingCode Code) Read(string program)
    {
        var tree = CSharpSyntaxTree.ParseText(
            Rules.SteppingProgram.Usings + Rules.SteppingProgram.Setup + program, new CSharpParseOptions(LanguageVersion.Latest));
        var compilation = CSharpCompilation.Create("Test", [tree], TestReferences.All, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var code = new TrainingCode(compilation, KnownSymbols.Find(compilation)!);
        return (code.Creations.In(code.ModelOf(tree)!, CancellationToken.None).ToArray(), code);
    }

    private static int IndexOf(string program, SchedulerKind kind = SchedulerKind.LambdaLR)
    {
        var (creations, code) = Read(program);
        return FirstTrainedIndex.Of(creations.First(creation => creation.Kind == kind), code, CancellationToken.None);
    }

    private static string Lambda(string loop) => "var scheduler = LambdaLR(optimizer, e => Math.Min(e / 5.0, 1));\n" + loop;

    [Theory]
    [InlineData("while (true) { optimizer.step(); scheduler.step(); }", 0)]
    [InlineData("while (true) { scheduler.step(); optimizer.step(); }", 1)]
    [InlineData("while (true) { scheduler.step(); foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } }", 1)]
    [InlineData("scheduler.step(); while (true) { optimizer.step(); scheduler.step(); }", 1)]
    [InlineData("scheduler.step(); scheduler.step(); optimizer.step();", 2)]
    [InlineData("for (var e = 0; e < 9; e++) { if (e > 0) scheduler.step(); optimizer.step(); }", 0)]
    [InlineData("for (var e = 0; e < 9; e++) { scheduler.step(e); optimizer.step(); }", 0)]
    [InlineData("for (var e = 0; e < 9; e++) { scheduler.step(e + 1); optimizer.step(); }", 1)]
    [InlineData("for (var e = 1; e < 9; e++) { scheduler.step(e); optimizer.step(); }", 1)]
    [InlineData("foreach (var e in Enumerable.Range(2, 9)) { scheduler.step(e); optimizer.step(); }", 2)]
    [InlineData("for (var e = 1; e < 9; e++) { optimizer.step(); scheduler.step(e); }", 0)]
    [InlineData("for (var e = data.Count; e < 9; e++) { scheduler.step(e); optimizer.step(); }", 0)]
    [InlineData("var i = 0; while (true) { scheduler.step(++i); optimizer.step(); }", 1)]
    [InlineData("var i = 0; while (true) foreach (var (x, y) in data) { scheduler.step(++i); optimizer.step(); }", 1)]
    [InlineData("var i = 1; while (true) { scheduler.step(i++); optimizer.step(); }", 1)]
    [InlineData("var i = 0; while (true) { scheduler.step(i++); optimizer.step(); }", 0)]
    [InlineData("var i = 0; i = -1; while (true) { scheduler.step(++i); optimizer.step(); }", 0)]
    [InlineData("scheduler.step(3); optimizer.step();", 3)]
    [InlineData("scheduler.step(null); optimizer.step();", 1)]
    [InlineData("scheduler.step(0.5); optimizer.step();", 1)]
    [InlineData("scheduler.step(0.5, 4); optimizer.step();", 4)]
    [InlineData("scheduler.step(-1); optimizer.step();", 0)]
    [InlineData("scheduler.step();", 0)]
    [InlineData("new List<LRScheduler>().Add(scheduler); scheduler.step(); optimizer.step();", 0)]
    public void Index(string loop, int expected) => Assert.Equal(expected, IndexOf(Lambda(loop)));

    [Theory]
    [InlineData("SequentialLR(optimizer, [scheduler, StepLR(optimizer, 3)], [5])", 1)]
    [InlineData("SequentialLR(optimizer, new[] { scheduler, StepLR(optimizer, 3) }, new[] { 5 })", 1)]
    [InlineData("SequentialLR(optimizer, [StepLR(optimizer, 3), scheduler], [5])", 0)]
    [InlineData("ChainedLR([StepLR(optimizer, 3), scheduler])", 1)]
    [InlineData("ChainedLR([SequentialLR(optimizer, [scheduler, StepLR(optimizer, 3)], [5])])", 1)]
    public void Index_of_a_part_is_that_of_the_whole(string parent, int expected)
    {
        Assert.Equal(expected, IndexOf(Lambda("var all = " + parent + "; while (true) { all.step(); optimizer.step(); }")));
        Assert.Equal(0, IndexOf(Lambda("var all = " + parent + "; while (true) { optimizer.step(); all.step(); }")));
    }

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1)", true)]
    [InlineData("LambdaLR(optimizer, e => e / 5.0)", false)]
    [InlineData("ReduceLROnPlateau(optimizer)", false)]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1), LambdaLR(optimizer, e => e)], [3])", true)]
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => e), LinearLR(optimizer, 0.1)], [3])", false)]
    [InlineData("SequentialLR(optimizer, Parts(), [3])", false)]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1), StepLR(optimizer, 3)])", true)]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1), LambdaLR(optimizer, e => e)])", false)]
    [InlineData("ChainedLR(Parts())", false)]
    public void Initial_factor(string creation, bool isNonzero)
    {
        var (creations, code) = Read("var scheduler = " + creation + ";\nLRScheduler[] Parts() => [];");
        Assert.Equal(isNonzero, InitialFactor.IsNonzero(creations[0], code, CancellationToken.None));
    }
}
