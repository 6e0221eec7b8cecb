using System;
using System.Globalization;
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

public class BatchesAndEpochsMixedUpTests
{
    private const string Id = "WARM3008";

    private const string Cosine = "CosineAnnealingLR(optimizer, T_max: epochs)";

    private const string Epochs = "for (var epoch = 0; epoch < epochs; epoch++)";

    private const string Batches = "foreach (var (x, y) in data)";

    private static Task Moved(string source, string fixedSource) => Stepping<BatchesAndEpochsReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => Stepping<NeverSteppedFix>.Reported(Id, source);

    private static Task NotMended(string source) => Stepping<BatchesAndEpochsReviewFix>.Reported(Id, source);

    private static Task Silent(string source) => Stepping<BatchesAndEpochsReviewFix>.Silent(source);

    private static string Script(string scheduler, string training, string numbers = "int epochs = int.Parse(args[0]);") =>
        Setup.Replace("var optimizer", numbers + "\nvar optimizer", StringComparison.Ordinal) + "var scheduler = " + scheduler + ";\n" + training;

    private static string PerBatch(string step = "[|scheduler.step()|];", string epochs = Epochs, string batches = Batches) => $$"""
        {{epochs}}
        {
            {{batches}}
            {
                Backward(data[0].x, data[0].y);
                optimizer.step();
                {{step}}
            }

            Console.WriteLine("done");
        }

        """;

    private static string PerEpoch(string step = "[|scheduler.step()|];", string epochs = Epochs, string batches = Batches, string trained = "optimizer.step();") => $$"""
        {{epochs}}
        {
            {{batches}}
            {
                Backward(data[0].x, data[0].y);
                {{trained}}
            }

            Console.WriteLine("done");
            {{step}}
        }

        """;

    private static string StepAtEndOfEpoch => PerEpoch("scheduler.step();");

    // The report's place is the end of the epoch's block, so the blank line stays where it is.
    private static string StepAtEndOfBatch => PerBatch("scheduler.step();");

    [Theory]
    [InlineData(Cosine)]
    [InlineData("torch.optim.lr_scheduler.CosineAnnealingLR(T_max: epochs, eta_min: 1e-5, optimizer: optimizer)")]
    [InlineData("new impl.CosineAnnealingLR(optimizer, epochs)")]
    [InlineData("PolynomialLR(optimizer, total_iters: epochs)")]
    [InlineData("OneCycleLR(optimizer, 0.5, total_steps: epochs)")]
    [InlineData("LinearLR(optimizer, total_iters: epochs)")]
    [InlineData("ConstantLR(optimizer, total_iters: epochs)")]
    public Task A_schedule_of_epochs_on_every_batch(string scheduler) => Moved(Script(scheduler, PerBatch()), Script(scheduler, StepAtEndOfEpoch));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.5, total_steps: epochs * data.Count)")]
    [InlineData("OneCycleLR(optimizer, 0.5, epochs: epochs, steps_per_epoch: data.Count)")]
    [InlineData("OneCycleLR(optimizer, 0.5, epochs: epochs, steps_per_epoch: 400)")]
    [InlineData("OneCycleLR(optimizer, 0.5, steps_per_epoch: data.Count, epochs: 90)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: epochs * data.Count)")]
    [InlineData("CosineAnnealingLR(optimizer, data.Count * (double)epochs)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs * data.Count - 1)")]
    [InlineData("PolynomialLR(optimizer, total_iters: data.Count * epochs)")]
    [InlineData("LinearLR(optimizer, total_iters: 2 * data.Count)")]
    [InlineData("CyclicLR(optimizer, 0.001, 0.1, step_size_up: 4 * data.Count, cycle_momentum: false)")]
    [InlineData("StepLR(optimizer, 30 * data.Count)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, total_iters: 2 * data.Count), CosineAnnealingLR(optimizer, epochs * data.Count)], [2 * data.Count])")]
    public Task A_schedule_of_batches_once_per_epoch(string scheduler) => Moved(Script(scheduler, PerEpoch()), Script(scheduler, StepAtEndOfBatch));

    [Theory]
    [InlineData("for (var epoch = 1; epoch <= epochs; epoch++)")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, epochs))")]
    [InlineData("for (var epoch = epochs; epoch > 0; epoch--)")]
    [InlineData("for (var epoch = 0; epoch < epochs && data.Count > 1; epoch++)")]
    public async Task Loops_of_all_kinds(string epochs)
    {
        await Reported(Script(Cosine, PerBatch(epochs: epochs)));
        await Reported(Script("CosineAnnealingLR(optimizer, epochs * data.Count)", PerEpoch(epochs: epochs)));
        await Silent(Script(Cosine, PerEpoch("scheduler.step();", epochs)));
        await Silent(Script("CosineAnnealingLR(optimizer, epochs * data.Count)", PerBatch("scheduler.step();", epochs)));
    }

    [Theory]
    [InlineData("epoch++;", "epoch < epochs")]
    [InlineData("_ = epochs;", "++epoch < epochs")]
    public async Task Loops_that_ask_at_their_end(string count, string condition)
    {
        await Moved(Script(Cosine, Do(PerBatch(epochs: "do"))), Script(Cosine, Do(PerEpoch("scheduler.step();", "do"))).Replace("    scheduler.step();\n    " + count, "    " + count + "\n    scheduler.step();", StringComparison.Ordinal));
        await Reported(Script("OneCycleLR(optimizer, 0.5, total_steps: epochs * data.Count)", Do(PerEpoch(epochs: "do"))));
        await Silent(Script("OneCycleLR(optimizer, 0.5, total_steps: epochs * data.Count)", Do(PerBatch("scheduler.step();", epochs: "do"))));

        string Do(string loop) => "var epoch = 0;\n" + loop[..loop.LastIndexOf('}')] + "    " + count + "\n}\nwhile (" + condition + ");\n";
    }

    [Theory]
    [InlineData("for (var i = 0; i < n; i++)")]
    [InlineData("foreach (var i in Enumerable.Range(0, n))")]
    [InlineData("for (var i = n; i > 0; i--)")]
    public async Task Batches_of_all_kinds(string batches)
    {
        const string numbers = "int epochs = int.Parse(args[0]), n = int.Parse(args[1]), total = epochs * n;";
        await Reported(Script(Cosine, PerBatch(batches: batches), numbers));
        await Reported(Script("OneCycleLR(optimizer, 0.5, total_steps: total)", PerEpoch(batches: batches), numbers));
        await Silent(Script("OneCycleLR(optimizer, 0.5, total_steps: total)", PerBatch("scheduler.step();", batches: batches), numbers));
    }

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.5, total_steps: (int)(epochs * loader.Count))", "foreach (var batch in loader)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: epochs * loader.Count)", "foreach (var batch in loader)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: loader.Count * epochs)", "foreach (var batch in loader.Skip(1))")]
    [InlineData("OneCycleLR(optimizer, 0.5, epochs: epochs, steps_per_epoch: (int)loader.Count)", "foreach (var batch in loader)")]
    public async Task A_loader_counts_its_batches(string scheduler, string batches)
    {
        await Reported(Loaded(scheduler, PerEpoch(batches: batches)));
        await Silent(Loaded(scheduler, PerBatch("scheduler.step();", batches: batches)));

        static string Loaded(string scheduler, string training) =>
            Script(scheduler, training, "int epochs = int.Parse(args[0]);\nvar loader = new TorchSharp.Modules.DataLoader<Dictionary<string, Tensor>, Dictionary<string, Tensor>>(null!, 32, (_, _) => null!);");
    }

    [Theory]
    [InlineData("const int Total = 60;", "Total", "Total")]
    [InlineData("var options = (Epochs: 60, Rate: 0.1);", "options.Epochs", "options.Epochs")]
    [InlineData("var count = int.Parse(args[0]); var all = count;", "all", "count")]
    [InlineData("int? given = null; var epochs = given ?? 50;", "epochs", "epochs")]
    public Task The_same_variable_in_both(string numbers, string horizon, string bound) =>
        Reported(Script($"CosineAnnealingLR(optimizer, {horizon})", PerBatch(epochs: $"for (var e = 0; e < {bound}; e++)"), numbers));

    [Fact]
    public async Task The_number_of_what_is_named_for_epochs_is_information()
    {
        var found = Assert.Single(await Findings.In(Usings + Script("CosineAnnealingLR(optimizer, 60)", PerBatch("scheduler.step();"), "const int epochs = 60;")));

        Assert.Equal((Id, DiagnosticSeverity.Info), (found.Id, found.Severity));
    }

    [Fact]
    public async Task The_same_variable_is_no_chance()
    {
        var found = Assert.Single(await Findings.In(Usings + Script(Cosine, PerBatch("scheduler.step();"))));

        Assert.Equal((Id, DiagnosticSeverity.Warning), (found.Id, found.Severity));
        Assert.Equal("Batches and epochs are mixed up: T_max counts epochs and step() runs on every batch", found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("LinearLR(optimizer, total_iters: 60)", "60")] // sixty batches of warmup are as good as sixty epochs
    [InlineData("StepLR(optimizer, 30)", "30")]
    [InlineData("CosineAnnealingLR(optimizer, int.Parse(args[1]))", "epochs")]
    [InlineData("CosineAnnealingLR(optimizer, 30)", "60")]
    [InlineData("CosineAnnealingLR(optimizer, 10)", "10")]
    [InlineData("ExponentialLR(optimizer, 0.99)", "epochs")]
    public Task Other_lengths_on_every_batch_are_silent(string scheduler, string epochs) =>
        Silent(Script(scheduler, PerBatch("scheduler.step();", $"for (var e = 0; e < {epochs}; e++)")));

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, epochs)")]
    [InlineData("CosineAnnealingLR(optimizer, 2 * epochs)")]
    [InlineData("CosineAnnealingLR(optimizer, int.Parse(args[1]))")]
    [InlineData("CosineAnnealingLR(optimizer, int.Parse(args[1]) * epochs)")]
    [InlineData("OneCycleLR(optimizer, 0.5, total_steps: epochs)")]
    [InlineData("OneCycleLR(optimizer, 0.5, epochs: epochs, steps_per_epoch: 1)")]
    [InlineData("StepLR(optimizer, 30)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, total_iters: 5), CosineAnnealingLR(optimizer, epochs - 5)], [5])")]
    public Task Other_lengths_once_per_epoch_are_silent(string scheduler) => Silent(Script(scheduler, PerEpoch("scheduler.step();")));

    [Theory]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, total_iters: 5), CosineAnnealingLR(optimizer, epochs - 5)], [5])")]
    [InlineData("SequentialLR(optimizer, new LRScheduler[] { LinearLR(optimizer, total_iters: 5), CosineAnnealingLR(optimizer, epochs - 5) }, new[] { 5 })")]
    [InlineData("ChainedLR([LinearLR(optimizer, total_iters: 5), CosineAnnealingLR(optimizer, epochs)])")]
    public Task A_composition_of_epochs_on_every_batch(string scheduler) => Moved(Script(scheduler, PerBatch()), Script(scheduler, StepAtEndOfEpoch));

    [Fact]
    public Task Several_loops_round_the_batches() => Reported(Script(
        Cosine,
        "foreach (var shard in new[] { data, data })\n" + PerBatch(batches: "foreach (var (x, y) in shard)"),
        "int epochs = int.Parse(args[0]);"));

    [Fact]
    public Task A_full_batch_is_an_epoch() => Silent(Script(Cosine, Epochs + "\n{\n    Backward(data[0].x, data[0].y);\n    optimizer.step();\n    scheduler.step();\n}\n"));

    [Fact]
    public Task A_full_batch_in_each_of_several_runs() => Silent(Script(
        Cosine, "for (var restart = 0; restart < 3; restart++)\n{\n" + Epochs + "\n{\n    Backward(data[0].x, data[0].y);\n    optimizer.step();\n    scheduler.step();\n}\n}\n"));

    [Fact]
    public Task One_batch_in_an_epoch() => Silent(Script(Cosine, PerBatch("scheduler.step();", batches: "for (var i = 0; i < 1; i++)")));

    [Theory]
    [InlineData("if (Random.Shared.Next() % 10 == 9) scheduler.step();")]
    [InlineData("if (y.shape[0] < 32) { scheduler.step(); }")]
    [InlineData("scheduler.step(epoch);")]
    [InlineData("_ = args.Length > 3 ? 1 : 2; if (args.Length == 0) scheduler.step();")]
    public Task A_step_under_a_condition_or_with_an_index_is_silent(string step) => Silent(Script(Cosine, PerBatch(step)));

    [Fact]
    public Task A_scheduler_for_each_fold() => Silent(Setup + """
        for (var fold = 0; fold < 5; fold++)
        {
            var scheduler = CosineAnnealingLR(optimizer, 5);
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Fact]
    public Task Two_loops_of_training_are_not_one() => Silent(Script("CosineAnnealingLR(optimizer, epochs * data.Count)", $$"""
        {{Epochs}}
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

            scheduler.step();
        }
        """));

    [Fact]
    public Task Gathered_gradients_stay_where_they_are() => NotMended(Script(
        "CosineAnnealingLR(optimizer, epochs * n / every)",
        PerEpoch(batches: "for (var i = 0; i < n; i++)", trained: "if ((i + 1) % every == 0) optimizer.step();"),
        "const int epochs = 20, n = 64, every = 4;"));

    private static string Trainer(string members) => $$"""
        new Trainer(30).Fit();

        class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            private readonly List<(Tensor x, Tensor y)> _data = new();
            private readonly int _epochs;
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(int epochs)
            {
                _epochs = epochs;
                _optimizer = torch.optim.Adam(_model.parameters(), 0.1);
                _scheduler = CosineAnnealingLR(_optimizer, T_max: _epochs);
            }

            private void Train(Tensor x, Tensor y)
            {
                _optimizer.zero_grad();
                functional.mse_loss(_model.forward(x), y).backward();
                _optimizer.step();
            }

        {{members}}
        }
        """;

    [Fact]
    public Task In_a_trainer() => Moved(
        Trainer("""
                public void Fit()
                {
                    for (var epoch = 0; epoch < _epochs; epoch++)
                    {
                        foreach (var (x, y) in _data)
                        {
                            Train(x, y);
                            [|this._scheduler.step()|]; // every time
                        }
                    }
                }
            """),
        Trainer("""
                public void Fit()
                {
                    for (var epoch = 0; epoch < _epochs; epoch++)
                    {
                        foreach (var (x, y) in _data)
                        {
                            Train(x, y);
                            // every time
                        }
                        this._scheduler.step();
                    }
                }
            """));

    [Fact]
    public Task Across_methods_there_is_a_report_and_no_fix() => NotMended(Trainer("""
            public void Fit()
            {
                for (var epoch = 0; epoch < _epochs; epoch++)
                    TrainEpoch();
            }

            public void TrainEpoch()
            {
                foreach (var (x, y) in _data)
                {
                    Train(x, y);
                    [|_scheduler.step()|];
                }
            }
        """));

    [Fact]
    public Task Across_methods_where_it_belongs() => Silent(Trainer("""
            public async Task Fit()
            {
                for (var epoch = 0; epoch < _epochs; epoch++)
                {
                    await TrainEpoch();
                    _scheduler?.step();
                }
            }

            private async Task TrainEpoch()
            {
                await Task.Yield();
                foreach (var (x, y) in _data)
                    Train(x, y);
            }
        """));

    [Fact]
    public Task Async_and_null_conditional() => Reported(Trainer("""
            public async Task Fit()
            {
                for (var epoch = 0; epoch < _epochs; epoch++)
                    await TrainEpoch();
            }

            private async Task TrainEpoch()
            {
                foreach (var (x, y) in _data)
                {
                    await Task.Yield();
                    Train(x, y);
                    _scheduler?[|.step()|];
                }
            }
        """));

    [Fact]
    public Task A_parameter_is_what_it_is_given() => Reported(Trainer("""
            public void Fit() => Run(_epochs);

            private void Run(int rounds)
            {
                for (var round = 0; round < rounds; round++)
                {
                    foreach (var (x, y) in _data)
                    {
                        Train(x, y);
                        [|_scheduler.step()|];
                    }
                }
            }
        """));

    [Fact]
    public Task A_local_function_and_a_lambda_in_place() => Reported(Script(Cosine, """
        void Next() => [|scheduler.step()|];
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                Next();
            }
        }
        """));

    [Fact]
    public Task A_delegate_that_leaves_is_silent() => Silent(Script(Cosine, """
        Action next = () => scheduler.step();
        Keep(next);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                next();
            }
        }

        static void Keep(Action action) => AppDomain.CurrentDomain.ProcessExit += (_, _) => action();
        """));

    [Fact]
    public Task Braceless_loops_get_their_blocks() => Moved(
        Script("CosineAnnealingLR(optimizer, epochs * data.Count)", Epochs + "\n{\n    " + Batches + "\n        optimizer.step();\n    [|scheduler.step()|];\n}\n"),
        Script("CosineAnnealingLR(optimizer, epochs * data.Count)", Epochs + "\n{\n    " + Batches + "\n    {\n        optimizer.step();\n        scheduler.step();\n    }\n}\n"));

    [Fact]
    public Task On_one_line() => Moved(
        Script(Cosine, Epochs + " { " + Batches + " { optimizer.step(); [|scheduler.step()|]; } }\n"),
        Script(Cosine, Epochs + " { " + Batches + " { optimizer.step(); } scheduler.step(); }\n"));

    [Fact]
    public Task Behind_a_loop_that_never_ends_there_is_no_place() => NotMended(Script(Cosine, """
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                [|scheduler.step()|];
            }

            continue;
        }
        """));

    [Fact]
    public Task What_names_it_in_the_loop_stays_there() => NotMended(Script(Cosine, """
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (x, y) in data)
            {
                var next = scheduler;
                Backward(x, y);
                optimizer.step();
                [|next.step()|];
            }
        }
        """));

    [Theory]
    [InlineData("LinearLR(optimizer, total_iters: warmupEpochs)", "int epochs = 90, warmupEpochs = 5;")]
    [InlineData("LinearLR(optimizer, total_iters: warmup_epochs)", "const int epochs = 90, warmup_epochs = 5;")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(1.0, (e + 1) / (double)warmupEpochs))", "int epochs = 90, warmupEpochs = 5;")]
    [InlineData("CosineAnnealingLR(optimizer, epochCount)", "int epochs = 90, epochCount = int.Parse(args[0]);")]
    [InlineData("StepLR(optimizer, stageEpochs)", "int epochs = 90, stageEpochs = 30;")]
    public async Task Names_of_epochs_on_every_batch_are_information(string scheduler, string numbers)
    {
        var found = Assert.Single(await Findings.In(Usings + Script(scheduler, PerBatch("scheduler.step();"), numbers)));

        Assert.Equal((Id, DiagnosticSeverity.Info), (found.Id, found.Severity));
        await Silent(Script(scheduler, PerEpoch("scheduler.step();"), numbers));
    }

    [Theory]
    [InlineData("LinearLR(optimizer, total_iters: warmupSteps)", "int epochs = 90, warmupSteps = 500;")]
    [InlineData("CosineAnnealingLR(optimizer, totalSteps)", "int epochs = 90, totalSteps = int.Parse(args[0]);")]
    [InlineData("PolynomialLR(optimizer, total_iters: max_iterations)", "int epochs = int.Parse(args[0]), max_iterations = 100000;")]
    [InlineData("LambdaLR(optimizer, k => Math.Min(1.0, (k + 1) / (double)warmupSteps))", "int epochs = 90, warmupSteps = 500;")]
    public async Task Names_of_batches_once_per_epoch_are_information(string scheduler, string numbers)
    {
        var found = Assert.Single(await Findings.In(Usings + Script(scheduler, PerEpoch("scheduler.step();"), numbers)));

        Assert.Equal((Id, DiagnosticSeverity.Info), (found.Id, found.Severity));
        await Silent(Script(scheduler, PerBatch("scheduler.step();"), numbers));
    }

    [Theory]
    [InlineData("LinearLR(optimizer, total_iters: warmupSteps)", "int epochs = 90, warmupSteps = 5;")] // over within the epochs
    [InlineData("StepLR(optimizer, stepSize)", "int epochs = 90, stepSize = 500;")]
    [InlineData("LinearLR(optimizer, total_iters: warmup)", "int epochs = 90, warmup = 500;")]
    [InlineData("CosineAnnealingLR(optimizer, totalSteps / stepsPerEpoch)", "int epochs = 90, totalSteps = int.Parse(args[0]), stepsPerEpoch = int.Parse(args[1]);")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, total_iters: warmupSteps), CosineAnnealingLR(optimizer, decayEpochs)], [warmupSteps])", "int epochs = 90, warmupSteps = 5, decayEpochs = 85;")]
    public Task Names_that_prove_nothing_once_per_epoch(string scheduler, string numbers) => Silent(Script(scheduler, PerEpoch("scheduler.step();"), numbers));

    [Theory]
    [InlineData("LinearLR(optimizer, total_iters: warmupEpochs * data.Count)", "int epochs = 90, warmupEpochs = 5;")]
    [InlineData("LinearLR(optimizer, total_iters: warmupEpochs * 400)", "int epochs = 90, warmupEpochs = 5;")]
    [InlineData("LinearLR(optimizer, total_iters: stepsPerEpoch)", "int epochs = 90, stepsPerEpoch = 400;")]
    [InlineData("LambdaLR(optimizer, k => Math.Min(1.0, (k + 1) / (double)(warmupEpochs * stepsPerEpoch)))", "int epochs = 90, warmupEpochs = 5, stepsPerEpoch = 400;")]
    [InlineData("LambdaLR(optimizer, k => Math.Min(1.0, (k / data.Count + 1) / (double)warmupEpochs))", "int epochs = 90, warmupEpochs = 5;")]
    public Task Names_that_prove_nothing_on_every_batch(string scheduler, string numbers) => Silent(Script(scheduler, PerBatch("scheduler.step();"), numbers));

    [Fact]
    public Task A_loop_that_is_named_for_steps_is_no_epoch() => Silent(Script(
        "CosineAnnealingLR(optimizer, totalSteps)", PerEpoch("scheduler.step();", "for (var step = 0; step < limit; step++)"), "int limit = int.Parse(args[0]), totalSteps = int.Parse(args[1]);"));

    private static string Numbers(string scheduler, string batches, string epochs, string rounds = "4") => $$"""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        using var model = torch.nn.Linear(4, 1);
        const int Epochs = {{rounds}};
        const int Batches = 10;
        var optimizer = torch.optim.SGD(model.parameters(), 0.1);
        var scheduler = {{scheduler}};
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                optimizer.zero_grad();
                using var loss = model.forward(torch.rand(1, 4)).mean();
                loss.backward();
                optimizer.step();
                {{batches}}
            }

            {{epochs}}
        }

        optimizer.step(); // one more, for the rate at the end
        """;

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, T_max: Epochs)", true, "T_max counts epochs and step() runs on every batch, 40 times in all for a length of 4, and the rate ends at 1 of the base learning rate")]
    [InlineData("lr_scheduler.PolynomialLR(optimizer, total_iters: Epochs)", true, "total_iters counts epochs and step() runs on every batch, 40 times in all for a length of 4, and the rate ends at 0 of the base learning rate")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, T_max: Epochs * Batches)", false, "T_max counts batches and step() runs once per epoch, 4 times in all for a length of 40, and the rate ends at 0.976 of the base learning rate")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.5, total_steps: Epochs * Batches)", false, "total_steps counts batches and step() runs once per epoch, 4 times in all for a length of 40")]
    public async Task The_message_gives_the_end_of_a_run(string scheduler, bool isPerBatch, string effect)
    {
        var source = isPerBatch ? Numbers(scheduler, "scheduler.step();", string.Empty) : Numbers(scheduler, string.Empty, "scheduler.step();");
        var found = (await Findings.In(source)).Where(finding => finding.Id == Id).ToArray();
        Assert.Equal("Batches and epochs are mixed up: " + effect, Assert.Single(found).GetMessage(CultureInfo.InvariantCulture));

        if (!effect.Contains("ends at ", StringComparison.Ordinal))
            return; // OneCycleLR has a base of its own
        var end = TrainingRun.LearningRates(source)[40] / 0.1;
        var shown = double.Parse(effect[(effect.IndexOf("ends at ", StringComparison.Ordinal) + 8)..].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.Equal(shown, end, 2);
    }

    [Fact]
    public async Task Nothing_else_is_reported_of_it()
    {
        foreach (var scheduler in new[] { "CosineAnnealingLR(optimizer, T_max: Epochs)", "PolynomialLR(optimizer, total_iters: Epochs)", "OneCycleLR(optimizer, 0.5, total_steps: Epochs)", "ExponentialLR(optimizer, 0.9)" })
        {
            var source = Numbers("lr_scheduler." + scheduler, "scheduler.step();", string.Empty, "60");
            var ids = (await Findings.In(source)).Select(found => found.Id).Distinct();
            Assert.Equal(scheduler.StartsWith("Exp", StringComparison.Ordinal) ? "WARM2006" : Id, Assert.Single(ids));
        }
    }

    [Fact]
    public async Task A_step_too_early_is_the_mistake()
    {
        var source = Usings + Script(Cosine, PerBatch("_ = 1;").Replace("        optimizer.step();", "        scheduler.step();\n        optimizer.step();", StringComparison.Ordinal));

        Assert.Equal("WARM3002", Assert.Single(await Findings.In(source)).Id);
    }

    [Theory]
    [InlineData("scheduler.step(); scheduler.step();", "WARM3009")]
    [InlineData("scheduler.step(0.5);", "WARM3005")]
    public async Task Another_mistake_of_the_step_comes_first(string step, string id) =>
        Assert.Equal(id, Assert.Single(await Findings.In(Usings + Script(Cosine, PerBatch(step)))).Id);

    [Fact]
    public async Task A_function_that_is_wrong_comes_before_its_names() => Assert.Equal(
        "WARM1006", Assert.Single(await Findings.In(Usings + Script("LambdaLR(optimizer, e => 1 - e / (double)epochs)", PerBatch("scheduler.step();"), "const int epochs = 40;"))).Id);

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.5, total_steps: epochs, pct_start: 2)")]
    [InlineData("CosineAnnealingLR(optimizer, 0)")]
    public async Task An_argument_out_of_range_comes_first(string scheduler) =>
        Assert.Equal("WARM2002", Assert.Single(await Findings.In(Usings + Script(scheduler, PerBatch("scheduler.step();"), "const int epochs = 40;"))).Id);

    [Theory]
    [InlineData("CosineAnnealingLR(optimizer, undefined)")]
    [InlineData("CosineAnnealingLR(optimizer, epochs")]
    [InlineData("CosineAnnealingLR(optimiser, epochs)")]
    public Task Half_typed_code_is_silent(string scheduler) => Stepping<BatchesAndEpochsReviewFix>.Unfinished(Script(scheduler, PerBatch("scheduler.step();")));

    [Fact]
    public Task A_doppelganger_is_silent() => Silent(Script("Mine.CosineAnnealingLR(optimizer, epochs)", PerBatch("scheduler.step();")) + """

        class Mine
        {
            public static Mine CosineAnnealingLR(object optimizer, double T_max) => new();

            public void step()
            {
            }
        }
        """);

    [Fact]
    public Task Without_TorchSharp_nothing_is_reported() => new WarmupTest<SteppingAnalyzer, BatchesAndEpochsReviewFix>(withTorchSharp: false)
    {
        TestCode = "for (var epoch = 0; epoch < 3; epoch++) { for (var i = 0; i < 2; i++) System.Console.WriteLine(epoch); }",
    }.RunAsync(CancellationToken.None);

    [Fact]
    public async Task The_fix_is_left_out_of_fix_all()
    {
        Assert.Null(new BatchesAndEpochsReviewFix().GetFixAllProvider());
        var found = Assert.Single(await Findings.In(Usings + Script(Cosine, PerBatch("scheduler.step();"))));
        Assert.True(found.Properties.ContainsKey("review"));
    }
}
