using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

public class NeverZeroedTests
{
    private const string Id = "WARM3012";

    private const string Closure = "void Other(Optimizer lbfgs) => lbfgs.step(() => { lbfgs.zero_grad(); return Loss(data[0].x, data[0].y); });\n";

    private static Task Fixed(string source, string fixedSource) => TrainingLoop<MissingCallFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => TrainingLoop<MissingCallFix>.Fixed(Id, source, source);

    private static Task Silent(string source) => TrainingLoop<MissingCallFix>.Silent(source);

    private static string Script(string body) => TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n{\n" + body + "}\n";

    [Fact]
    public Task Zero_goes_before_backward() => Fixed(
        Script("    var loss = Loss(x, y);\n    // the gradients\n    [|loss.backward()|]; // of this batch\n    optimizer.step();\n"),
        Script("    var loss = Loss(x, y);\n    // the gradients\n    optimizer.zero_grad();\n    loss.backward(); // of this batch\n    optimizer.step();\n"));

    [Fact]
    public Task A_closure_of_another_training_zeroes_nothing_here() => Fixed(
        Script("    [|Loss(x, y).backward()|];\n    optimizer.step();\n") + Closure,
        Script("    optimizer.zero_grad();\n    Loss(x, y).backward();\n    optimizer.step();\n") + Closure);

    // One zero_grad() would only hide that the other optimizer's gradients add up.
    [Theory]
    [InlineData("[|Loss(x, y).backward()|];\n    optimizer.step();\n    other.step();\n")]
    [InlineData("[|Loss(x, y).backward()|];\n    optimizer.step();\n    Loss(x, y).backward();\n    other.step();\n")]
    [InlineData("foreach (var pair in data)\n    {\n        [|Loss(x, y).backward()|];\n        optimizer.step();\n    }\n    [|Loss(x, y).backward()|];\n    other.step();\n")]
    public Task Two_optimizers_are_not_mended_by_halves(string body) => Reported(
        TrainingLoopProgram.Setup + "var other = torch.optim.Adam(model.parameters());\nforeach (var (x, y) in data)\n{\n    " + body + "}\n");

    // Framework classes have virtual methods, and a model's forward is one.
    private static string Virtual(string call, string type) => TrainingLoopProgram.Setup + "optimizer.zero_grad();\nvar random = new Random(1);\nvar dice = new Dice(optimizer);\n"
        + $"foreach (var (x, y) in data)\n{{\n    {call};\n    [|Loss(x, y).backward()|];\n    optimizer.step();\n}}\nclass Dice(Optimizer optimizer) : Random\n{{\n    private readonly Optimizer _optimizer = optimizer;\n{type}}}\n";

    [Theory]
    [InlineData("random.Next(4)", "    public int Zero() => _optimizer.GetHashCode();\n")]
    [InlineData("dice.Next(4)", "    public int Zero() => _optimizer.GetHashCode();\n")]
    [InlineData("dice.Next(4)", "    private int Zero() => _optimizer.GetHashCode();\n    public override int Next(int most) => Zero();\n")]
    public Task A_virtual_method_that_nobody_zeroes_in(string call, string type) => Fixed(
        Virtual(call, type), Virtual(call, type).Replace("    [|Loss(x, y).backward()|];", "    optimizer.zero_grad();\n    Loss(x, y).backward();", System.StringComparison.Ordinal));

    [Theory]
    [InlineData("random.Next(4)")]
    [InlineData("dice.Next(4)")]
    public Task An_override_that_zeroes_through_another_method(string call) => Silent(
        Virtual(call, "    private int Zero()\n    {\n        _optimizer.zero_grad();\n        return 0;\n    }\n    public override int Next(int most) => Zero();\n")
            .Replace("[|", "", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal));

    [Fact]
    public Task On_one_line() => Fixed(
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data) { [|Loss(x, y).backward()|]; optimizer.step(); }\nforeach (var (x, y) in data) { [|Loss(x, y).backward()|]; optimizer.step(); }\n",
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data) { optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step(); }\nforeach (var (x, y) in data) { optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step(); }\n");

    [Fact]
    public Task Two_loops_on_one_line() => Fixed(
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data) { [|Loss(x, y).backward()|]; optimizer.step(); } while (true) { [|Loss(data[0].x, data[0].y).backward()|]; optimizer.step(); }\n",
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data) { optimizer.zero_grad(); Loss(x, y).backward(); optimizer.step(); } while (true) { optimizer.zero_grad(); Loss(data[0].x, data[0].y).backward(); optimizer.step(); }\n");

    [Fact]
    public Task A_loop_within_a_loop() => Fixed(
        TrainingLoopProgram.Setup + "for (var epoch = 0; epoch < 9; epoch++)\n{\n    foreach (var (x, y) in data)\n    {\n        [|Loss(x, y).backward()|];\n        optimizer.step();\n    }\n    optimizer.step();\n}\n",
        TrainingLoopProgram.Setup + "for (var epoch = 0; epoch < 9; epoch++)\n{\n    foreach (var (x, y) in data)\n    {\n        optimizer.zero_grad();\n        Loss(x, y).backward();\n        optimizer.step();\n    }\n    optimizer.step();\n}\n");

    [Theory]
    [InlineData("using (var scope = NewDisposeScope())\n    {\n        [|Loss(x, y).backward()|];\n    }\n    optimizer.step();\n")]
    [InlineData("try\n    {\n        [|Loss(x, y).backward()|];\n    }\n    finally\n    {\n        optimizer.step();\n    }\n")]
    [InlineData("if (data.Count == 0)\n        continue;\n    [|Loss(x, y).backward()|];\n    optimizer.step();\n")]
    [InlineData("[|Loss(x, y).backward()|];\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("[|Loss(x, y).backward(retain_graph: true)|];\n    _ = optimizer.step();\n")]
    [InlineData("[|Loss(x, y).backward()|];\n    nn.utils.clip_grad_norm_(model.parameters(), 1);\n    optimizer.step();\n    if (data.Count > 3)\n        break;\n")]
    public Task Wherever_it_always_happens(string body) => Fixed(
        Script("    " + body),
        Script("    " + body.Replace("[|", "optimizer.zero_grad();\n    ", System.StringComparison.Ordinal).Replace("|]", "", System.StringComparison.Ordinal)
            .Replace("{\n        optimizer.zero_grad();\n    ", "{\n        optimizer.zero_grad();\n        ", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("    optimizer.zero_grad();\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("    Loss(x, y).backward();\n    optimizer.step();\n    optimizer.zero_grad();\n")]
    [InlineData("    model.zero_grad();\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("    foreach (var p in model.parameters()) p.grad?.zero_();\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("    foreach (var p in model.parameters()) p.grad = null;\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("    Loss(x, y).backward();\n    if (++count % 4 == 0)\n        optimizer.step();\n")] // gathered
    [InlineData("    Loss(x, y).backward();\n    if (++count % 4 != 0)\n        continue;\n    optimizer.step();\n")]
    [InlineData("    for (var i = 0; i < 4; i++)\n        Loss(x, y).backward();\n    optimizer.step();\n")]
    [InlineData("    Loss(x, y).backward();\n    optimizer.step();\n    break;\n")] // no second iteration
    [InlineData("    Loss(x, y).backward();\n    optimizer.step();\n    if (++count % 4 == 0)\n        optimizer.zero_grad();\n")]
    [InlineData("    Loss(x, y).backward();\n    optimizer.step(() => Loss(x, y));\n")] // a closure
    [InlineData("    optimizer.step(() =>\n    {\n        var loss = Loss(x, y);\n        loss.backward();\n        return loss;\n    });\n")]
    [InlineData("    using var fresh = torch.optim.SGD(model.parameters(), 0.1);\n    Loss(x, y).backward();\n    fresh.step();\n")]
    [InlineData("    Loss(x, y).backward();\n    optimizer.step();\n    Reset();\n    void Reset() => optimizer.zero_grad();\n")]
    [InlineData("    callback();\n    Loss(x, y).backward();\n    optimizer.step();\n")]
    public Task Loops_that_are_right_or_may_be(string body) => Silent(
        TrainingLoopProgram.Setup + "var count = 0;\nAction callback = () => optimizer.zero_grad();\nforeach (var (x, y) in data)\n{\n" + body + "}\n");

    [Theory]
    [InlineData("const int Once = 1;\nfor (var i = 0; i < Once; i++)")]
    [InlineData("for (var i = 2; i <= 2; i++)")]
    [InlineData("foreach (var i in Enumerable.Range(0, 1))")]
    [InlineData("foreach (var i in new[] { 3 })")]
    public Task A_loop_that_runs_once_at_most_is_silent(string head) => Silent(
        TrainingLoopProgram.Setup + head + "\n{\n    Loss(data[0].x, data[0].y).backward();\n    optimizer.step();\n}\n");

    [Fact]
    public Task A_batch_loop_that_runs_once_comes_round_with_its_epochs() => Fixed(
        TrainingLoopProgram.Setup + "for (var epoch = 0; epoch < 9; epoch++)\n{\n    for (var i = 0; i < 1; i++)\n    {\n        [|Loss(data[0].x, data[0].y).backward()|];\n        optimizer.step();\n    }\n}\n",
        TrainingLoopProgram.Setup + "for (var epoch = 0; epoch < 9; epoch++)\n{\n    for (var i = 0; i < 1; i++)\n    {\n        optimizer.zero_grad();\n        Loss(data[0].x, data[0].y).backward();\n        optimizer.step();\n    }\n}\n");

    [Fact]
    public Task Zeroed_once_an_epoch_is_silent() => Silent(TrainingLoopProgram.Setup + """
        for (var epoch = 0; epoch < 9; epoch++)
        {
            optimizer.zero_grad();
            foreach (var (x, y) in data)
            {
                Loss(x, y).backward();
                optimizer.step();
            }
        }
        """);

    [Fact]
    public Task Zeroed_once_before_the_loop_is_not_enough() => Fixed(
        TrainingLoopProgram.Setup + "optimizer.zero_grad();\n" + "while (true)\n{\n    [|Loss(data[0].x, data[0].y).backward()|];\n    optimizer.step();\n}\n",
        TrainingLoopProgram.Setup + "optimizer.zero_grad();\n" + "while (true)\n{\n    optimizer.zero_grad();\n    Loss(data[0].x, data[0].y).backward();\n    optimizer.step();\n}\n");

    private static string Trainer(string batch, string more = "", string modifiers = "sealed") => $$"""
        new Trainer().Fit();

        {{modifiers}} class Trainer
        {
            private readonly Model _model = Linear(10, 1);
            private readonly Optimizer _optimizer;
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
                        TrainBatch(x, true);
                    _scheduler.step();
                }
            }

            {{batch}}
            {{more}}
        }
        """;

    [Fact]
    public Task The_loop_calls_the_method_that_trains() => Fixed(
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                var loss = _model.forward(x).mean();
                [|loss.backward()|];
                _optimizer.step();
            }
            """),
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                var loss = _model.forward(x).mean();
                _optimizer.zero_grad();
                loss.backward();
                _optimizer.step();
            }
            """));

    [Fact]
    public Task Under_a_condition_that_does_not_change() => Fixed(
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                var loss = _model.forward(x).mean();
                if (train)
                {
                    [|loss.backward()|];
                    _optimizer.step();
                }
            }
            """),
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                var loss = _model.forward(x).mean();
                if (train)
                {
                    _optimizer.zero_grad();
                    loss.backward();
                    _optimizer.step();
                }
            }
            """));

    [Fact]
    public Task Backward_and_step_in_methods_of_their_own() => Fixed(
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                Back(_model.forward(x).mean());
                OptimizeStep();
            }
            """, """
            private void Back(Tensor loss)
            {
                [|loss.backward()|];
            }

            private void OptimizeStep() => _optimizer.step();
            """),
        Trainer("""
            private void TrainBatch(Tensor x, bool train)
            {
                Back(_model.forward(x).mean());
                OptimizeStep();
            }
            """, """
            private void Back(Tensor loss)
            {
                _optimizer.zero_grad();
                loss.backward();
            }

            private void OptimizeStep() => _optimizer.step();
            """));

    [Fact]
    public Task An_arrow_has_no_place_for_it() => Reported(Trainer("""
        private void TrainBatch(Tensor x, bool train)
        {
            Back(_model.forward(x).mean());
            _optimizer.step();
        }
        """, "private static void Back(Tensor loss) => [|loss.backward()|];"));

    [Theory]
    [InlineData("_optimizer.zero_grad(); Back(x);", "")]
    [InlineData("Back(x); Zero();", "private void Zero() => _model.zero_grad();")]
    [InlineData("Back(x); Changed?.Invoke();", "public Action? Changed; public void Listen() => Changed += () => _optimizer.zero_grad();")]
    [InlineData("Back(x); OnBatch();", "protected virtual void OnBatch() { } public void Zero() => _optimizer.zero_grad();")]
    [InlineData("Back(x); _listener?.OnBatch(this);", "private readonly IListener? _listener = null; public void Zero() => _optimizer.zero_grad(); private interface IListener { void OnBatch(Trainer trainer); }")]
    [InlineData("Back(x); Zeroed = true;", "private bool Zeroed { set { if (value) _optimizer.zero_grad(); } }")]
    [InlineData("Back(x); dynamic self = this; self.Anything();", "")]
    public Task Whatever_may_zero_them_is_silent(string batch, string more) => Silent(Trainer(
        "public void TrainBatch(Tensor x, bool train)\n{\n" + batch + "\n}\nprivate void Back(Tensor x) { _model.forward(x).mean().backward(); _optimizer.step(); }", more, ""));

    [Fact]
    public Task A_base_class_trains_and_an_override_zeroes() => Silent("""
        new Mine().Fit();

        abstract class Trainer
        {
            protected readonly Model _model = Linear(10, 1);
            protected abstract Optimizer Optimizer { get; }
            protected abstract void Step(Tensor loss);
            public void Fit()
            {
                while (true)
                    Step(_model.forward(rand(3)).mean());
            }
        }

        class Mine : Trainer
        {
            private readonly Optimizer _optimizer;
            public Mine() => _optimizer = torch.optim.Adam(_model.parameters(), 0.1);
            protected override Optimizer Optimizer => _optimizer;
            protected override void Step(Tensor loss)
            {
                _optimizer.zero_grad();
                loss.backward();
                _optimizer.step();
            }
        }
        """);

    [Theory]
    [InlineData("foreach (var one in new[] { optimizer }) { Loss(data[0].x, data[0].y).backward(); one.step(); }")]
    [InlineData("var all = new[] { optimizer };\nfor (var i = 0; i < 1; i++) { Loss(data[0].x, data[0].y).backward(); all[i].step(); }")]
    [InlineData("foreach (var one in new[] { optimizer }) Train(one);\nvoid Train(Optimizer one) { Loss(data[0].x, data[0].y).backward(); one.step(); }")]
    [InlineData("foreach (var one in new[] { new Member(model, optimizer) }) one.Train();\nsealed class Member(Model model, Optimizer optimizer) { public void Train() { model.forward(rand(3)).mean().backward(); optimizer.step(); } }")]
    public Task Another_optimizer_in_each_iteration_is_silent(string loop) => Silent(TrainingLoopProgram.Setup + loop);

    [Fact]
    public Task The_optimizer_is_passed_on() => Fixed(
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n    Train(x, y, optimizer);\nvoid Train(Tensor x, Tensor y, Optimizer adam)\n{\n    [|Loss(x, y).backward()|];\n    adam.step();\n}\n",
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n    Train(x, y, optimizer);\nvoid Train(Tensor x, Tensor y, Optimizer adam)\n{\n    adam.zero_grad();\n    Loss(x, y).backward();\n    adam.step();\n}\n");

    [Fact]
    public Task A_gan_with_two_optimizers_is_silent() => Silent("""
        var (g, d) = (Linear(3, 3), Linear(3, 1));
        var (optimizerG, optimizerD) = (torch.optim.Adam(g.parameters(), 0.1), torch.optim.Adam(d.parameters(), 0.1));
        for (var i = 0; i < 100; i++)
        {
            d.zero_grad();
            d.forward(rand(3)).mean().backward();
            d.forward(g.forward(rand(3)).detach()).mean().backward();
            optimizerD.step();
            g.zero_grad();
            d.forward(g.forward(rand(3))).mean().backward();
            optimizerG.step();
        }
        """);

    [Fact]
    public Task Asynchronous_training() => Fixed(
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n    await Batch(x, y);\nasync Task Batch(Tensor x, Tensor y)\n{\n    await Task.Yield();\n    [|Loss(x, y).backward()|];\n    optimizer.step();\n}\n",
        TrainingLoopProgram.Setup + "foreach (var (x, y) in data)\n    await Batch(x, y);\nasync Task Batch(Tensor x, Tensor y)\n{\n    await Task.Yield();\n    optimizer.zero_grad();\n    Loss(x, y).backward();\n    optimizer.step();\n}\n");

    [Fact]
    public Task Inside_a_lambda() => Fixed(
        TrainingLoopProgram.Setup + "await Task.Run(() =>\n{\n    while (true)\n    {\n        [|Loss(data[0].x, data[0].y).backward()|];\n        optimizer.step();\n    }\n});\n",
        TrainingLoopProgram.Setup + "await Task.Run(() =>\n{\n    while (true)\n    {\n        optimizer.zero_grad();\n        Loss(data[0].x, data[0].y).backward();\n        optimizer.step();\n    }\n});\n");

    [Fact]
    public Task A_sequence_that_is_gone_through_elsewhere_is_silent() => Silent(TrainingLoopProgram.Setup + """
        foreach (var loss in Losses())
            Console.WriteLine(loss);

        IEnumerable<float> Losses()
        {
            foreach (var (x, y) in data)
            {
                var loss = Loss(x, y);
                loss.backward();
                optimizer.step();
                yield return loss.item<float>();
            }
        }
        """);

    [Fact]
    public Task Data_that_comes_from_a_sequence() => Fixed(
        TrainingLoopProgram.Setup + "foreach (var x in Batches())\n{\n    [|Loss(x, x).backward()|];\n    optimizer.step();\n}\n\nIEnumerable<Tensor> Batches()\n{\n    while (true)\n        yield return rand(3);\n}\n",
        TrainingLoopProgram.Setup + "foreach (var x in Batches())\n{\n    optimizer.zero_grad();\n    Loss(x, x).backward();\n    optimizer.step();\n}\n\nIEnumerable<Tensor> Batches()\n{\n    while (true)\n        yield return rand(3);\n}\n");

    [Fact]
    public Task A_method_that_calls_itself() => Silent(TrainingLoopProgram.Setup + """
        Down(3);

        void Down(int depth)
        {
            while (depth > 0)
            {
                Down(depth - 1);
                Loss(data[0].x, data[0].y).backward();
                optimizer.step();
                optimizer.zero_grad();
            }
        }
        """);

    [Fact]
    public Task Types_of_ones_own() => Silent("""
        var (loss, optimizer) = (new MyLoss(), new MyOptimizer());
        while (true)
        {
            loss.backward();
            optimizer.step();
        }

        class MyLoss { public void backward() { } }
        class MyOptimizer { public void step() { } }
        """);

    [Theory]
    [InlineData("Loss(x, y).backward(); optimizer.step(; ")]
    [InlineData("Loss(x, y).backward(); optimizer.step(); optimizer.zero_")]
    [InlineData("Loss(x, y).backward(; optimizer.step();")]
    [InlineData("Loss(x, y).backward(); optimizer.step(); if (")]
    [InlineData("Loss(x, y).backward(); optimizer.step(); Missing();")]
    public Task Half_typed_code(string body) =>
        new WarmupTest<TrainingLoopAnalyzer, MissingCallFix> { TestCode = TrainingLoopProgram.Usings + Script("    " + body + "\n"), CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);

    [Fact]
    public Task Without_the_library() => Verify<TrainingLoopAnalyzer, MissingCallFix>.Silent(
        "class Loss { public void backward() { } public void step() { } }\nstatic class Program { static void Main() { var loss = new Loss(); while (true) { loss.backward(); loss.step(); } } }", withTorchSharp: false);
}
