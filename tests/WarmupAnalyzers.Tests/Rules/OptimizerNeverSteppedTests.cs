using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

public class OptimizerNeverSteppedTests
{
    private const string Id = "WARM3011";

    private const string Setup = TrainingLoopProgram.Setup + "var scheduler = StepLR(optimizer, 3);\n";

    private static Task Fixed(string source, string fixedSource) => TrainingLoop<MissingCallFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => TrainingLoop<MissingCallFix>.Fixed(Id, source, source);

    private static Task Silent(string source) => TrainingLoop<MissingCallFix>.Silent(source);

    private static string Batches(string body, string end = "") => Setup + "foreach (var (x, y) in data)\n{\n" + body + "}\n" + end;

    private static string Epochs(string body) =>
        Setup + "for (var epoch = 0; epoch < 10; epoch++)\n{\n    foreach (var (x, y) in data)\n    {\n" + body + "    }\n    scheduler.step();\n}\n";

    [Fact]
    public Task Step_goes_before_the_schedulers() => Fixed(
        Batches("    optimizer.zero_grad();\n    [|Loss(x, y).backward()|]; // gradients\n    Console.WriteLine();\n    // the rate\n    scheduler.step();\n"),
        Batches("    optimizer.zero_grad();\n    Loss(x, y).backward(); // gradients\n    Console.WriteLine();\n    // the rate\n    optimizer.step();\n    scheduler.step();\n"));

    [Fact]
    public Task In_the_batch_loop_it_goes_behind_backward() => Fixed(
        Epochs("        optimizer.zero_grad();\n        [|Loss(x, y).backward()|]; // gradients\n        Console.WriteLine();\n"),
        Epochs("        optimizer.zero_grad();\n        Loss(x, y).backward(); // gradients\n        optimizer.step();\n        Console.WriteLine();\n"));

    [Fact]
    public Task Behind_the_clipping() => Fixed(
        Epochs("        optimizer.zero_grad();\n        [|Loss(x, y).backward()|];\n        nn.utils.clip_grad_norm_(model.parameters(), 1);\n"),
        Epochs("        optimizer.zero_grad();\n        Loss(x, y).backward();\n        nn.utils.clip_grad_norm_(model.parameters(), 1);\n        optimizer.step();\n"));

    [Theory]
    [InlineData("", "abstract", false)]
    [InlineData("new Other().Fit(data);\n", "abstract", false)]
    [InlineData("", "abstract", true)]
    [InlineData("", "virtual", true)]
    public Task In_an_override_that_the_epoch_loop_calls(string main, string kind, bool isStepped) => Overridden(main, kind, isStepped);

    private static Task Overridden(string main, string kind, bool isStepped)
    {
        var source = main + $$"""
            new Mine().Fit();

            abstract class Trainer
            {
                protected readonly Model _model = Linear(10, 1);
                protected readonly Optimizer _optimizer;
                private readonly LRScheduler _scheduler;

                protected Trainer()
                {
                    _optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                    _scheduler = StepLR(_optimizer, 3);
                }

                public void Fit()
                {
                    for (var epoch = 0; epoch < 10; epoch++)
                    {
                        TrainEpoch();
                        _scheduler.step();
                    }
                }

                protected {{kind}} void TrainEpoch(){{(kind == "abstract" ? ";" : " { }")}}
            }

            class Mine : Trainer
            {
                protected override void TrainEpoch()
                {
                    for (var i = 0; i < 9; i++)
                    {
                        _optimizer.zero_grad();
                        {{(isStepped ? "_model.forward(ones(10)).backward();\n            _optimizer.step();" : "[|_model.forward(ones(10)).backward()|];")}}
                    }
                }
            }

            """;
        if (isStepped)
            return Silent(source);
        const string other = "class Other : Trainer\n{\n    public void Fit(int[] data) => Console.WriteLine(data.Length);\n    protected override void TrainEpoch() { }\n}\n";
        source = source.Replace("Fit(data)", "Fit(new[] { 1 })", System.StringComparison.Ordinal) + (main.Length == 0 ? "" : other);
        return Fixed(source, source.Replace("[|_model.forward(ones(10)).backward()|];", "_model.forward(ones(10)).backward();\n            _optimizer.step();", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Action<Tensor, Tensor> fit = (x, y) =>\n{\n    optimizer.zero_grad();\n    BACKWARD\n};\nforeach (var (x, y) in data)\n{\n    fit(x, y);\n    scheduler.step();\n}\n", "")]
    [InlineData("Runner.Run(data, (x, y) =>\n{\n    optimizer.zero_grad();\n    BACKWARD\n    scheduler.step();\n});\n", "static class Runner\n{\n    public static void Run(List<(Tensor, Tensor)> data, Action<Tensor, Tensor> batch)\n    {\n        foreach (var (x, y) in data)\n            batch(x, y);\n    }\n}\n")]
    public async Task In_a_lambda_that_the_loop_calls(string program, string types)
    {
        var source = Setup + program + types;
        await Fixed(
            source.Replace("BACKWARD", "[|Loss(x, y).backward()|];", System.StringComparison.Ordinal),
            source.Replace("BACKWARD", "Loss(x, y).backward();\n    optimizer.step();", System.StringComparison.Ordinal));
        await Silent(source.Replace("BACKWARD", "Loss(x, y).backward(); optimizer.step();", System.StringComparison.Ordinal));
        await Silent(source.Replace("BACKWARD", "Loss(x, y).backward(); foreach (var p in model.parameters()) p.sub_(p.grad! * 0.1);", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Action<Tensor> back = loss => loss.backward();\nback(zeros(1));\nforeach (var (x, y) in data)\n    scheduler.step();\n")]
    [InlineData("Action<Tensor> back = loss => loss.backward();\nAction<Tensor> other = back;\nforeach (var (x, y) in data)\n{\n    back(x);\n    optimizer.step();\n    scheduler.step();\n}\n")]
    [InlineData("Action<Tensor> back = loss => loss.backward();\nforeach (var (x, y) in data)\n    back(x);\noptimizer.step();\nscheduler.step();\n")]
    public Task A_lambda_that_no_scheduled_loop_calls(string program) => Silent(Setup + program);

    [Fact]
    public Task Several_on_one_line() => Fixed(
        Setup + "while (true) { while (true) { optimizer.zero_grad(); [|Loss(data[0].x, data[0].y).backward()|]; } scheduler.step(); }\n",
        Setup + "while (true) { while (true) { optimizer.zero_grad(); Loss(data[0].x, data[0].y).backward(); optimizer.step(); } scheduler.step(); }\n");

    [Fact]
    public Task Fix_all_on_one_line() => Fixed(
        Batches("    optimizer.zero_grad(); [|Loss(x, y).backward()|]; scheduler.step();\n", "foreach (var (x, y) in data) { optimizer.zero_grad(); [|Loss(x, y).backward()|]; scheduler.step(); }\n"),
        Batches("    optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step(); scheduler.step();\n", "foreach (var (x, y) in data) { optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step(); scheduler.step(); }\n"));

    [Fact]
    public Task A_module_is_zeroed() => Fixed(
        Batches("    model.zero_grad();\n    [|Loss(x, y).backward()|];\n    scheduler.step();\n"),
        Batches("    model.zero_grad();\n    Loss(x, y).backward();\n    optimizer.step();\n    scheduler.step();\n"));

    [Fact]
    public Task Which_of_two_optimizers_is_not_known() => Reported(
        Batches("    model.zero_grad();\n    [|Loss(x, y).backward()|];\n    scheduler.step();\n").Replace("var scheduler", "var second = torch.optim.SGD(model.parameters(), 0.1);\nvar scheduler", System.StringComparison.Ordinal));

    [Fact]
    public Task One_of_two_optimizers_is_zeroed() => Fixed(
        Batches("    second.zero_grad();\n    [|Loss(x, y).backward()|];\n    scheduler.step();\n").Replace("var scheduler", "var second = torch.optim.SGD(model.parameters(), 0.1);\nvar scheduler", System.StringComparison.Ordinal),
        Batches("    second.zero_grad();\n    Loss(x, y).backward();\n    second.step();\n    scheduler.step();\n").Replace("var scheduler", "var second = torch.optim.SGD(model.parameters(), 0.1);\nvar scheduler", System.StringComparison.Ordinal));

    [Fact]
    public Task Without_a_zero_there_is_more_to_mend() => Reported(Batches("    [|Loss(x, y).backward()|];\n    scheduler.step();\n"));

    [Fact]
    public Task A_step_before_the_loop_trains_nothing_in_it() => Fixed(
        Setup + "optimizer.step();\nwhile (true)\n{\n    optimizer.zero_grad();\n    [|Loss(data[0].x, data[0].y).backward()|];\n    scheduler.step();\n}\n",
        Setup + "optimizer.step();\nwhile (true)\n{\n    optimizer.zero_grad();\n    Loss(data[0].x, data[0].y).backward();\n    optimizer.step();\n    scheduler.step();\n}\n");

    [Theory]
    [InlineData("Loss(x, y).backward(); optimizer.step(); scheduler.step();")]
    [InlineData("Loss(x, y).backward(); if (++count % 4 == 0) { optimizer.step(); scheduler.step(); }")]
    [InlineData("Loss(x, y).backward(); scheduler.step(); Step();")]
    [InlineData("Loss(x, y).backward(); scheduler.step(); run();")]
    [InlineData("Loss(x, y).backward(); scheduler.step(); foreach (var p in model.parameters()) p.sub_(p.grad! * 0.1);")]
    [InlineData("Loss(x, y).backward(); optimizer.step(() => Loss(x, y)); scheduler.step();")]
    [InlineData("Loss(x, y).backward();")] // nobody's learning rate
    [InlineData("optimizer.zero_grad(); scheduler.step();")]
    [InlineData("new Scaler().step(optimizer); Loss(x, y).backward(); scheduler.step();")]
    [InlineData("Scaler.Update(optimizer); Loss(x, y).backward(); scheduler.step();")]
    public Task What_steps_or_may(string body) => Silent(Setup + $$"""
        var count = 0;
        Action run = () => optimizer.step();
        foreach (var (x, y) in data)
        {
            optimizer.zero_grad();
            {{body}}
        }

        void Step() => optimizer.step();

        class Scaler
        {
            public void step(Optimizer optimizer) => Update(optimizer);
            public static void Update(Optimizer optimizer) => optimizer.step();
        }
        """);

    [Fact]
    public Task The_caller_steps() => Silent(Setup + """
        while (true)
        {
            Epoch();
            optimizer.step();
        }

        void Epoch()
        {
            foreach (var (x, y) in data)
            {
                Loss(x, y).backward();
                scheduler.step();
            }
        }
        """);

    private static string Trainer(string batch, string more = "") => $$"""
        new Trainer().Fit();

        class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            protected readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer()
            {
                _optimizer = torch.optim.Adam(_model.parameters(), 0.1);
                _scheduler = StepLR(_optimizer, 3);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    foreach (var x in new[] { rand(3), rand(3) })
                        TrainBatch(x);
                    EndEpoch();
                }
            }

            private void EndEpoch() => _scheduler.step();

            private void TrainBatch(Tensor x)
            {
                {{batch}}
            }

            {{more}}
        }
        """;

    [Fact]
    public Task Across_methods() => Fixed(
        Trainer("_optimizer.zero_grad();\n        [|_model.forward(x).mean().backward()|];"),
        Trainer("_optimizer.zero_grad();\n        _model.forward(x).mean().backward();\n        _optimizer.step();"));

    [Theory]
    [InlineData("_model.forward(x).mean().backward(); OptimizeStep();", "protected virtual void OptimizeStep() { } } class Mine : Trainer { protected override void OptimizeStep() => _optimizer.step();")]
    [InlineData("_model.forward(x).mean().backward(); Done?.Invoke();", "public event Action? Done; public void Listen() => Done += () => _optimizer.step();")]
    [InlineData("_model.forward(x).mean().backward(); Stepped = true;", "private bool Stepped { set { _optimizer.step(); } }")]
    [InlineData("_model.forward(x).mean().backward(); foreach (var one in _steppers) one.Step();", "private readonly List<IStepper> _steppers = new(); public interface IStepper { void Step(); } public class Stepper(Optimizer optimizer) : IStepper { public void Step() => optimizer.step(); }")]
    public Task What_is_not_seen_may_step(string batch, string more) => Silent(Trainer(batch, more));

    [Fact]
    public Task Types_of_ones_own() => Silent("""
        var (loss, scheduler) = (new Mine(), new Mine());
        while (true)
        {
            loss.backward();
            scheduler.step();
        }

        class Mine
        {
            public void backward() { }
            public void step() { }
        }
        """);

    [Theory]
    [InlineData("Loss(x, y).backward(); scheduler.step(); optimizer.")]
    [InlineData("Loss(x, y).backward(); scheduler.step(; ")]
    [InlineData("Loss(x, y).backward(); scheduler.step(); Missing();")]
    public Task Half_typed_code(string body) =>
        new WarmupTest<TrainingLoopAnalyzer, MissingCallFix> { TestCode = TrainingLoopProgram.Usings + Batches("    " + body + "\n"), CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);

    [Fact]
    public async Task Nothing_else_is_reported_of_the_same_loop() =>
        Assert.Equal(Id, Assert.Single(await Findings.In(TrainingLoopProgram.Usings + Batches("    optimizer.zero_grad();\n    Loss(x, y).backward();\n    scheduler.step();\n"))).Id);
}
