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

public class CreatedAnewTests
{
    private const string Id = "WARM3003";

    private const string Batches = """
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

        """;

    private static Task Fixed(string source, string fixedSource) => Stepping<CreatedAnewFix>.Fixed(Id, source, fixedSource);

    private static Task NotMended(string source) => Stepping<CreatedAnewFix>.Reported(Id, source);

    private static Task Reported(string source) => Stepping<NeverSteppedFix>.Reported(Id, source);

    private static Task Silent(string source) => Stepping<CreatedAnewFix>.Silent(source);

    private static string Epochs(string body, string before = "") => Setup + before + "for (var epoch = 0; epoch < 10; epoch++)\n{\n" + body + "}\n";

    private static string Trainer(string members) => $$"""
        new Trainer().Fit(10);

        class Trainer
        {
            private readonly Optimizer _optimizer = optim.Adam(Linear(10, 1).parameters(), 0.1);
            private LRScheduler? _scheduler;
            private int _size = 3;

        {{members}}
        }
        """;

    private static string Property(string property, string step = "Scheduler.step();") => Trainer($$"""
            {{property}}

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.step();
                    {{step}}
                }
            }
        """);

    [Fact]
    public Task In_the_epoch_loop() => Fixed(
        Epochs("    var scheduler = [|StepLR(optimizer, 3)|];\n" + Batches + "    scheduler.step();\n"),
        Epochs(Batches + "    scheduler.step();\n", "var scheduler = StepLR(optimizer, 3);\n"));

    [Fact]
    public Task In_the_batch_loop_it_goes_in_front_of_all_loops() => Fixed(
        Epochs("""
            foreach (var (x, y) in data)
            {
                var scheduler = [|CosineAnnealingLR(optimizer, 100)|];
                Backward(x, y);
                optimizer.step();
                scheduler.step();
            }

        """),
        Epochs("""
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                scheduler.step();
            }

        """, "var scheduler = CosineAnnealingLR(optimizer, 100);\n"));

    [Fact]
    public Task Comments_go_where_they_belong() => Fixed(
        Setup + "\n// train\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    // the schedule\n    var scheduler = [|StepLR(optimizer, 3)|]; // of three\n\n" + Batches + "    scheduler.step(); // on\n}\n",
        Setup + "\n// train\n// the schedule\nvar scheduler = StepLR(optimizer, 3); // of three\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n" + Batches + "    scheduler.step(); // on\n}\n");

    [Fact]
    public Task A_local_that_is_declared_outside() => Fixed(
        Epochs("    scheduler = [|StepLR(optimizer, 3)|];\n" + Batches + "    scheduler.step();\n", "LRScheduler scheduler;\n"),
        Epochs(Batches + "    scheduler.step();\n", "LRScheduler scheduler;\nscheduler = StepLR(optimizer, 3);\n"));

    [Fact]
    public Task Two_at_once() => Fixed(
        "var first = optim.Adam(Linear(1, 1).parameters());\nvar second = optim.Adam(Linear(1, 1).parameters());\n"
            + "for (var epoch = 0; epoch < 10; epoch++)\n{\n    var a = [|StepLR(first, 3)|];\n    var b = [|StepLR(second, 3)|];\n    first.step();\n    second.step();\n    a.step();\n    b.step();\n}\n",
        "var first = optim.Adam(Linear(1, 1).parameters());\nvar second = optim.Adam(Linear(1, 1).parameters());\n"
            + "var a = StepLR(first, 3);\nvar b = StepLR(second, 3);\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    first.step();\n    second.step();\n    a.step();\n    b.step();\n}\n");

    [Fact]
    public Task In_a_method_of_a_trainer() => Fixed(
        Trainer("""
                public void Fit(int epochs)
                {
                    Console.WriteLine(epochs);
                    for (var epoch = 0; epoch < epochs; epoch++)
                    {
                        _scheduler = [|StepLR(_optimizer, _size)|];
                        _optimizer.step();
                        _scheduler.step();
                    }
                }
            """),
        Trainer("""
                public void Fit(int epochs)
                {
                    Console.WriteLine(epochs);
                    _scheduler = StepLR(_optimizer, _size);
                    for (var epoch = 0; epoch < epochs; epoch++)
                    {
                        _optimizer.step();
                        _scheduler.step();
                    }
                }
            """));

    [Theory]
    [InlineData("LinearLR(total_iters: 5, optimizer: optimizer, start_factor: 0.1)")]
    [InlineData("new impl.CosineAnnealingLR(optimizer, 10)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.PolynomialLR(optimizer, 5, 1.0)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))")]
    [InlineData("StepLR(optimizer, data.Count)")]
    public Task Whatever_makes_it(string creation) => Reported(Epochs($"    var scheduler = [|{creation}|];\n" + Batches + "    scheduler.step();\n"));

    [Fact]
    public Task A_plateau() => Reported(Epochs("    var scheduler = [|ReduceLROnPlateau(optimizer)|];\n" + Batches + "    scheduler.step(0.5);\n"));

    [Fact]
    public Task Where_the_optimizer_is_used_before_it_there_is_no_fix() => NotMended(
        Epochs("    optimizer.zero_grad();\n    var scheduler = [|StepLR(optimizer, 3)|];\n    optimizer.step();\n    scheduler.step();\n"));

    [Fact]
    public Task Where_the_name_is_used_elsewhere_there_is_no_fix() => NotMended(
        Epochs("    var scheduler = [|StepLR(optimizer, 3)|];\n    optimizer.step();\n    scheduler.step();\n")
        + "foreach (var scheduler in new[] { 1 })\n    Console.WriteLine(scheduler);\n");

    [Theory]
    [InlineData("private LRScheduler Scheduler => [|StepLR(_optimizer, 30)|];", "Scheduler.step();")]
    [InlineData("public LRScheduler Scheduler => [|StepLR(_optimizer, 30)|];", "this.Scheduler.step();")]
    [InlineData("private LRScheduler? Scheduler => [|StepLR(_optimizer, 30)|];", "Scheduler?.step();")]
    [InlineData("private LRScheduler Scheduler { get => [|CosineAnnealingLR(_optimizer, 30)|]; }", "Scheduler.step();")]
    [InlineData("private LRScheduler Scheduler { get { return [|new impl.CosineAnnealingLR(_optimizer, 30)|]; } }", "Scheduler.step();")]
    public Task A_property_that_makes_one_at_each_access(string property, string step) => NotMended(Property(property, step));

    [Theory]
    [InlineData("private LRScheduler Scheduler { get; } = null!;", "Scheduler.step();")]
    [InlineData("private LRScheduler Scheduler => _scheduler ??= StepLR(_optimizer, 30);", "Scheduler.step();")]
    [InlineData("private LRScheduler Scheduler => ExponentialLR(_optimizer, 0.9);", "Scheduler.step();")] // the same numbers
    [InlineData("private LRScheduler NewScheduler => StepLR(_optimizer, 30);", "(_scheduler ??= NewScheduler).step();")]
    [InlineData("private LRScheduler Scheduler => StepLR(_optimizer, 30);", "Scheduler.step(epoch);")]
    [InlineData("private LRScheduler Scheduler => StepLR(optim.Adam(Linear(1, 1).parameters()), 30);", "Scheduler.step();")]
    public Task Silent_properties(string property, string step) => Silent(Property(property, step));

    [Theory]
    [InlineData("ExponentialLR(optimizer, 0.9)")] // multiplies the rate in force: the same numbers
    [InlineData("StepLR(optimizer, 1, 0.9)")]
    [InlineData("MultiplicativeLR(optimizer, k => 0.95)")]
    [InlineData("StepLR(optimizer, epoch + 1)")] // one for each stage
    [InlineData("StepLR(optimizer, sizes[epoch])")]
    [InlineData("LambdaLR(optimizer, _ => 1.0 / (epoch + 1))")]
    [InlineData("LambdaLR(optimizer, _ => factor)")]
    [InlineData("StepLR(optimizer, Size())")]
    public Task Silent_where_it_is_right_or_may_be(string creation) => Silent(
        Epochs($"    var scheduler = {creation};\n" + Batches + "    factor *= 0.9;\n    scheduler.step();\n", "var sizes = new int[10];\nvar factor = 1.0;\nint Size() => sizes[3];\n"));

    [Fact]
    public Task Silent_with_an_optimizer_of_each_fold() => Silent("""
        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = optim.Adam(Linear(1, 1).parameters());
            var scheduler = StepLR(optimizer, 3);
            optimizer.step();
            scheduler.step();
        }
        """);

    [Fact]
    public Task Silent_where_the_optimizer_is_made_anew_too() => Silent(
        Epochs("    optimizer = optim.SGD(model.parameters(), 0.1);\n    var scheduler = StepLR(optimizer, 3);\n" + Batches + "    scheduler.step();\n"));

    [Fact]
    public Task Silent_on_restarts_that_are_stepped_in_a_loop_of_their_own() => Silent(Setup + """
        for (var cycle = 0; cycle < 5; cycle++)
        {
            var scheduler = CosineAnnealingLR(optimizer, 10);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Theory]
    [InlineData("scheduler ??= StepLR(optimizer, 3);")]
    [InlineData("if (scheduler is null) scheduler = StepLR(optimizer, 3);")]
    [InlineData("if (epoch == 0) scheduler = StepLR(optimizer, 3);")]
    [InlineData("if (epoch % 5 == 0) scheduler = StepLR(optimizer, 3);")]
    public Task Silent_where_it_is_made_now_and_then(string creation) => Silent(
        Epochs($"    {creation}\n" + Batches + "    scheduler?.step();\n", "LRScheduler? scheduler = null;\n"));

    [Fact]
    public Task Silent_with_an_index() => Silent(
        Epochs("    var scheduler = StepLR(optimizer, 3);\n" + Batches + "    scheduler.step(epoch + 1);\n"));

    [Fact]
    public Task Silent_where_it_is_given_away() => Silent(
        Epochs("    var scheduler = StepLR(optimizer, 3);\n    kept.Add(scheduler);\n" + Batches + "    scheduler.step();\n", "var kept = new List<LRScheduler>();\n"));

    [Fact]
    public Task Silent_on_ones_own_scheduler() => Silent("""
        var optimizer = optim.Adam(Linear(1, 1).parameters());
        for (var epoch = 0; epoch < 10; epoch++)
        {
            var scheduler = new StepLR(optimizer, 3);
            optimizer.step();
            scheduler.step();
        }

        class StepLR(Optimizer optimizer, int size)
        {
            public void step() => Console.WriteLine(optimizer + " " + size);
        }
        """);

    [Theory]
    [InlineData("    var scheduler = StepLR(optimizer, );\n    optimizer.step();\n    scheduler.step();\n")]
    [InlineData("    var scheduler = StepLR(optimizer, 3)\n    optimizer.step();\n    scheduler.step(;\n")]
    [InlineData("    var scheduler = StepLR(optimizer, size);\n    optimizer.step();\n    scheduler.step();\n")]
    public Task Silent_on_half_typed_code(string body) => Stepping<CreatedAnewFix>.Unfinished(Epochs(body));

    [Fact]
    public Task Nothing_without_TorchSharp() => Verify<SteppingAnalyzer, CreatedAnewFix>.Silent(
        "class Program { static void Main() { } Program P => new(); void step() { for (;;) { P.step(); } } }", withTorchSharp: false);

    [Theory]
    [InlineData("LinearLR(optimizer, 0.5, total_iters: 4)", "optimizer.step(); scheduler.step();", " (trains with 0.5, 0.312, 0.195, … instead of 0.5, 0.625, 0.75, … █▅▄▃▂▂▁▁)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))", "optimizer.step(); scheduler.step();", " (trains with 0.2, 0.2, 0.2, … instead of 0.2, 0.4, 0.6, … ████████)")]
    [InlineData("StepLR(optimizer, 30)", "optimizer.step(); scheduler.step();", "")]
    [InlineData("StepLR(optimizer, data.Count)", "optimizer.step(); scheduler.step();", "")]
    public Task The_message_shows_what_is_trained_with(string creation, string round, string numbers)
    {
        var test = new WarmupTest<SteppingAnalyzer, NeverSteppedFix> { TestCode = Usings + Epochs($"    var scheduler = {{|#0:{creation}|}};\n    {round}\n") };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(Id, DiagnosticSeverity.Warning).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithLocation(0).WithMessage("The scheduler is created anew in every iteration, so the schedule starts again every time" + numbers));
        return test.RunAsync(CancellationToken.None);
    }

    [Fact]
    public void What_the_message_shows_is_what_a_run_gives()
    {
        var optimizer = Schedules.FakeOptimizer.Of(WarmupAnalyzers.Schedules.Simulated.MomentumKind.Momentum, 1.0);
        var trained = new List<double>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var scheduler = TorchSharp.torch.optim.lr_scheduler.LinearLR(optimizer, 0.5, total_iters: 4);
            trained.Add(Math.Round(optimizer.ParamGroups.First().LearningRate, 3));
            scheduler.step();
        }

        Assert.Equal([0.5, 0.312, 0.195], trained);
    }
}
