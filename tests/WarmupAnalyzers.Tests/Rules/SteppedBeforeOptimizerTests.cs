using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedBeforeOptimizerTests
{
    private const string Id = "WARM3002";

    private const string Scheduler = "var scheduler = LinearLR(optimizer, start_factor: 0.1, total_iters: 5);\n";

    private const string Batches = """
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

        """;

    private static Task Fixed(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => Stepping<SteppedBeforeOptimizerFix>.Reported(Id, source);

    private static Task Reviewed(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Silent(string source) => Stepping<SteppedBeforeOptimizerFix>.Silent(source);

    /// <summary>A whole program with a scheduler of its own, the epoch loop's body given.</summary>
    private static string Epochs(string body, string scheduler = Scheduler) => Setup + scheduler + "for (var epoch = 0; epoch < 10; epoch++)\n{\n" + body + "}\n";

    [Fact]
    public Task At_the_top_of_the_epoch_loop() => Fixed(
        Epochs("    [|scheduler.step()|];\n" + Batches),
        Epochs(Batches + "    scheduler.step();\n"));

    [Fact]
    public Task At_the_end_it_is_right() => Silent(Epochs(Batches + "    scheduler.step();\n"));

    /// <summary>Its first value is the rate of the round before, which has been trained with.</summary>
    [Theory]
    [InlineData("decay ??= CosineAnnealingLR(optimizer, 5);")]
    [InlineData("if (epoch == 5) decay = StepLR(optimizer, 5);")]
    [InlineData("if (epoch == 5) decay = ExponentialLR(optimizer, data.Count / 9.0);")]
    public Task One_that_goes_on_from_the_rate_of_a_warmup_is_silent(string creation) => Silent(Epochs(
        Batches + "    if (epoch < 5) { scheduler.step(); continue; }\n    " + creation + "\n    decay!.step();\n", Scheduler + "LRScheduler? decay = null;\n"));

    [Fact]
    public Task One_that_takes_the_place_of_a_warmup_behind_the_training_is_silent() => Silent(Epochs(
        Batches + "    if (epoch == 5) scheduler = CosineAnnealingLR(optimizer, 5);\n    scheduler.step();\n"));

    [Fact]
    public Task One_that_begins_anew_in_the_middle_loses_its_first_value() => Reported(Epochs(
        Batches + "    if (epoch < 5) continue;\n    decay ??= LinearLR(optimizer, 0.5, total_iters: 3);\n    [|decay.step()|];\n", "LRScheduler? decay = null;\n"));

    [Fact]
    public Task Comments_move_along() => Fixed(
        Epochs("    // first the rate\n    [|scheduler.step()|]; // and only then\n\n    // train\n" + Batches + "    Console.WriteLine(epoch);\n"),
        Epochs("    // train\n" + Batches + "    Console.WriteLine(epoch);\n    // first the rate\n    scheduler.step(); // and only then\n"));

    [Theory]
    [InlineData("LinearLR(optimizer, 0.1, 1.0, 5)")]
    [InlineData("LinearLR(total_iters: 5, optimizer: optimizer, start_factor: 0.1)")]
    [InlineData("StepLR(optimizer, 30)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: 10)")]
    [InlineData("ExponentialLR(optimizer, 0.9)")]
    [InlineData("MultiStepLR(optimizer, new[] { 3, 6 })")]
    [InlineData("ConstantLR(optimizer)")]
    [InlineData("PolynomialLR(optimizer, 5, 1.0)")]
    [InlineData("MultiplicativeLR(optimizer, k => 0.95)")]
    [InlineData("torch.optim.lr_scheduler.StepLR(optimizer, 30)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.StepLR(optimizer, 30)")]
    [InlineData("new impl.StepLR(optimizer, 30)")]
    [InlineData("new torch.optim.lr_scheduler.impl.CosineAnnealingLR(optimizer, 10)")]
    [InlineData("SequentialLR(optimizer, new[] { LinearLR(optimizer, 0.1), CosineAnnealingLR(optimizer, 10) }, new[] { 5 })")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1), CosineAnnealingLR(optimizer, 10)], [5])")]
    [InlineData("SequentialLR(optimizer, new List<LRScheduler> { LinearLR(optimizer, 0.1), CosineAnnealingLR(optimizer, 10) }, [5])")]
    [InlineData("ChainedLR([LinearLR(optimizer, 0.1), CosineAnnealingLR(optimizer, 10)])")]
    public Task Whatever_makes_it(string creation) => Fixed(
        Epochs("    [|scheduler.step()|];\n" + Batches, "var scheduler = " + creation + ";\n"),
        Epochs(Batches + "    scheduler.step();\n", "var scheduler = " + creation + ";\n"));

    [Theory]
    [InlineData("LambdaLR(optimizer, e => Math.Min(e / 5.0, 1))")] // f(0) = 0: the step at the top makes the ramp right
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => Math.Min(e / 5.0, 1)), StepLR(optimizer, 3)], [5])")]
    [InlineData("ReduceLROnPlateau(optimizer)")]
    public Task Silent_where_the_first_factor_may_be_zero(string creation) => Silent(
        Epochs("    scheduler.step();\n" + Batches, "var scheduler = " + creation + ";\n"));

    [Fact]
    public Task In_the_batch_loop_it_goes_right_behind_the_optimizer() => Fixed(
        Epochs("""
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                [|scheduler.step()|];
                optimizer.step();
                Console.WriteLine(epoch);
            }

        """),
        Epochs("""
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                scheduler.step();
                Console.WriteLine(epoch);
            }

        """));

    [Fact]
    public Task Once_before_the_loop_that_steps_it_too() => Fixed(
        Setup + Scheduler + "\n[|scheduler.step()|];\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n" + Batches + "    scheduler.step();\n}\n",
        Setup + Scheduler + "\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n" + Batches + "    scheduler.step();\n}\n");

    [Fact]
    public Task Once_before_a_loop_that_does_not_step_it_has_no_fix() => Reported(
        Setup + Scheduler + "[|scheduler.step()|];\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n" + Batches + "}\n");

    [Fact]
    public Task Before_the_loop_and_at_its_top_both_go_one_after_the_other() => Reported(
        Setup + Scheduler + "[|scheduler.step()|];\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    scheduler.step();\n" + Batches + "}\n");

    [Fact]
    public Task Two_schedulers_before_their_optimizers() => Fixed(
        TwoOptimizers("""
                [|first.step()|];
                [|second.step()|];
                adam.step();
                sgd.step();
        """),
        TwoOptimizers("""
                adam.step();
                first.step();
                sgd.step();
                second.step();
        """));

    private static string TwoOptimizers(string steps) => $$"""
        var model = Linear(10, 1);
        var head = Linear(1, 1);
        var data = new List<(Tensor x, Tensor y)>();
        var adam = torch.optim.Adam(model.parameters(), lr: 0.1);
        var sgd = torch.optim.SGD(head.parameters(), 0.1);
        var first = CosineAnnealingLR(adam, 10);
        var second = StepLR(sgd, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                adam.zero_grad();
                sgd.zero_grad();
                functional.mse_loss(head.forward(model.forward(x)), y).backward();
        {{steps}}
            }
        }
        """;

    [Fact]
    public Task Gan_with_a_scheduler_each_in_the_right_order() => Silent(TwoOptimizers("""
                adam.step();
                first.step();
                sgd.step();
                second.step();
        """));

    [Fact]
    public Task Gan_where_one_is_late_and_one_is_early() => Fixed(
        TwoOptimizers("""
                [|second.step()|];
                adam.step();
                first.step();
                sgd.step();
        """),
        TwoOptimizers("""
                adam.step();
                first.step();
                sgd.step();
                second.step();
        """));

    [Fact]
    public Task Several_on_one_line() => Fixed(
        Epochs("    foreach (var (x, y) in data) { Backward(x, y); [|scheduler.step()|]; optimizer.step(); }\n"),
        Epochs("    foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); scheduler.step(); }\n"));

    [Fact]
    public Task Two_programs_in_one_document() => Fixed(
        TwoMethods("[|a.step()|]; oa.step();", "[|b.step()|];\n            ob.step();"),
        TwoMethods("oa.step(); a.step();", "ob.step();\n            b.step();"));

    private static string TwoMethods(string first, string second) => $$"""
        static class Training
        {
            public static void First(Model model, Tensor x)
            {
                var oa = torch.optim.Adam(model.parameters());
                var a = StepLR(oa, 3);
                while (true)
                {
                    model.forward(x).backward();
                    {{first}}
                }
            }

            public static void Second(Model model, Tensor x)
            {
                var ob = torch.optim.Adam(model.parameters());
                var b = StepLR(ob, 3);
                while (true)
                {
                    model.forward(x).backward();
                    {{second}}
                }
            }
        }

        """ + Main;

    [Theory]
    [InlineData("    if (epoch > 5)\n        break;\n")]
    [InlineData("    if (epoch > 5)\n        continue;\n")]
    [InlineData("    Console.WriteLine(optimizer.ParamGroups.First().LearningRate);\n")]
    [InlineData("    Console.WriteLine(scheduler.get_last_lr().First());\n")]
    public Task Needs_review(string between) => Reviewed(
        Epochs("    [|scheduler.step()|];\n" + Batches + between),
        Epochs(Batches + between + "    scheduler.step();\n"));

    [Fact]
    public Task What_needs_review_is_not_done_by_the_safe_provider() => Reported(
        Epochs("    [|scheduler.step()|];\n" + Batches + "    if (epoch > 5)\n        continue;\n"));

    [Fact]
    public Task A_break_of_an_inner_loop_does_not_matter() => Fixed(
        Epochs("    [|scheduler.step()|];\n    foreach (var (x, y) in data)\n    {\n        Backward(x, y);\n        optimizer.step();\n        if (epoch > 3)\n            break;\n    }\n"),
        Epochs("    foreach (var (x, y) in data)\n    {\n        Backward(x, y);\n        optimizer.step();\n        if (epoch > 3)\n            break;\n    }\n    scheduler.step();\n"));

    [Theory]
    [InlineData("    if (epoch > 0)\n        scheduler.step();\n")]
    [InlineData("    if (epoch != 0) { scheduler.step(); }\n")]
    [InlineData("    scheduler.step(epoch);\n")]
    [InlineData("    scheduler.step(epoch + 1);\n")]
    [InlineData("    _ = epoch == 0 ? 0 : 1;\n    switch (epoch) { case 0: break; default: scheduler.step(); break; }\n")]
    [InlineData("    try { scheduler.step(); } catch (InvalidOperationException) { }\n")]
    public Task Silent_before_the_batches(string step) => Silent(Epochs(step + Batches));

    [Theory]
    [InlineData("    if (data.Count > 3)\n        [|scheduler.step()|];\n    else\n        scheduler.step();\n")]
    [InlineData("    if (scheduler != null)\n        [|scheduler.step()|];\n")]
    [InlineData("    if (scheduler is not null)\n    {\n        [|scheduler.step()|];\n    }\n")]
    [InlineData("    switch (data.Count) { case 0: [|scheduler.step()|]; break; default: scheduler.step(); break; }\n")]
    [InlineData("    do { [|scheduler.step()|]; } while (data.Count < 0);\n")]
    [InlineData("    for (var i = 0; i < 2; i++) [|scheduler.step()|];\n")]
    [InlineData("    foreach (var i in Enumerable.Range(0, 2)) [|scheduler.step()|];\n")]
    [InlineData("    lock (data) { [|scheduler.step()|]; }\n")]
    [InlineData("    try { [|scheduler.step()|]; } finally { Console.WriteLine(); }\n")]
    [InlineData("    try { Console.WriteLine(); } finally { [|scheduler.step()|]; }\n")]
    [InlineData("    using (torch.no_grad()) { [|scheduler.step()|]; }\n")]
    [InlineData("    if (scheduler is { } sure) [|sure.step()|]; else scheduler.step();\n")]
    [InlineData("    void Next() => [|scheduler.step()|];\n    Next();\n")]
    [InlineData("    Action next = () => [|scheduler.step()|];\n    next();\n")]
    public Task Reported_before_the_batches(string step) => Reported(Epochs(step + Batches));

    [Theory]
    [InlineData("var same = scheduler;", "same")]
    [InlineData("LRScheduler same; same = scheduler;", "same")]
    [InlineData("var same = (LRScheduler)(object)scheduler;", "same")]
    [InlineData("var same = (scheduler as LRScheduler)!;", "same")]
    [InlineData("var (same, other) = (scheduler, 3);", "same")]
    public Task Under_another_name(string declaration, string name) => Fixed(
        Epochs("    " + declaration + "\n    [|" + name + ".step()|];\n" + Batches),
        Epochs("    " + declaration + "\n" + Batches + "    " + name + ".step();\n"));

    [Fact]
    public Task Conditional_access_on_a_nullable_local() => Fixed(
        Epochs("    [|scheduler?.step()|];\n".Replace("[|scheduler?.step()|]", "scheduler?[|.step()|]") + Batches, "LRScheduler? scheduler = StepLR(optimizer, 3);\n"),
        Epochs(Batches + "    scheduler?.step();\n", "LRScheduler? scheduler = StepLR(optimizer, 3);\n"));

    [Theory]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 10))")]
    [InlineData("foreach (var epoch in Enumerable.Range(1, 10))")]
    [InlineData("for (int epoch = 1; epoch <= 10; epoch++)")]
    [InlineData("for (; ; )")]
    [InlineData("while (true)")]
    [InlineData("while (data.Count > 0)")]
    public Task Every_kind_of_epoch_loop(string header) => Fixed(
        Setup + Scheduler + header + "\n{\n    [|scheduler.step()|];\n" + Batches + "}\n",
        Setup + Scheduler + header + "\n{\n" + Batches + "    scheduler.step();\n}\n");

    [Fact]
    public Task Do_loop() => Fixed(
        Setup + Scheduler + "do\n{\n    [|scheduler.step()|];\n" + Batches + "}\nwhile (data.Count > 0);\n",
        Setup + Scheduler + "do\n{\n" + Batches + "    scheduler.step();\n}\nwhile (data.Count > 0);\n");

    [Fact]
    public Task Training_before_the_step_on_some_path_only() => Silent(
        Setup + Scheduler + """
        if (data.Count > 10)
            optimizer.step();
        for (var epoch = 0; epoch < 10; epoch++)
        {
            scheduler.step();
            optimizer.step();
        }
        """);

    [Fact]
    public Task Closure_steps_the_optimizer() => Silent(
        Setup + Scheduler + """
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step(() => { optimizer.zero_grad(); var loss = model.forward(data[0].x); loss.backward(); return loss; });
            scheduler.step();
        }
        """);

    [Fact]
    public Task Closure_behind_the_scheduler() => Fixed(
        Setup + Scheduler + """
        for (var epoch = 0; epoch < 10; epoch++)
        {
            [|scheduler.step()|];
            optimizer.step(() => { optimizer.zero_grad(); var loss = model.forward(data[0].x); loss.backward(); return loss; });
        }
        """,
        Setup + Scheduler + """
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step(() => { optimizer.zero_grad(); var loss = model.forward(data[0].x); loss.backward(); return loss; });
            scheduler.step();
        }
        """);

    [Theory]
    [InlineData("Runner.Run(() => { scheduler.step(); optimizer.step(); });")]
    [InlineData("Runner.Run(() => optimizer.step()); scheduler.step(); optimizer.step();")]
    [InlineData("Task.Run(() => { scheduler.step(); optimizer.step(); }).Wait();")]
    [InlineData("var all = new List<LRScheduler> { scheduler }; all[0].step(); scheduler.step(); optimizer.step();")]
    [InlineData("var pair = (optimizer, scheduler); pair.scheduler.step(); optimizer.step();")]
    [InlineData("Runner.Keep(optimizer); scheduler.step(); optimizer.step();")]
    [InlineData("Runner.Step(o => { }, optimizer); scheduler.step(); optimizer.step();")]
    [InlineData("goto next; next: scheduler.step(); optimizer.step();")]
    public Task Silent_where_something_escapes(string training) => Silent(
        Setup + Scheduler + "while (true)\n{\n    " + training + "\n}\n" + """

        static class Runner
        {
            public static readonly List<object> Kept = new();
            public static void Run(Action action) => action();
            public static void Keep(object something) => Kept.Add(something);
            public static void Step(Action<Optimizer> step, Optimizer optimizer) => step(optimizer);
        }
        """);

    [Fact]
    public Task Scheduler_and_optimizer_of_the_users_own() => Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, SteppedBeforeOptimizerFix>.Silent("""
        using static lr_scheduler;
        var optimizer = new Optimizer();
        var scheduler = LinearLR(optimizer, start_factor: 0.1);
        var other = StepLR(optimizer, 3);
        while (true)
        {
            scheduler.step();
            optimizer.step();
        }

        class Optimizer { public void step() { } }
        class LRScheduler { public void step() { } }
        static class lr_scheduler
        {
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor) => new();
            public static LRScheduler StepLR(Optimizer optimizer, int size) => new();
        }
        """);

    [Fact]
    public Task Scheduler_and_optimizer_of_the_users_own_without_the_library() => Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, SteppedBeforeOptimizerFix>.Silent("""
        var optimizer = new Optimizer();
        var scheduler = new LRScheduler();
        scheduler.step();
        optimizer.step();

        class Optimizer { public void step() { } }
        class LRScheduler { public void step() { } }
        """, withTorchSharp: false);

    [Theory]
    [InlineData("scheduler.step(; optimizer.step();")]
    [InlineData("scheduler.step(); optimizer.")]
    [InlineData("scheduler.step(); TrainEpoch(optimizer); optimizer.step();")]
    [InlineData("scheduler.step(); foreach (var in data) optimizer.step();")]
    [InlineData("scheduler.step(); if (")]
    public Task Half_typed(string body) => Stepping<SteppedBeforeOptimizerFix>.Unfinished(Setup + Scheduler + "while (true)\n{\n" + body + "\n}\n");

    [Fact]
    public Task One_report_for_two_schedulers_in_one_variable() => Fixed(
        Setup + "var scheduler = data.Count > 3 ? StepLR(optimizer, 3) : ExponentialLR(optimizer, 0.9);\nwhile (true)\n{\n    [|scheduler.step()|];\n    optimizer.step();\n}\n",
        Setup + "var scheduler = data.Count > 3 ? StepLR(optimizer, 3) : ExponentialLR(optimizer, 0.9);\nwhile (true)\n{\n    optimizer.step();\n    scheduler.step();\n}\n");

    [Fact]
    public Task Another_scheduler_takes_the_place() => Silent(
        Setup + """
        LRScheduler scheduler = StepLR(optimizer, 3);
        scheduler = new Own(optimizer);
        while (true)
        {
            scheduler.step();
            optimizer.step();
        }

        class Own : LRScheduler
        {
            public Own(Optimizer optimizer) : base(optimizer) { }
        }
        """);

    [Fact]
    public Task One_per_fold() => Fixed(
        Folds("            [|scheduler.step()|];\n            Backward(optimizer);\n            optimizer.step();"),
        Folds("            Backward(optimizer);\n            optimizer.step();\n            scheduler.step();"));

    [Fact]
    public Task Once_before_the_epochs_of_each_fold() => Fixed(
        Folds("            Backward(optimizer);\n            optimizer.step();\n            scheduler.step();").Replace("StepLR(optimizer, 3);\n", "StepLR(optimizer, 3);\n    [|scheduler.step()|];\n"),
        Folds("            Backward(optimizer);\n            optimizer.step();\n            scheduler.step();"));

    private static string Folds(string body) => $$"""
        var model = Linear(10, 1);
        void Backward(Optimizer optimizer)
        {
            optimizer.zero_grad();
            model.forward(torch.ones(10)).backward();
        }

        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = torch.optim.Adam(model.parameters());
            var scheduler = StepLR(optimizer, 3);
            for (var epoch = 0; epoch < 10; epoch++)
            {
        {{body}}
            }
        }

        """;

    [Fact]
    public Task Resume_replays_steps() => Silent(
        Setup + Scheduler + "var start = data.Count;\nfor (var i = 0; i < start; i++)\n    scheduler.step();\nfor (var epoch = start; epoch < 10; epoch++)\n{\n" + Batches + "    scheduler.step();\n}\n");

    [Fact]
    public Task Gradient_accumulation() => Silent(
        Setup + Scheduler + """
        for (var i = 0; i < 100; i++)
        {
            Backward(data[i].x, data[i].y);
            if ((i + 1) % 4 == 0)
            {
                optimizer.step();
                optimizer.zero_grad();
            }
            scheduler.step();
        }
        """);

    [Fact]
    public Task Plateau_or_not() => Silent(
        Setup + Scheduler + """
        while (true)
        {
            optimizer.step();
            if (scheduler is impl.ReduceLROnPlateau p)
                p.step(1.0);
            else
                scheduler.step();
        }
        """);

    [Theory]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.2, 1, 4), StepLR(optimizer, 30)], [4])", "trains with 0.4, 0.6, 0.8, … instead of 0.2, 0.4, 0.6, …")]
    [InlineData("OneCycleLR(optimizer, 0.5, 20)", "trains with 0.658, 1.86, 3.34, … instead of 0.2, 0.658, 1.86, …")]
    public async Task The_message_shows_the_numbers_of_composed_and_cyclic_schedules(string creation, string expected)
    {
        var found = await Findings.In(Usings + Setup + $$"""
            var scheduler = {{creation}};
            for (var epoch = 0; epoch < 10; epoch++)
            {
                scheduler.step();
                foreach (var (x, y) in data)
                {
                    Backward(x, y);
                    optimizer.step();
                }
            }
            """);
        Assert.Contains(expected, Assert.Single(found).GetMessage(System.Globalization.CultureInfo.InvariantCulture), System.StringComparison.Ordinal);
    }
}
