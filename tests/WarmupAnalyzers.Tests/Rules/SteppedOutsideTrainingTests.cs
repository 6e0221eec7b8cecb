using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedOutsideTrainingTests
{
    private const string Id = "WARM3010";

    private const string Scheduler = "var scheduler = StepLR(optimizer, 3);\n";

    private const string Batches = """
            model.train();
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

        """;

    private static Task Fixed(string source, string fixedSource) => Stepping<SteppedOutsideTrainingFix>.Fixed(Id, source, fixedSource);

    private static Task NotMended(string source) => Stepping<SteppedOutsideTrainingFix>.Reported(Id, source);

    private static Task Reported(string source) => Stepping<NeverSteppedFix>.Reported(Id, source);

    private static Task Silent(string source) => Stepping<SteppedOutsideTrainingFix>.Silent(source);

    private static string Epochs(string body, string scheduler = Scheduler, string behind = "") =>
        Setup + scheduler + "for (var epoch = 0; epoch < 10; epoch++)\n{\n" + body + "}\n" + behind;

    private static string Trainer(string members) => $$"""
        new Trainer().Fit(10);

        class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            private readonly List<(Tensor X, Tensor Y)> _data = new();
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

    [Theory]
    [InlineData("if (data.Count > 3)\n    {\n        optimizer.step();\n        scheduler.step();\n    }\n")]
    [InlineData("Backward(data[0].x, data[0].y);\n    if (epoch % 4 == 3)\n    {\n        if (data.Count > 4)\n            optimizer.step();\n        scheduler.step();\n    }\n")]
    public Task Where_training_and_step_are_under_one_condition(string body) => Reported(Epochs("    " + body, behind: "[|scheduler.step()|];\n"));

    [Theory]
    [InlineData("optimizer.step();\n    if (epoch % 4 == 3)\n        scheduler.step();\n")]
    [InlineData("if (data.Count > 3)\n    {\n        optimizer.step();\n        scheduler.step();\n    }\n    else\n        optimizer.step();\n")]
    public Task Where_some_training_has_no_step(string body) => Silent(Epochs("    " + body, behind: "scheduler.step();\n"));

    [Fact]
    public Task A_second_step_behind_the_training_loop() => Fixed(
        Epochs(Batches + "    scheduler.step();\n", behind: "\n// done\n[|scheduler.step()|];\nConsole.WriteLine();\n"),
        Epochs(Batches + "    scheduler.step();\n", behind: "\n// done\nConsole.WriteLine();\n"));

    [Theory]
    [InlineData("epoch++;", "epoch < 10")]
    [InlineData("", "++epoch < 10")]
    [InlineData("", "epoch++ < 9 && data.Count > 0")]
    public Task Behind_a_loop_that_asks_at_its_end(string count, string condition)
    {
        return Fixed(Source("[|scheduler.step()|];\n"), Source(string.Empty));

        string Source(string behind) =>
            Setup + Scheduler + "var epoch = 0;\ndo\n{\n" + Batches + "    scheduler.step();\n    " + count + "\n}\nwhile (" + condition + ");\n\n" + behind + "Console.WriteLine();\n";
    }

    [Fact]
    public Task In_a_validation_that_asks_at_its_end() => Reported(Epochs(
        Batches + "    scheduler.step();\n    model.eval();\n    var i = 0;\n    do\n    {\n        Console.WriteLine(model.forward(data[i].x));\n        [|scheduler.step()|];\n    }\n    while (++i < data.Count);\n"));

    [Fact]
    public Task In_the_validation_loop_after_eval() => Fixed(
        Epochs(Batches + "    scheduler.step();\n    model.eval();\n    foreach (var (x, y) in data)\n    {\n        Console.WriteLine(model.forward(x));\n        [|scheduler.step()|];\n    }\n"),
        Epochs(Batches + "    scheduler.step();\n    model.eval();\n    foreach (var (x, y) in data)\n    {\n        Console.WriteLine(model.forward(x));\n    }\n"));

    [Theory]
    [InlineData("using (torch.no_grad())")]
    [InlineData("using (no_grad())")]
    [InlineData("using (var scope = torch.inference_mode())")]
    public Task In_the_validation_loop_without_gradients(string scope) => Reported(
        Epochs(Batches + "    scheduler.step();\n    " + scope + "\n    {\n        foreach (var (x, y) in data)\n        {\n            Console.WriteLine(model.forward(x));\n            [|scheduler.step()|];\n        }\n    }\n"));

    [Fact]
    public Task With_a_using_declaration() => Reported(Trainer("""
            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    Train();
                    Validate();
                }
            }

            private void Train()
            {
                foreach (var (x, y) in _data)
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }

            private void Validate()
            {
                using var scope = torch.no_grad();
                foreach (var (x, y) in _data)
                {
                    Console.WriteLine(_model.forward(x));
                    [|_scheduler.step()|];
                }
            }
        """));

    [Fact]
    public Task Several_in_one_document() => Fixed(
        Epochs(Batches + "    scheduler.step();\n    model.eval();\n    foreach (var (x, y) in data) { Console.WriteLine(model.forward(x)); [|scheduler.step()|]; }\n", behind: "[|scheduler.step()|]; Console.WriteLine(); [|scheduler.step()|];\n"),
        Epochs(Batches + "    scheduler.step();\n    model.eval();\n    foreach (var (x, y) in data) { Console.WriteLine(model.forward(x)); }\n", behind: "Console.WriteLine();\n"));

    [Fact]
    public Task Behind_the_loop_of_a_trainer() => Reported(Trainer("""
            public async Task Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    await Task.Yield();
                    foreach (var (x, y) in _data)
                        _optimizer.step();
                    _scheduler.step();
                }

                [|_scheduler.step()|];
            }
        """));

    [Fact]
    public Task Per_batch_and_behind_all_epochs() => Reported(
        Epochs("    foreach (var (x, y) in data)\n    {\n        Backward(x, y);\n        optimizer.step();\n        scheduler.step();\n    }\n", behind: "if (data.Count > 3)\n    [|scheduler.step()|];\n"));

    [Fact]
    public Task One_per_fold_and_behind_its_training() => Reported("""
        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = optim.Adam(Linear(1, 1).parameters());
            var scheduler = StepLR(optimizer, 3);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }

            [|scheduler.step()|];
        }
        """);

    [Fact]
    public Task What_the_argument_does_is_not_removed() => NotMended(
        Epochs(Batches + "    scheduler.step(Loss());\n", "var scheduler = ReduceLROnPlateau(optimizer);\nvar calls = 0;\ndouble Loss() => ++calls;\n", "[|scheduler.step(Loss())|];\nConsole.WriteLine();\n"));

    [Theory]
    [InlineData("    model.eval();\n    scheduler.step();\n")] // once per epoch, wherever in it
    [InlineData("    using (torch.no_grad())\n    {\n        scheduler.step();\n    }\n")]
    [InlineData("    model.eval();\n    foreach (var (x, y) in data)\n        Console.WriteLine(model.forward(x));\n    scheduler.step();\n")]
    public Task Silent_once_for_each_iteration_that_trains(string body) => Silent(Epochs(Batches + body));

    [Fact]
    public Task Silent_on_a_plateau_inside_no_grad() => Silent(
        Epochs(Batches + "    using (torch.no_grad())\n    {\n        var loss = 0.0;\n        foreach (var (x, y) in data)\n            loss += model.forward(x).item<float>();\n        scheduler.step(loss);\n    }\n", "var scheduler = ReduceLROnPlateau(optimizer);\n"));

    [Fact]
    public Task Silent_where_no_training_steps_it() => Silent(
        Epochs(Batches + "    model.eval();\n    foreach (var (x, y) in data)\n    {\n        Console.WriteLine(model.forward(x));\n        scheduler.step();\n    }\n"));

    [Fact]
    public Task Silent_on_a_replay_behind_a_teachers_eval() => Silent(
        Setup + Scheduler + "model.eval();\nfor (var i = 0; i < 4; i++)\n    scheduler.step();\nfor (var epoch = 4; epoch < 10; epoch++)\n{\n" + Batches + "    scheduler.step();\n}\n");

    [Fact]
    public Task Silent_without_eval() => Silent(
        Epochs(Batches + "    scheduler.step();\n    for (var i = 0; i < 3; i++)\n        scheduler.step();\n"));

    [Fact]
    public Task Silent_after_train_again() => Silent(
        Epochs(Batches + "    scheduler.step();\n    model.eval();\n    model.train();\n    foreach (var (x, y) in data)\n        scheduler.step();\n"));

    [Fact]
    public Task Silent_where_the_scope_has_ended() => Silent(
        Epochs(Batches + "    scheduler.step();\n    using (torch.no_grad())\n    {\n    }\n\n    foreach (var (x, y) in data)\n        scheduler.step();\n"));

    [Fact]
    public Task Silent_where_gradients_are_on() => Silent(
        Epochs(Batches + "    scheduler.step();\n    using (torch.inference_mode(false))\n    {\n        foreach (var (x, y) in data)\n            scheduler.step();\n    }\n"));

    [Fact]
    public Task Silent_between_two_trainings() => Silent(
        Epochs(Batches + "    scheduler.step();\n", behind: "scheduler.step();\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    optimizer.step();\n    scheduler.step();\n}\n"));

    [Fact]
    public Task Silent_with_an_index() => Silent(Epochs(Batches + "    scheduler.step();\n", behind: "scheduler.step(0);\n"));

    [Theory]
    [InlineData("for (var epoch = 0; epoch < 10; epoch++)\n    foreach (var (x, y) in data)\n    {\n        Backward(x, y);\n        fresh.step();\n    }\n[|scheduler.step()|];\n")] // braces forgotten
    [InlineData("while (true)\n{\n    if (data.Count == 0)\n        break;\n    Backward(data[0].x, data[0].y);\n    fresh.step();\n}\nif (data.Count > 3)\n    [|scheduler.step()|];\n")]
    [InlineData("Train();\n[|scheduler.step()|];\nvoid Train() { foreach (var (x, y) in data) { Backward(x, y); fresh.step(); } }\n")]
    public Task The_only_step_is_behind_all_training(string body) => NotMended(
        Setup + "var fresh = optim.Adam(model.parameters(), 0.1);\nvar scheduler = StepLR(fresh, 3);\n" + body);

    [Theory]
    [InlineData("optim.Adam(model.parameters(), 0.1)", "scheduler.step();\nforeach (var (x, y) in data)\n    fresh.step();\n")] // between two trainings
    [InlineData("optim.Adam(model.parameters(), 0.1)", "scheduler.step();\nRunner.Run(fresh);\n")]
    [InlineData("optim.Adam(model.parameters(), 0.1)", "scheduler.step();\nfresh.step();\n")]
    [InlineData("Runner.Current", "scheduler.step();\n")] // somebody else has it
    public Task Silent_where_training_may_follow_the_only_step(string made, string behind) => Silent(
        Setup + "Optimizer fresh = " + made + ";\nvar scheduler = StepLR(fresh, 3);\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    foreach (var (x, y) in data)\n        fresh.step();\n}\n"
        + behind + "interface IRunner { void Run(Optimizer optimizer); }\nstatic class Runner\n{\n    public static IRunner? Other;\n    public static Optimizer Current = null!;\n    public static void Run(Optimizer optimizer) => Other!.Run(optimizer);\n}\n");

    [Fact]
    public Task Silent_on_the_only_step_of_each_round() => Silent(
        Setup + "var fresh = optim.Adam(model.parameters(), 0.1);\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    var decay = ExponentialLR(fresh, 0.9);\n    foreach (var (x, y) in data)\n        fresh.step();\n    decay.step();\n}\n");

    [Fact]
    public Task Silent_on_the_only_step_of_one_epoch_of_a_caller() => Silent(Setup + """
        for (var epoch = 0; epoch < 10; epoch++)
            Epoch(optimizer);

        void Epoch(Optimizer optimizer)
        {
            var decay = ExponentialLR(optimizer, 0.9);
            foreach (var (x, y) in data)
                optimizer.step();
            decay.step();
        }
        """);

    [Fact]
    public Task Silent_on_the_only_step_where_the_optimizer_is_returned() => Silent(Setup + """
        for (var round = 0; round < 10; round++)
            Train(First().step);

        void Train(Func<Func<Tensor>?, Tensor> step) => step(null);

        Optimizer First()
        {
            var fresh = optim.Adam(model.parameters(), 0.1);
            var scheduler = StepLR(fresh, 3);
            foreach (var (x, y) in data)
                fresh.step();
            scheduler.step();
            return fresh;
        }
        """);

    [Fact]
    public Task Silent_in_a_method_that_trains_for_an_epoch() => Silent(Trainer("""
            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                    TrainEpoch();
            }

            public void TrainEpoch()
            {
                foreach (var (x, y) in _data)
                    _optimizer.step();
                _scheduler.step();
            }
        """));

    [Fact]
    public Task Silent_where_a_wrapper_may_train() => Silent(Trainer("""
            public interface IAmp { void Step(Optimizer optimizer); }

            public void Fit(int epochs) => Fit(epochs, null!);

            public void Fit(int epochs, IAmp amp)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.step();
                    _scheduler.step();
                    _model.eval();
                    foreach (var (x, y) in _data)
                    {
                        amp.Step(_optimizer);
                        _scheduler.step();
                    }
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
        }

        scheduler.step();

        class StepLR(Optimizer optimizer, int size)
        {
            public void step() => Console.WriteLine(optimizer + " " + size);
        }
        """);

    [Theory]
    [InlineData("scheduler.step()\n")]
    [InlineData("scheduler.step(;\n")]
    [InlineData("scheduler.\n")]
    public Task Silent_on_half_typed_code(string behind) => Stepping<SteppedOutsideTrainingFix>.Unfinished(Epochs(Batches + "    scheduler.step();\n", behind: behind));

    [Fact]
    public Task Nothing_without_TorchSharp() => Verify<SteppingAnalyzer, SteppedOutsideTrainingFix>.Silent(
        "class Program { static void Main() { } void step() { for (;;) { step(); } } void eval() { step(); } }", withTorchSharp: false);
}
