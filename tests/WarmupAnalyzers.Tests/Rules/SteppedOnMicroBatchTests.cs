using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedOnMicroBatchTests
{
    private const string Id = "WARM3007";

    private const string Every4 = "if ((i + 1) % 4 == 0)";

    private static Task Silent(string source) =>
        new WarmupTest<TrainingLoopAnalyzer, SteppedOnMicroBatchFix> { TestCode = Usings + source }.RunAsync(CancellationToken.None);

    private static Task Fixed(string source, string fixedSource) => new WarmupTest<TrainingLoopAnalyzer, SteppedOnMicroBatchFix>
    {
        TestCode = Stepping<SteppedOnMicroBatchFix>.Program(Id, source),
        FixedCode = Stepping<SteppedOnMicroBatchFix>.Program(Id, fixedSource),
    }.RunAsync(CancellationToken.None);

    private static Task Reported(string source) => Fixed(source, source);

    private static string Loop(string body, string header = "for (var i = 0; i < data.Count; i++)", string before = "", string scheduler = "StepLR(optimizer, 30)") => $$"""
        var model = Linear(10, 1);
        var data = new List<Tensor>();
        var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.1);
        var scheduler = {{scheduler}};
        var accumulate = data.Count;
        {{before}}
        {{header}}
        {
            {{body}}
        }

        """;

    /// <summary>A loop that gathers gradients.</summary>
    private static string Gathering(string step, string inside = "", string condition = Every4, string header = "for (var i = 0; i < data.Count; i++)", string before = "", string top = "") => Loop($$"""
        {{top}}
            model.forward(data[0]).mean().backward();
            {{condition}}
            {
                optimizer.step();
                optimizer.zero_grad();{{inside}}
            }{{step}}
        """, header, before);

    private static Task Mended(string condition, string header = "for (var i = 0; i < data.Count; i++)", string before = "", string top = "") => Fixed(
        Gathering("\n    [|scheduler.step()|];", condition: condition, header: header, before: before, top: top),
        Gathering("", "\n        scheduler.step();", condition, header, before, top));

    [Theory]
    [InlineData("if ((i + 1) % 4 == 0)")]
    [InlineData("if (i % accumulate == 0)")]
    [InlineData("if (0 == i % accumulate)")]
    [InlineData("if (i % accumulate == accumulate - 1)")]
    [InlineData("if ((i + 1) % accumulate == 0 || i == data.Count - 1)")]
    public Task A_modulo_of_the_loops_variable(string condition) => Mended(condition);

    [Theory]
    [InlineData("var i = 0;", "", "if (++i % 4 == 0)")]
    [InlineData("var i = 0;", "i++;", "if (i % accumulate == 0)")]
    [InlineData("var i = 0;", "var isLast = i % accumulate == 0; i += 1;", "if (isLast)")]
    public Task A_modulo_of_a_counter(string before, string top, string condition) => Mended(condition, "foreach (var batch in data)", before, top);

    [Theory]
    [InlineData("foreach (var (batch, i) in data.Select((batch, i) => (batch, i)))")]
    [InlineData("foreach (var i in Enumerable.Range(0, data.Count))")]
    public Task In_other_loops(string header) => Mended(Every4, header);

    [Theory]
    [InlineData("if (++gathered == accumulate)")]
    [InlineData("if (++gathered >= 4)")]
    public Task A_counter_that_is_set_back(string condition) => Fixed(
        Gathering("\n    [|scheduler.step()|];", " gathered = 0;", condition, before: "var gathered = 0;"),
        Gathering("", " gathered = 0;\n        scheduler.step();", condition, before: "var gathered = 0;"));

    [Fact]
    public Task A_condition_without_braces() => Fixed(
        Loop("if (i % 4 == 0) optimizer.zero_grad();\n    model.forward(data[i]).mean().backward();\n    if (i % 4 == 3)\n        optimizer.step();\n    [|scheduler.step()|]; // next"),
        Loop("if (i % 4 == 0) optimizer.zero_grad();\n    model.forward(data[i]).mean().backward();\n    if (i % 4 == 3)\n    {\n        optimizer.step();\n        // next\n        scheduler.step();\n    }"));

    [Fact]
    public Task Two_schedulers_behind_one_condition() => Fixed(
        Gathering("\n    [|scheduler.step()|];\n    [|second.step()|];", " other.step();", before: "var other = torch.optim.SGD(model.parameters(), 0.1); var second = StepLR(other, 3);"),
        Gathering("", " other.step();\n        scheduler.step();\n        second.step();", before: "var other = torch.optim.SGD(model.parameters(), 0.1); var second = StepLR(other, 3);"));

    [Fact]
    public Task In_a_trainer_of_fields()
    {
        string Trainer(string inside, string behind) => $$"""
            public class Trainer
            {
                private readonly Model _model;
                private readonly Optimizer _optimizer;
                private readonly LRScheduler _scheduler;
                private int _batches;

                public Trainer(Model model)
                {
                    _model = model;
                    _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                    _scheduler = StepLR(_optimizer, 3);
                }

                public async Task Fit(IEnumerable<Tensor> data)
                {
                    foreach (var batch in data)
                    {
                        await Task.Yield();
                        _model.forward(batch).mean().backward();
                        _batches++;
                        if (_batches % 8 == 0)
                        {
                            _optimizer.step();
                            _optimizer.zero_grad();{{inside}}
                        }{{behind}}
                    }
                }
            }

            """ + Main;
        return Fixed(Trainer("", "\n            [|_scheduler.step()|];"), Trainer("\n                _scheduler.step();", ""));
    }

    [Fact]
    public Task Where_the_rate_is_read_between_there_is_no_fix() =>
        Reported(Gathering("\n    Console.WriteLine(scheduler.get_last_lr().First());\n    [|scheduler.step()|];"));

    [Theory]
    [InlineData("if (!model.forward(data[0]).isnan().any().item<bool>())")]
    [InlineData("if (data.Count > 3)")]
    [InlineData("if (isTraining)")]
    [InlineData("if ((i + 1) % 4 == 0 && isTraining)")]
    [InlineData("if (i % 4 != 0)")]
    [InlineData("if (i % 1 == 0)")]
    [InlineData("if (epoch % 4 == 0)")]
    [InlineData("if (data.Count % 4 == 0)")]
    [InlineData("if (i >= 4)")]
    [InlineData("if (++seen >= 4)")]
    public Task Other_conditions_are_silent(string condition) =>
        Silent(Gathering("\n    scheduler.step();", condition: condition, before: "var (epoch, seen) = (data.Count, 0); var isTraining = data.Count > 7;"));

    [Theory]
    [InlineData("optimizer.zero_grad(); model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); } scheduler.step();")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); scheduler.step(); }")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } if (i % 4 == 0) scheduler.step();")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } else { Console.WriteLine(); } scheduler.step(i + 1);")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 != 0) continue; optimizer.step(); optimizer.zero_grad(); scheduler.step();")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } optimizer.step(); scheduler.step();")]
    [InlineData("if (i % 4 == 0) { model.forward(data[i]).mean().backward(); optimizer.step(); optimizer.zero_grad(); } scheduler.step();")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { model.forward(data[i]).mean().backward(); optimizer.step(); optimizer.zero_grad(); } scheduler.step();")]
    [InlineData("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } if (data.Count == i) break; scheduler.step();")]
    public Task Other_loops_are_silent(string body) => Silent(Loop(body));

    [Fact]
    public Task A_generator_that_trains_less_often_is_silent() => Silent(Loop(
        "critic.zero_grad(); model.forward(data[i]).mean().backward(); critic.step(); if (i % 5 == 0) { optimizer.zero_grad(); model.forward(data[i]).sum().backward(); optimizer.step(); } criticScheduler.step(); scheduler.step();",
        before: "var critic = torch.optim.SGD(model.parameters(), 0.1); var criticScheduler = StepLR(critic, 3);"));

    [Fact]
    public Task The_scheduler_of_an_optimizer_that_steps_each_time_is_silent() => Silent(Loop(
        "model.forward(data[i]).mean().backward(); other.step(); if (i % 5 == 0) { optimizer.step(); optimizer.zero_grad(); } second.step();",
        before: "var other = torch.optim.SGD(model.parameters(), 0.1); var second = StepLR(other, 3); scheduler.step();"));

    [Fact]
    public Task A_scheduler_in_the_epoch_loop_is_silent() => Silent(Loop(
        "foreach (var batch in data) { model.forward(batch).mean().backward(); if (++count % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } } scheduler.step();", before: "var count = 0;"));

    [Fact]
    public Task Doppelgangers_are_silent() => Silent(Gathering("\n    own.step();", before: "var own = new StepLR();") + """
        class StepLR { public void step() { } }

        """);

    [Theory]
    [InlineData("scheduler.step(")]
    [InlineData("scheduler.step(); optimizer.")]
    [InlineData("scheduler.step(undefined);")]
    public Task Half_typed_code_is_silent(string step) => new WarmupTest<TrainingLoopAnalyzer, SteppedOnMicroBatchFix>
    {
        TestCode = Usings + Loop("model.forward(data[i]).mean().backward(); if (i % 4 == 0) { optimizer.step(); optimizer.zero_grad( } " + step),
        CompilerDiagnostics = CompilerDiagnostics.None,
    }.RunAsync(CancellationToken.None);

    [Fact]
    public Task Without_TorchSharp_nothing_is_said() => Verify<TrainingLoopAnalyzer, SteppedOnMicroBatchFix>.Silent(
        "class C { void step() { } static void Main() { for (var i = 0; i < 3; i++) { if (i % 4 == 0) { new C().step(); } new C().step(); } } }", withTorchSharp: false);

    [Theory]
    [InlineData("if ((i + 1) % 4 == 0)", "4")]
    [InlineData("if (i % accumulate == 0)", "several")]
    [InlineData("if (i % 4 == 0 || i == data.Count - 1)", "several")]
    public async Task The_message_says_how_fast(string condition, string every)
    {
        var found = Assert.Single(await Findings.In(Usings + Gathering("\n    scheduler.step();", condition: condition)), finding => finding.Id == Id);
        Assert.Equal($"scheduler.step() runs on every micro-batch while optimizer.step() gathers the gradients of {every}, so the schedule runs {every} times as fast as it says", found.GetMessage(null));
    }

    private static string Counted(string scheduler, string before) => Loop($$"""
        model.forward(data[i]).mean().backward();
            {{Gathered}}
        """, before: "", scheduler: scheduler).Replace("var scheduler =", before + "\nvar scheduler =", StringComparison.Ordinal);

    private const string Gathered = "if ((i + 1) % gather == 0) { optimizer.step(); optimizer.zero_grad(); }\n    scheduler.step();";

    /// <summary>A horizon that counts the calls of step() is met, whatever the optimizer does in between.</summary>
    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, epochs * data.Count)")]
    [InlineData("CosineAnnealingLR(optimizer, 1000)")]
    [InlineData("OneCycleLR(optimizer, 0.1, total_steps: epochs * data.Count)")]
    [InlineData("OneCycleLR(optimizer, 0.1, epochs: epochs, steps_per_epoch: data.Count)")]
    [InlineData("PolynomialLR(optimizer, data.Count)")]
    [InlineData("StepLR(optimizer, 10 * data.Count)")]
    [InlineData("MultiStepLR(optimizer, new[] { data.Count, 2 * data.Count })")]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: data.Count / 10)")]
    [InlineData("LambdaLR(optimizer, k => 1 - k / (double)data.Count)")]
    [InlineData("LambdaLR(optimizer, k => Math.Max(0, 1 - k / 1000.0))")]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer, 0.1, total_iters: 100), CosineAnnealingLR(optimizer, 900) }, new[] { 100 })")]
    [InlineData("SequentialLR(optimizer, Parts(), new[] { 100 })")]
    [InlineData("ChainedLR(new[] { LinearLR(optimizer, 0.1, total_iters: 100), CosineAnnealingLR(optimizer, data.Count) })")]
    public Task A_horizon_of_micro_batches_is_silent(string scheduler) =>
        Silent(Counted(scheduler, "var gather = 4; var epochs = data.Count; LRScheduler[] Parts() => new[] { LinearLR(optimizer), CosineAnnealingLR(optimizer, data.Count) };"));

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, total_iters: 100 * gather)")]
    [InlineData("StepLR(optimizer, length)")]
    public Task A_length_times_the_micro_batches_is_silent(string scheduler) => Silent(Counted(scheduler, "const int gather = 4; const int length = gather * 30;"));

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, total)", "var gather = data.Count; var total = data.Count * 3 / gather;")]
    [InlineData("CosineAnnealingLR(optimizer, epochs * perEpoch)", "const int gather = 4; var epochs = data.Count; var perEpoch = (int)Math.Ceiling(data.Count / (double)gather);")]
    [InlineData("OneCycleLR(optimizer, 0.1, total_steps: data.Count / gather)", "const int gather = 4;")]
    [InlineData("LambdaLR(optimizer, k => 1 - k / (double)total)", "const int gather = 4; var total = data.Count / gather;")]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer, 0.1, total_iters: 100), CosineAnnealingLR(optimizer, data.Count / gather) }, new[] { 100 })", "const int gather = 4;")]
    [InlineData("ExponentialLR(optimizer, 1 - 1.0 / data.Count)", "const int gather = 4;")]
    [InlineData("LambdaLR(optimizer, k => Math.Min(1.0, (k + 1) / 100.0))", "const int gather = 4;")]
    [InlineData("LambdaLR(optimizer, k => Math.Min((k + 1) / 1e6, 1 / Math.Sqrt(k + 1)))", "const int gather = 4;")]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer, 0.1, total_iters: 100), ExponentialLR(optimizer, 0.999) }, new[] { 100 })", "const int gather = 4;")]
    public async Task A_length_of_optimizer_steps_is_passed(string scheduler, string before) =>
        Assert.Single(await Findings.In(Usings + Counted(scheduler, before)), finding => finding.Id == Id);

    [Fact]
    public void A_run_is_as_much_faster()
    {
        Assert.Equal([0.04, 0.08, 0.1], Rates("if ((i + 1) % 2 == 0) { optimizer.step(); } scheduler.step();"));
        Assert.Equal([0.02, 0.04, 0.06], Rates("if ((i + 1) % 2 == 0) { optimizer.step(); scheduler.step(); }"));
    }

    private static double[] Rates(string round) => [.. TrainingRun.LearningRates($$"""
        using TorchSharp;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 0.2, 1.0, 4);
                for (var i = 0; i < 6; i++)
                {
                    {{round}}
                }
            }
        }
        """).Select(rate => Math.Round(rate, 9))];
}
