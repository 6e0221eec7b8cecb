using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;
using WarmupAnalyzers.Schedules;
using Xunit;

namespace WarmupAnalyzers.Tests.Training;

/// <summary>How often a scheduler is provably stepped: at least, and at most.</summary>
public class ScheduleStepsTests
{
    private static (ScheduleSteps Steps, TrainingCode Code) Read(string program, SchedulerKind kind = SchedulerKind.LambdaLR)
    {
        var tree = CSharpSyntaxTree.ParseText(program, new CSharpParseOptions(LanguageVersion.Latest));
        var compilation = CSharpCompilation.Create("Test", [tree], TestReferences.All, new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var code = new TrainingCode(compilation, KnownSymbols.Find(compilation)!);
        var creation = code.Creations.In(code.ModelOf(tree)!, CancellationToken.None).First(found => found.Kind == kind);
        return (ScheduleSteps.Of(creation, code, CancellationToken.None), code);
    }

    private static string Count(string program, SchedulerKind kind = SchedulerKind.LambdaLR)
    {
        var (steps, _) = Read(program, kind);
        Assert.Empty(steps.FreeVariables);
        return Text(steps, Assignment.Empty);
    }

    private static string Text(ScheduleSteps steps, Assignment assignment)
    {
        var (least, _, greatest) = steps.Under(assignment, CancellationToken.None);
        return least.ToString(CultureInfo.InvariantCulture) + ".." + (double.IsInfinity(greatest) ? "?" : greatest.ToString(CultureInfo.InvariantCulture));
    }

    private static string Script(string loop) => Rules.SteppingProgram.Usings + Rules.SteppingProgram.Setup
        + "var scheduler = LambdaLR(optimizer, e => 1.0);\n" + loop;

    private static string Method(string parameters, string body) => Rules.SteppingProgram.Usings + $$"""
        static class Program
        {
            static void Main() { }

            static void Train(Model model, {{parameters}})
            {
                var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.1);
                {{body}}
            }
        }
        """;

    private static string Trainer(string members) => Rules.SteppingProgram.Usings + $$"""
        public class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(Model model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = LambdaLR(_optimizer, e => 1.0);
            }

            {{members}}
        }

        static class Program
        {
            static void Main() { }
        }
        """;

    [Theory]
    [InlineData("scheduler.step();", "1..1")]
    [InlineData("for (var e = 0; e < 20; e++) { optimizer.step(); scheduler.step(); }", "20..20")]
    [InlineData("for (var e = 1; e <= 20; ++e) scheduler.step();", "20..20")]
    [InlineData("for (var e = 0; 20 > e; e += 3) scheduler.step();", "7..7")]
    [InlineData("for (var e = 20; e > 0; e--) scheduler.step();", "20..20")]
    [InlineData("for (var e = 20; e >= 0; e -= 5) scheduler.step();", "5..5")]
    [InlineData("for (var e = 0; e != 20; e += 5) scheduler.step();", "4..4")]
    [InlineData("for (var e = 0; e < 0; e++) scheduler.step();", "0..0")]
    [InlineData("foreach (var e in Enumerable.Range(5, 20)) scheduler.step();", "20..20")]
    [InlineData("foreach (var e in new[] { 3, 4, 5 }) scheduler.step();", "3..3")]
    [InlineData("int[] stages = { 3, 4, 5 }; foreach (var e in stages) scheduler.step();", "3..3")]
    [InlineData("var e = 0; while (e < 20) { scheduler.step(); e++; }", "20..20")]
    [InlineData("int e = 2; while (e <= 20) { e += 2; scheduler.step(); }", "10..10")]
    [InlineData("var e = 0; do { scheduler.step(); e++; } while (e < 20);", "20..20")]
    [InlineData("var e = 0; do { e++; scheduler.step(); } while (e <= 20);", "21..21")]
    [InlineData("var e = 0; do { scheduler.step(); } while (++e < 20);", "20..20")]
    [InlineData("var e = 0; do { scheduler.step(); } while (e++ < 20);", "21..21")]
    [InlineData("var e = 0; do scheduler.step(); while (++e != 20);", "20..20")]
    [InlineData("var e = 0; do { scheduler.step(); e += 3; } while (20 > e);", "7..7")]
    [InlineData("var left = 20; do { scheduler.step(); } while (--left > 0);", "20..20")]
    [InlineData("var left = 20; do { scheduler.step(); left--; } while (left >= 0);", "21..21")]
    [InlineData("var e = 30; do { scheduler.step(); e++; } while (e < 20);", "1..1")]
    [InlineData("var e = 30; do { scheduler.step(); } while (e++ < 20);", "1..1")]
    [InlineData("var e = 0; do { scheduler.step(); if (data.Count == 3) continue; optimizer.step(); } while (++e < 20);", "20..20")]
    [InlineData("var left = 20; while (left-- > 0) scheduler.step();", "20..20")]
    [InlineData("var left = 20; while (--left > 0) { scheduler.step(); }", "19..19")]
    [InlineData("var e = 30; while (++e < 20) { scheduler.step(); }", "0..0")]
    [InlineData("var e = 0; do { var i = 0; do { scheduler.step(); } while (++i < 5); e++; } while (e < 4);", "20..20")]
    [InlineData("for (var e = 0; e < 20; e++) { foreach (var i in Enumerable.Range(0, 50)) { optimizer.step(); scheduler.step(); } }", "1000..1000")]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler.step(); for (var i = 0; i < 5; i++) scheduler.step(); }", "120..120")]
    [InlineData("const int epochs = 20; int batches = 5; for (var i = 0; i < epochs * batches; i++) scheduler.step();", "100..100")]
    [InlineData("for (var e = 0; e < 20; e++) Epoch(); void Epoch() { optimizer.step(); scheduler.step(); }", "20..20")]
    [InlineData("Action epoch = () => scheduler.step(); for (var e = 0; e < 20; e++) epoch();", "20..20")]
    [InlineData("for (var e = 0; e < 20; e++) await Epoch(); async Task Epoch() { await Task.Yield(); scheduler.step(); }", "20..20")]
    [InlineData("Fit(20); void Fit(int epochs) { for (var e = 0; e < epochs; e++) scheduler.step(); }", "20..20")]
    [InlineData("Fit(4, 5); void Fit(int epochs, int batches) { for (var e = 0; e < epochs; e++) Epoch(batches + 1); } void Epoch(int n) { for (var i = 0; i < n; i++) scheduler.step(); }", "24..24")]
    [InlineData("for (var e = 0; e < 20; e++) { try { scheduler.step(); } finally { optimizer.step(); } }", "20..20")]
    [InlineData("for (var e = 0; e < 20; e++) { foreach (var (x, y) in data) { if (x is null) continue; if (y is null) break; Backward(x, y); } scheduler.step(); }", "20..20")]
    public void Exactly(string loop, string expected) => Assert.Equal(expected, Count(Script(loop)));

    [Theory]
    [InlineData("for (var e = 0; e < 20; e++) { if (data.Count == 3) break; scheduler.step(); }", "0..20")]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler.step(); if (data.Count == 3) break; }", "1..20")]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler.step(); if (data.Count == 3) return; }", "1..20")]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler.step(); if (data.Count == 3) throw new InvalidOperationException(); }", "1..20")]
    [InlineData("for (var e = 0; e < 20; e++) { if (data.Count == 3) continue; scheduler.step(); }", "0..20")]
    [InlineData("for (var e = 0; e < 20; e++) { if (e % 5 == 4) scheduler.step(); }", "0..20")]
    [InlineData("var stop = data.Count == 0; for (var e = 0; e < 20 && !stop; e++) { scheduler.step(); stop = data.Count > 3; }", "0..20")]
    [InlineData("for (var e = 0; e < 20; e++) { try { scheduler.step(); } catch (Exception) { } }", "0..20")]
    [InlineData("for (var e = 0; e < 20; e++) scheduler.step(e);", "0..20")]
    [InlineData("scheduler.step(); while (true) { if (data.Count == 3) break; }", "1..1")]
    [InlineData("while (true) { scheduler.step(); if (data.Count == 3) break; }", "1..?")]
    [InlineData("for (var e = 0; e < 20; e++) { var epoch = Epoch(); } async Task Epoch() { await Task.Yield(); scheduler.step(); }", "0..?")]
    [InlineData("while (true) scheduler.step();", "0..?")]
    [InlineData("Fit(5); Fit(3); void Fit(int n) { for (var e = 0; e < n; e++) scheduler.step(); }", "0..?")]
    [InlineData("do { scheduler.step(); } while (data.Count == 3);", "1..?")]
    [InlineData("var e = 0; do { scheduler.step(); e++; } while (e < 20 && data.Count > 3);", "1..20")]
    [InlineData("var e = 0; do { scheduler.step(); } while (data.Count > 3 && ++e < 20);", "1..20")]
    [InlineData("var e = 0; do { scheduler.step(); } while (++e < 20 || data.Count > 3);", "1..?")]
    [InlineData("var e = 0; do { scheduler.step(); if (data.Count == 3) continue; e++; } while (e < 20);", "1..?")]
    [InlineData("var e = 0; do { scheduler.step(); if (data.Count == 3) break; e++; } while (e < 20);", "1..20")]
    [InlineData("var e = 0; do { scheduler.step(); e++; e += data.Count; } while (e < 20);", "1..?")]
    [InlineData("var e = 5; do { scheduler.step(); e++; } while (e != 5);", "1..?")]
    [InlineData("var e = 5; do { scheduler.step(); e--; } while (e < 20);", "1..?")]
    [InlineData("var e = 0; for (var i = 0; i < 2; i++) { do { scheduler.step(); } while (++e < 20); }", "2..?")]
    [InlineData("while (data.Count == 3) scheduler.step();", "0..?")]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler.step(); e += data.Count; }", "1..?")]
    [InlineData("for (var e = 0; e < 20; e--) scheduler.step();", "1..?")]
    [InlineData("var e = 0; while (e < 20) { if (data.Count == 3) continue; scheduler.step(); e++; }", "0..?")]
    [InlineData("var e = 0; for (var i = 0; i < 2; i++) { while (e < 20) { scheduler.step(); e++; } }", "0..?")]
    [InlineData("foreach (var e in data.Where(pair => pair.x is not null)) scheduler.step();", "0..?")]
    [InlineData("Task.Run(() => scheduler.step());", "0..?")]
    [InlineData("new List<LRScheduler>().Add(scheduler); scheduler.step();", "0..?")]
    public void AtLeastAndAtMost(string loop, string expected) => Assert.Equal(expected, Count(Script(loop)));

    [Theory]
    [InlineData("for (var e = 0; e < 20; e++) { if (data.Count == 3) break; scheduler.step(); }", 20)]
    [InlineData("for (var e = 0; e < 20; e++) { if (e < 5) scheduler.step(); }", 0)]
    [InlineData("for (var e = 0; e < 20; e++) { if (e < 5) scheduler.step(); else optimizer.step(); }", 0)]
    [InlineData("for (var e = 0; e < 20; e++) { if (e % 4 == 0) { optimizer.step(); scheduler.step(); } }", 20)]
    [InlineData("for (var e = 0; e < 20; e++) { scheduler?.step(); }", 20)]
    [InlineData("var step = 0; while (step < 90) { foreach (var (x, y) in data) { optimizer.step(); scheduler.step(); step++; } }", 90)]
    [InlineData("var step = 0; while (step < 90) { foreach (var (x, y) in data) { optimizer.step(); scheduler.step(); if (++step >= 90) break; } }", 90)]
    [InlineData("var other = StepLR(optimizer, 3); for (var e = 0; e < 20; e++) { if (e < 5) scheduler.step(); else other.step(); }", 0)]
    [InlineData("while (true) scheduler.step();", double.PositiveInfinity)]
    public void Usually(string loop, double expected) => Assert.Equal(expected, Read(Script(loop)).Steps.Under(Assignment.Empty, CancellationToken.None).Usual);

    [Theory]
    [InlineData("int epochs", "for (var e = 0; e < epochs; e++) scheduler.step();", 7, 0, "7..7")]
    [InlineData("int epochs", "for (var e = 1; e < epochs; e++) scheduler.step();", 7, 0, "6..6")]
    [InlineData("int epochs, int batches", "for (var e = 0; e < epochs; e++) for (var b = 0; b < batches; b++) scheduler.step();", 7, 3, "21..21")]
    [InlineData("int epochs, int batches", "int total = epochs * batches; for (var i = 0; i < total - 1; i++) scheduler.step();", 7, 3, "20..20")]
    [InlineData("int epochs, List<Tensor> data", "for (var e = 0; e < epochs; e++) foreach (var x in data) scheduler.step();", 7, 3, "21..21")]
    [InlineData("int epochs, Tensor[] data", "for (var e = 0; e < epochs; e++) foreach (var x in data) scheduler.step();", 7, 3, "21..21")]
    [InlineData("int epochs, TorchSharp.Modules.DataLoader data", "for (var e = 0; e < epochs; e++) foreach (var x in data) scheduler.step();", 7, 3, "21..21")]
    [InlineData("int epochs, IReadOnlyList<Tensor> data", "for (var e = 0; e < epochs; e++) foreach (var x in data) scheduler.step();", 7, 3, "21..21")]
    public void OpenBounds(string parameters, string loop, int first, int second, string expected)
    {
        var (steps, _) = Read(Method(parameters, "var scheduler = LambdaLR(optimizer, e => 1.0);\n" + loop));
        var values = steps.FreeVariables.Select((variable, i) => (variable.Key, Value: Value.Integer(variable.Kind, i == 0 ? first : second))).ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(expected, Text(steps, new Assignment(values, [])));
    }

    [Theory]
    [InlineData("var total = 9 * data.Count; var scheduler = LambdaLR(optimizer, e => 1 - e / (double)total); foreach (var x in data) scheduler.step();", "List<Tensor> data")]
    [InlineData("var scheduler = LambdaLR(optimizer, e => 1 - e / (double)data.Length); foreach (var x in data) scheduler.step();", "Tensor[] data")]
    [InlineData("var scheduler = LambdaLR(optimizer, e => 1 - e / (double)epochs); for (int i = 0; i < epochs; i++) scheduler.step();", "int epochs")]
    public void A_variable_of_the_loop_is_the_functions(string body, string parameters)
    {
        var (steps, code) = Read(Method(parameters, body));
        var creation = code.Creations.In(code.ModelOf(code.Compilation.SyntaxTrees.Single())!, CancellationToken.None).First();
        var factor = FactorSchedule.Read(creation, code, CancellationToken.None)!;
        Assert.True(Assert.Single(factor.Groups[0].Program.FreeVariables).Equals(Assert.Single(steps.FreeVariables)));
    }

    [Theory]
    [InlineData("public void Fit() { for (var e = 0; e < 20; e++) { _optimizer.step(); _scheduler.step(); } }", "20..20")]
    [InlineData("public void Fit() { for (var e = 0; e < 20; e++) Epoch(); } private void Epoch() { _optimizer.step(); _scheduler.step(); }", "20..20")]
    [InlineData("public void Fit() { for (var e = 0; e < 20; e++) Epoch(); } public void Epoch() { _optimizer.step(); _scheduler.step(); }", "0..?")]
    [InlineData("public void Short() { for (var e = 0; e < 2; e++) _scheduler.step(); } public void Fit() { for (var e = 0; e < 20; e++) _scheduler.step(); }", "2..20")]
    public void A_method_that_steps_in_a_loop_is_run_once(string members, string expected) => Assert.Equal(expected, Count(Trainer(members)));

    [Theory]
    [InlineData("var all = ChainedLR([scheduler, StepLR(optimizer, 3)]); for (var e = 0; e < 20; e++) all.step();", "20..20")]
    [InlineData("var all = SequentialLR(optimizer, [scheduler, StepLR(optimizer, 3)], [5]); for (var e = 0; e < 20; e++) all.step();", "5..5")]
    [InlineData("var all = SequentialLR(optimizer, [StepLR(optimizer, 3), scheduler], new[] { 5 }); for (var e = 0; e < 20; e++) all.step();", "0..15")]
    [InlineData("var all = SequentialLR(optimizer, [StepLR(optimizer, 3), scheduler, StepLR(optimizer, 3)], [5, 8]); for (var e = 0; e < 20; e++) all.step();", "0..3")]
    [InlineData("var all = SequentialLR(optimizer, [scheduler, StepLR(optimizer, 3)], [5]); while (true) all.step();", "0..5")]
    public void A_part_is_stepped_with_the_whole(string loop, string expected) => Assert.Equal(expected, Count(Script(loop)));

    [Theory]
    [InlineData("Fit(scheduler, epochs);", 7, "7..7")]
    [InlineData("Fit(scheduler, 2 * epochs);", 7, "14..14")]
    [InlineData("Fit(scheduler, epochs); for (var e = 0; e < 3; e++) scheduler.step();", 7, "10..10")]
    public void A_method_is_given_its_length(string calls, int epochs, string expected)
    {
        var (steps, _) = Read(Method("int epochs", "var scheduler = LambdaLR(optimizer, e => 1.0);\n" + calls + "}\nstatic void Fit(LRScheduler scheduler, int n) { for (var e = 0; e < n; e++) scheduler.step();"));
        var variable = Assert.Single(steps.FreeVariables);
        Assert.Equal(expected, Text(steps, new Assignment(new() { [variable.Key] = Value.Of(epochs) }, [])));
    }

    [Fact]
    public void Each_of_several_schedulers_has_a_life_of_its_own() => Assert.Equal("20..20", Count(Rules.SteppingProgram.Usings + Rules.SteppingProgram.Setup + """
        for (var fold = 0; fold < 5; fold++)
        {
            var scheduler = LambdaLR(optimizer, e => 1.0);
            for (var e = 0; e < 20; e++)
                scheduler.step();
        }
        """));

    [Fact]
    public void Any_kind_of_scheduler() => Assert.Equal("20..20", Count(
        Rules.SteppingProgram.Usings + Rules.SteppingProgram.Setup + "var scheduler = StepLR(optimizer, 3); for (var e = 0; e < 20; e++) scheduler.step();", SchedulerKind.StepLR));
}
