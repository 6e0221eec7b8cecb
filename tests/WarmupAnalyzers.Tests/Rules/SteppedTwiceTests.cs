using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedTwiceTests
{
    private const string Id = "WARM3009";

    private const string Scheduler = "var scheduler = StepLR(optimizer, 3);\n";

    private const string Batches = """
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

        """;

    private static Task Reviewed(string source, string fixedSource) => Stepping<SteppedTwiceReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => Stepping<NeverSteppedFix>.Reported(Id, source);

    private static Task NotMended(string source) => Stepping<SteppedTwiceReviewFix>.Reported(Id, source);

    private static Task Silent(string source) => Stepping<SteppedTwiceReviewFix>.Silent(source);

    /// <summary>A whole program with a scheduler of its own, the epoch loop's body given.</summary>
    private static string Epochs(string body, string scheduler = Scheduler) => Setup + scheduler + "for (var epoch = 0; epoch < 10; epoch++)\n{\n" + body + "}\n";

    /// <summary>The batch loop's body, behind the gradients.</summary>
    private static string PerBatch(string body) => "    foreach (var (x, y) in data)\n    {\n        Backward(x, y);\n" + body + "    }\n\n";

    private static string Trainer(string members) => $$"""
        new Trainer().Fit(10);

        class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer()
            {
                _optimizer = optim.Adam(_model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 3);
            }

        {{members}}
        }
        """;

    [Fact]
    public Task Twice_at_the_end_of_the_epoch() => Reviewed(
        Epochs(Batches + "    scheduler.step();\n    [|scheduler.step()|];\n"),
        Epochs(Batches + "    scheduler.step();\n"));

    [Fact]
    public Task Comments_of_the_removed_step_stay() => Reviewed(
        Epochs(Batches + "    scheduler.step();\n    // the rate\n    [|scheduler.step()|];\n    Console.WriteLine(epoch);\n"),
        Epochs(Batches + "    scheduler.step();\n    // the rate\n    Console.WriteLine(epoch);\n"));

    [Fact]
    public Task On_one_line() => Reviewed(
        Epochs(PerBatch("        optimizer.step(); scheduler.step(); [|scheduler.step()|];\n")),
        Epochs(PerBatch("        optimizer.step(); scheduler.step();\n")));

    [Fact]
    public Task Once_in_the_batch_loop_and_once_in_the_epoch_loop() => Reviewed(
        Epochs(PerBatch("        optimizer.step();\n        scheduler.step();\n") + "    [|scheduler.step()|];\n"),
        Epochs(PerBatch("        optimizer.step();\n        scheduler.step();\n").TrimEnd('\n') + "\n"));

    [Fact]
    public Task Comments_of_the_last_statement_stay() => Reviewed(
        Epochs(Batches + "    scheduler.step();\n    // and again\n    [|scheduler.step()|]; // really\n"),
        Epochs(Batches + "    scheduler.step();\n    // and again\n    // really\n"));

    [Fact]
    public Task With_accumulated_gradients_the_batch_loop_steps_all_the_same() => Reported(
        Epochs(PerBatch("        if (epoch % 4 == 3)\n        {\n            optimizer.step();\n            scheduler.step();\n        }\n") + "    [|scheduler.step()|];\n"));

    [Theory]
    [InlineData("LinearLR(total_iters: 5, optimizer: optimizer, start_factor: 0.1)")]
    [InlineData("new impl.CosineAnnealingLR(optimizer, 10)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1), CosineAnnealingLR(optimizer, 10)], [5])")]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))")]
    public Task Whatever_makes_it(string creation) => Reported(
        Epochs(Batches + "    scheduler.step();\n    [|scheduler.step()|];\n", "var scheduler = " + creation + ";\n"));

    [Fact]
    public Task A_plateau_with_its_metric() => Reported(
        Epochs(Batches + "    scheduler.step(1.0);\n    [|scheduler.step(1.0)|];\n", "var scheduler = ReduceLROnPlateau(optimizer);\n"));

    [Fact]
    public Task Three_times_is_two_too_many() => Reported(
        Epochs(Batches + "    scheduler.step();\n    [|scheduler.step()|];\n    [|scheduler.step()|];\n"));

    [Fact]
    public Task Both_under_one_condition() => Reported(
        Epochs(PerBatch("        if (epoch % 4 == 3)\n        {\n            optimizer.step();\n            scheduler.step();\n            [|scheduler.step()|];\n        }\n")));

    [Fact]
    public Task One_of_two_branches_and_then_again() => Reported(
        Epochs(Batches + "    if (epoch < 5)\n        scheduler.step();\n    else\n        scheduler.step();\n    [|scheduler.step()|];\n"));

    [Fact]
    public Task Before_and_behind_the_optimizers_step() => Reported(
        Epochs("    scheduler.step();\n" + Batches + "    [|scheduler.step()|];\n", "var scheduler = LambdaLR(optimizer, e => Math.Min(e / 5.0, 1));\n"));

    [Fact]
    public Task Early_stopping_between_the_two() => Reported(
        Epochs(PerBatch("        optimizer.step();\n        scheduler.step();\n") + "    if (data.Count > 7)\n        break;\n    [|scheduler.step()|];\n"));

    [Fact]
    public Task A_nullable_one() => Reviewed(
        Epochs(Batches + "    scheduler?.step();\n    scheduler?[|.step()|];\n", "LRScheduler? scheduler = StepLR(optimizer, 3);\n"),
        Epochs(Batches + "    scheduler?.step();\n", "LRScheduler? scheduler = StepLR(optimizer, 3);\n"));

    [Fact]
    public Task While_and_do_loops() => Reported(Setup + Scheduler + """
        var epoch = 0;
        while (true)
        {
            optimizer.step();
            scheduler.step();
            [|scheduler.step()|];
            if (++epoch == 10)
                break;
        }

        do
        {
            optimizer.step();
            scheduler.step();
            [|scheduler.step()|];
        }
        while (++epoch < 20);
        """);

    [Fact]
    public Task In_a_trainer_one_in_the_method_and_one_in_its_caller() => Reported(Trainer("""
            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    TrainEpoch();
                    [|_scheduler.step()|];
                }
            }

            private void TrainEpoch()
            {
                for (var i = 0; i < 100; i++)
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        """));

    [Fact]
    public Task The_same_method_called_twice() => NotMended(Trainer("""
            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.step();
                    Advance();
                    [|Advance()|];
                }
            }

            private void Advance() => _scheduler.step();
        """));

    [Fact]
    public Task Async_with_the_epoch_in_a_method() => Reported(Trainer("""
            public async Task Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    await TrainEpochAsync();
                    _scheduler.step();
                    await Task.Delay(1);
                    [|_scheduler.step()|];
                }
            }

            private async Task TrainEpochAsync()
            {
                await Task.Yield();
                _optimizer.step();
            }
        """));

    [Fact]
    public Task Local_functions_are_read() => Reported(
        Epochs(Batches + "    Advance();\n    [|scheduler.step()|];\n", Scheduler + "void Advance() => scheduler.step();\n"));

    [Theory]
    [InlineData("    if (epoch < 5) scheduler.step();\n    if (epoch >= 5) scheduler.step();\n")]
    [InlineData("    if (epoch < 5) scheduler.step(); else scheduler.step();\n")]
    [InlineData("    switch (epoch) { case 0: scheduler.step(); break; default: scheduler.step(); break; }\n")]
    [InlineData("    if (epoch < 5)\n    {\n        scheduler.step();\n        continue;\n    }\n\n    scheduler.step();\n")]
    [InlineData("    scheduler.step();\n    if (epoch > 5) scheduler.step();\n")]
    [InlineData("    if (epoch > 5) scheduler.step();\n    scheduler.step();\n")]
    [InlineData("    _ = epoch > 5 && Advance();\n    scheduler.step();\n    bool Advance() { scheduler.step(); return true; }\n")]
    public Task Silent_where_one_depends_on_a_condition(string steps) => Silent(Epochs(Batches + steps));

    [Theory]
    [InlineData("scheduler.step(epoch);\n    scheduler.step(epoch);\n")] // an index, not a count
    [InlineData("scheduler.step();\n    scheduler.step(epoch + 1);\n")]
    public Task Silent_with_an_index(string steps) => Silent(Epochs(Batches + "    " + steps));

    [Fact]
    public Task Silent_where_each_step_has_its_own_training() => Silent(Epochs(Batches + "    scheduler.step();\n" + Batches + "    scheduler.step();\n"));

    [Fact]
    public Task Silent_where_the_batch_loop_steps_under_a_condition() => Silent(
        Epochs(PerBatch("        optimizer.step();\n        if (epoch == 0)\n            scheduler.step();\n") + "    scheduler.step();\n"));

    [Fact]
    public Task Silent_where_the_epoch_loop_steps_under_a_condition() => Silent(
        Epochs(PerBatch("        optimizer.step();\n        if (epoch < 2)\n            scheduler.step();\n") + "    if (epoch >= 2)\n        scheduler.step();\n"));

    [Fact]
    public Task Silent_with_a_scheduler_for_the_batches_and_one_for_the_epochs() => Silent(
        Epochs(PerBatch("        optimizer.step();\n        warmup.step();\n") + "    scheduler.step();\n", Scheduler + "var warmup = LinearLR(optimizer, 0.1);\n"));

    [Fact]
    public Task Silent_with_an_optimizer_and_a_scheduler_each() => Silent("""
        var generator = optim.Adam(Linear(1, 1).parameters());
        var critic = optim.Adam(Linear(1, 1).parameters());
        var first = StepLR(generator, 3);
        var second = StepLR(critic, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            critic.step();
            generator.step();
            first.step();
            second.step();
        }
        """);

    [Fact]
    public Task Silent_on_a_replay() => Silent(Setup + "var start = 4;\n" + Scheduler + """
        for (var i = 0; i < start; i++)
        {
            scheduler.step();
        }

        for (var epoch = start; epoch < 10; epoch++)
        {
            optimizer.step();
            scheduler.step();
        }
        """);

    [Fact]
    public Task Silent_on_one_scheduler_per_fold() => Silent("""
        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = optim.Adam(Linear(1, 1).parameters());
            var scheduler = StepLR(optimizer, 3);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Fact]
    public Task Silent_where_a_plateau_is_stepped_by_its_type() => Silent(
        Epochs(Batches + "    if (scheduler is impl.ReduceLROnPlateau plateau) plateau.step(0.5); else scheduler.step();\n", "LRScheduler scheduler = StepLR(optimizer, 3);\n"));

    [Fact]
    public Task Silent_where_a_wrapper_may_train_between_the_two() => Silent(Setup + Scheduler + """
        var amp = new Amp(optimizer);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
            scheduler.step();
            amp.Step();
            scheduler.step();
        }

        class Amp(Optimizer optimizer)
        {
            public void Step() => optimizer.step();
        }
        """);

    [Fact]
    public Task Silent_where_a_callback_may_train_between_the_two() => Silent(Trainer("""
            public event Action? Between;

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    Train();
                    _scheduler.step();
                    Between?.Invoke();
                    _scheduler.step();
                }
            }

            public void Train() => _optimizer.step();
        """));

    [Fact]
    public Task Silent_on_another_trainers_scheduler() => Silent(Trainer("""
            public void Fit(int epochs) => Fit(epochs, new Trainer());

            public void Fit(int epochs, Trainer other)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.step();
                    other._scheduler.step();
                    _scheduler.step();
                }
            }
        """));

    [Fact]
    public Task Silent_on_ones_own_scheduler() => Silent("""
        var optimizer = optim.Adam(Linear(1, 1).parameters());
        var scheduler = new StepLR(optimizer, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
            scheduler.step();
            scheduler.step();
        }

        class StepLR(Optimizer optimizer, int size)
        {
            public void step() => Console.WriteLine(optimizer + " " + size);
        }
        """);

    [Fact]
    public void What_the_message_shows_is_what_a_run_gives()
    {
        var optimizer = Schedules.FakeOptimizer.Of(WarmupAnalyzers.Schedules.Simulated.MomentumKind.Momentum, 1.0);
        var scheduler = TorchSharp.torch.optim.lr_scheduler.LinearLR(optimizer, 0.2, total_iters: 4);
        var trained = new List<double>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            trained.Add(Math.Round(optimizer.ParamGroups.First().LearningRate, 12));
            scheduler.step();
            scheduler.step();
        }

        Assert.Equal([0.2, 0.6, 1.0], trained);
    }

    [Theory]
    [InlineData("    scheduler.step();\n    scheduler.step()\n")]
    [InlineData("    scheduler.step();\n    scheduler.step(;\n")]
    [InlineData("    scheduler.step();\n    scheduler.\n")]
    public Task Silent_on_half_typed_code(string steps) => Stepping<SteppedTwiceReviewFix>.Unfinished(Epochs(Batches + steps));

    [Fact]
    public Task Nothing_without_TorchSharp() => Verify<SteppingAnalyzer, SteppedTwiceReviewFix>.Silent(
        "class Program { static void Main() { } void step() { for (;;) { step(); step(); } } }", withTorchSharp: false);

    [Theory]
    [InlineData("LinearLR(optimizer, 0.2, total_iters: 4)", "optimizer.step(); scheduler.step(); [|scheduler.step()|];", "the schedule runs twice as fast (trains with 0.2, 0.6, 1, … instead of 0.2, 0.4, 0.6, … ▂▅██████)")]
    [InlineData("ExponentialLR(optimizer, 0.5)", "optimizer.step(); scheduler.step(); [|scheduler.step()|];", "the schedule runs twice as fast (trains with 1, 0.25, 0.0625, … instead of 1, 0.5, 0.25, … █▃▁▁▁▁▁▁)")]
    [InlineData("ExponentialLR(optimizer, 0.5)", "optimizer.step(); scheduler.step(); [|scheduler.step()|]; [|scheduler.step()|];", "the schedule runs three times as fast (trains with 1, 0.125, 0.0156, … instead of 1, 0.5, 0.25, … █▂▁▁▁▁▁▁)")]
    [InlineData("StepLR(optimizer, data.Count)", "optimizer.step(); scheduler.step(); [|scheduler.step()|];", "the schedule runs twice as fast")]
    [InlineData("ExponentialLR(optimizer, 0.5)", "if (epoch > 2) { optimizer.step(); scheduler.step(); [|scheduler.step()|]; } else { optimizer.step(); }", "the schedule runs too fast")]
    [InlineData("ExponentialLR(optimizer, 0.5)", "for (var i = 0; i < 9; i++) { optimizer.step(); scheduler.step(); } [|scheduler.step()|];", "the schedule counts the iterations of the inner loop and those of the outer loop as well")]
    public Task The_message_shows_what_is_trained_with(string creation, string round, string effect)
    {
        var source = Usings + Epochs("    " + round + "\n", "var scheduler = " + creation + ";\n");
        var test = new WarmupTest<SteppingAnalyzer, NeverSteppedFix>();
        var number = 0;
        while (source.Contains("[|"))
        {
            var at = source.IndexOf("[|");
            source = source[..at] + "{|#" + number + ":" + source[(at + 2)..];
            test.ExpectedDiagnostics.Add(new DiagnosticResult(Id, DiagnosticSeverity.Warning).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
                .WithLocation(number++).WithMessage("The scheduler is stepped a second time in the same iteration, so " + effect));
        }

        test.TestCode = source.Replace("|]", "|}");
        return test.RunAsync(CancellationToken.None);
    }
}
