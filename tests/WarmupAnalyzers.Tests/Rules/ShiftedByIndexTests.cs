using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class ShiftedByIndexTests
{
    private const string Id = "WARM3006";

    private const string Counting = "for (var epoch = 0; epoch < 10; epoch++)";

    private static Task Fixed(string source, string fixedSource) => StepCallProgram<ShiftedByIndexFix>.Fixed(Id, source, fixedSource);

    private static Task Reviewed(string source, string fixedSource) => StepCallProgram<ShiftedByIndexReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => StepCallProgram<ShiftedByIndexFix>.Reported(Id, source);

    private static Task Silent(string source) => StepCallProgram<ShiftedByIndexFix>.Silent(source);

    /// <summary>A whole program whose epochs end with a step.</summary>
    private static string Training(
        string step, string scheduler = "var scheduler = StepLR(optimizer, 3);", string loop = Counting, string top = "", string train = "optimizer.step();", string more = "") =>
        Setup + scheduler + $$"""

            var (start, epochs) = (data.Count, data.Count);
            {{loop}}
            {
                {{top}}
                foreach (var (x, y) in data)
                {
                    Backward(x, y);
                    {{train}}
                }

                {{step}}
            }

            """ + more;

    private static string Nested(string step, string numbers, string batches = "for (var i = 0; i < n; i++)", string epochs = "for (var e = 0; e < 10; e++)") => Setup + $$"""
        var scheduler = StepLR(optimizer, 3);
        {{numbers}}
        {{epochs}}
        {
            {{batches}}
            {
                Backward(data[0].x, data[0].y);
                optimizer.step();
                {{step}};
            }
        }
        """;

    [Theory]
    [InlineData("e * n + i", "const int n = 100;")]
    [InlineData("i + n * e", "const int n = 100;")]
    [InlineData("(e * n) + i", "var n = data.Count;")]
    [InlineData("e * data.Count + i", "var n = data.Count;")]
    public Task Counted_through_the_batches_of_all_epochs(string index, string numbers) =>
        Fixed(Nested($"[|scheduler.step({index})|]", numbers), Nested("scheduler.step()", numbers));

    [Theory]
    [InlineData("for (var i = 0; i < 50; i++)")]
    [InlineData("foreach (var batch in data)")]
    public Task Counted_where_it_is_given(string batches) =>
        Reviewed(Nested("[|scheduler.step(count++)|]", "var count = 0;", batches), Nested("scheduler.step()", "var count = 0;", batches));

    [Fact]
    public async Task The_message_names_what_is_counted()
    {
        var found = (await Findings.In(Usings + Nested("scheduler.step(count++)", "var (n, m) = (4, 5); var count = 0;"))).Single(finding => finding.Id == Id);
        Assert.Equal(
            "The schedule is one round late: step(count++) sets the index of the round that is over, and index 0 is trained with twice (the factor runs 1, 1, 1, 1, 0.1, 0.1, … instead of 1, 1, 1, 0.1, 0.1, 0.1, … ████▂▂▂▁)",
            found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("scheduler.step(e * n + i + 1)", "const int n = 100;")]
    [InlineData("scheduler.step(e * n + i)", "const int n = 100;", "for (var i = 1; i <= n; i++)")]
    [InlineData("scheduler.step(e * n + i)", "const int n = 100;", "for (var i = 0; i < n; i++)", "for (var e = 1; e < 10; e++)")]
    [InlineData("scheduler.step(e * 99 + i)", "const int n = 100;")]
    [InlineData("scheduler.step(e * n + i)", "var (n, m) = (data.Count, 3);", "for (var i = 0; i < m; i++)")]
    [InlineData("scheduler.step(e * n + i)", "const int n = 100; const int e = 0;", "for (var i = 0; i < n; i++)", "for (var k = 0; k < 10; k++)")]
    [InlineData("scheduler.step(++count)", "var (n, m) = (4, 5); var count = 0;")]
    [InlineData("scheduler.step(count++)", "var n = 4; var count = 1;")]
    [InlineData("scheduler.step(count--)", "var n = 4; var count = 0;")]
    [InlineData("scheduler.step(count++); count++", "var n = 4; var count = 0;")]
    [InlineData("var count = 0; scheduler.step(count++)", "var n = 4;")]
    [InlineData("if (i > 0) scheduler.step(count++)", "var n = 4; var count = 0;")]
    public Task Counted_in_another_way(string step, string numbers, string batches = "for (var i = 0; i < n; i++)", string epochs = "for (var e = 0; e < 10; e++)") =>
        Silent(Nested(step, numbers, batches, epochs));

    [Fact]
    public Task A_count_that_goes_on_for_the_scheduler_of_the_next_fold() => Silent(Setup + """
        var count = 0;
        for (var fold = 0; fold < 5; fold++)
        {
            var scheduler = StepLR(optimizer, 3);
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                scheduler.step(count++);
            }
        }
        """);

    [Theory]
    [InlineData("epoch", "")]
    [InlineData("epoch: epoch", "")]
    [InlineData("(int?)epoch", "")]
    [InlineData("/* of now */ epoch", "/* of now */ ")]
    public Task However_it_is_given(string argument, string left) =>
        Fixed(Training($"[|scheduler.step({argument})|]; // next"), Training($"scheduler.step({left}); // next"));

    [Theory]
    [InlineData("for (int epoch = 0; epoch <= epochs; ++epoch)")]
    [InlineData("for (int epoch = 0; epoch < epochs; epoch += 1)")]
    [InlineData("for (int epoch = 1 - 1; ; epoch++)")]
    [InlineData("foreach (var epoch in Enumerable.Range(0, 10))")]
    [InlineData("foreach (int epoch in Enumerable.Range(count: epochs, start: 0))")]
    public Task However_it_is_counted(string loop) => Fixed(Training("[|scheduler.step(epoch)|];", loop: loop), Training("scheduler.step();", loop: loop));

    [Theory]
    [InlineData("var epoch = 0; while (epoch < 10)", "epoch++;")]
    [InlineData("var epoch = 0; while (true)", "++epoch; if (epoch == 10) break;")]
    [InlineData("int epoch = 0; do", "Console.WriteLine(epoch); epoch++;", " while (epoch < epochs);")]
    [InlineData("int epoch = 0; foreach (var part in data)", "epoch++;")]
    public Task Counted_behind_the_step(string loop, string count, string end = "") => Fixed(
        Training("[|scheduler.step(epoch)|]; " + count, loop: loop, more: end),
        Training("scheduler.step(); " + count, loop: loop, more: end));

    [Theory]
    [InlineData("var epoch = 1; while (epoch < 10)", "", "scheduler.step(epoch); epoch++;")]
    [InlineData("var epoch = 0; while (epoch < 10)", "epoch++;", "scheduler.step(epoch);")]
    [InlineData("var epoch = 0; while (epoch < 10)", "", "epoch++; scheduler.step(epoch);")]
    [InlineData("var epoch = 0; while (epoch < 10)", "", "scheduler.step(epoch); epoch++; epoch++;")]
    [InlineData("var epoch = 0; while (epoch < 10)", "", "scheduler.step(epoch); epoch += 2;")]
    [InlineData("var epoch = 0; while (epoch < 10)", "", "scheduler.step(epoch); if (data.Count > 3) epoch++;")]
    [InlineData("var epoch = 0; for (epoch = start; epoch < 10; )", "", "scheduler.step(epoch); epoch++;")]
    [InlineData("var epoch = data.Count; while (epoch < 10)", "", "scheduler.step(epoch); epoch++;")]
    public Task Counted_otherwise_is_silent(string loop, string top, string step) => Silent(Training(step, loop: loop, top: top));

    [Theory]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))")]
    [InlineData("MultiplicativeLR(optimizer, e => 0.9)")]
    [InlineData("LinearLR(total_iters: 5, optimizer: optimizer)")]
    [InlineData("ConstantLR(optimizer, 0.5, 3)")]
    [InlineData("ExponentialLR(optimizer, 0.9)")]
    [InlineData("ExponentialLR(optimizer, 0.9, last_epoch: -1)")]
    [InlineData("PolynomialLR(optimizer, total_iters: 10)")]
    [InlineData("MultiStepLR(optimizer, [3, 6])")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: 10)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: data.Count)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 20)")]
    [InlineData("CyclicLR(optimizer, 0.1, 1.0, 4)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.StepLR(optimizer, data.Count)")]
    [InlineData("new impl.StepLR(optimizer, 3)")]
    public Task Whatever_makes_it(string creation) => Fixed(
        Training("[|scheduler.step(epoch)|];", $"var scheduler = {creation};"),
        Training("scheduler.step();", $"var scheduler = {creation};"));

    [Fact]
    public Task With_functions_in_every_form() => Fixed(
        Training("[|first.step(epoch)|];", "double Ramp(int e) => Math.Min((e + 1) / 5.0, 1); var first = LambdaLR(optimizer, Ramp);"),
        Training("first.step();", "double Ramp(int e) => Math.Min((e + 1) / 5.0, 1); var first = LambdaLR(optimizer, Ramp);"));

    [Fact]
    public Task Two_on_one_line() => Fixed(
        Training("[|first.step(epoch)|]; [|second.step(epoch)|]; // both", "var sgd = torch.optim.SGD(model.parameters(), 0.1); var first = StepLR(optimizer, 3); var second = LinearLR(sgd);", train: "optimizer.step(); sgd.step();"),
        Training("first.step(); second.step(); // both", "var sgd = torch.optim.SGD(model.parameters(), 0.1); var first = StepLR(optimizer, 3); var second = LinearLR(sgd);", train: "optimizer.step(); sgd.step();"));

    [Fact]
    public Task Under_a_question_mark() => Fixed(
        Training("scheduler?[|.step(epoch)|];", "LRScheduler? scheduler = StepLR(optimizer, 3);"),
        Training("scheduler?.step();", "LRScheduler? scheduler = StepLR(optimizer, 3);"));

    [Theory]
    [InlineData("if (data.Count == 7) break;", "optimizer.step();")]
    [InlineData("if (data.Count == 7) throw new Exception();", "optimizer.step();")]
    [InlineData("void Update() { optimizer.step(); }", "Update();")]
    [InlineData("void Update(bool isLast) { if (isLast) Console.WriteLine(); optimizer.step(); return; }", "Update(true);")]
    [InlineData("", "optimizer.step(() => model.forward(x).mean());")]
    [InlineData("", "if (data.Count > 3) continue; optimizer.step();")]
    [InlineData("", "try { optimizer.step(); } finally { x.Dispose(); }")]
    public Task Behind_a_training_of_any_form(string top, string train) =>
        Fixed(Training("[|scheduler.step(epoch)|];", top: top, train: train), Training("scheduler.step();", top: top, train: train));

    [Fact]
    public Task In_a_lambda_an_async_function_and_a_loop_of_its_own()
    {
        string Program(string step) => Setup + $$"""
            Action fit = () =>
            {
                foreach (var rate in new[] { 0.1, 0.2 })
                {
                    var own = torch.optim.SGD(model.parameters(), rate);
                    var scheduler = StepLR(own, 3);
                    for (var i = 0; i < 10; i++) { own.step(); {{step}} }
                }
            };
            async Task Fit()
            {
                var own = torch.optim.Adam(model.parameters());
                var scheduler = StepLR(own, 3);
                for (var i = 0; i < 10; i++) { await Task.Delay(1); own.step(); {{step}} }
            }

            fit();
            await Fit();
            """;
        return Fixed(Program("[|scheduler.step(i)|];"), Program("scheduler.step();"));
    }

    [Fact]
    public async Task A_field_outlives_its_loop_and_needs_review()
    {
        string Trainer(string step) => $$"""
            public class Trainer
            {
                private readonly Optimizer _optimizer;
                private readonly LRScheduler _scheduler;

                public Trainer(Model model)
                {
                    _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                    _scheduler = StepLR(_optimizer, 3);
                }

                public void Fit()
                {
                    for (var epoch = 0; epoch < 10; epoch++)
                    {
                        Epoch();
                        {{step}}
                    }
                }

                private void Epoch() => _optimizer.step();
            }

            """ + Main;
        await Reviewed(Trainer("[|_scheduler.step(epoch)|];"), Trainer("_scheduler.step();"));
        await Reported(Trainer("[|_scheduler.step(epoch)|];"));
    }

    [Theory]
    [InlineData("for (var epoch = 1; epoch <= 10; epoch++)")]
    [InlineData("for (var epoch = start; epoch < epochs; epoch++)")]
    [InlineData("for (var epoch = 9; epoch >= 0; epoch--)")]
    [InlineData("for (var epoch = 0; epoch < 10; epoch += 2)")]
    [InlineData("foreach (var epoch in Enumerable.Range(1, 10))")]
    [InlineData("foreach (var epoch in Enumerable.Range(start, 10))")]
    [InlineData("foreach (var epoch in new[] { 1, 2, 3 })")]
    [InlineData("var epoch = 0; while (epoch++ < 10)")]
    public Task Another_start_or_stride_is_silent(string loop) => Silent(Training("scheduler.step(epoch);", loop: loop));

    [Theory]
    [InlineData("scheduler.step();")]
    [InlineData("scheduler.step(epoch + 1);")]
    [InlineData("scheduler.step(start + epoch);")]
    [InlineData("scheduler.step(epochs);")]
    [InlineData("scheduler.step(epoch == 0 ? 1 : epoch);")]
    [InlineData("if (epoch > 0) scheduler.step(epoch);")]
    [InlineData("if (epoch % 2 == 0) scheduler.step(epoch);")]
    [InlineData("scheduler.step(epoch); optimizer.step();")]
    [InlineData("scheduler.step(epoch); scheduler.step(epoch);")]
    [InlineData("Action end = () => scheduler.step(epoch); end();")]
    public Task Another_index_or_place_is_silent(string step) => Silent(Training(step));

    [Theory]
    [InlineData("scheduler.step(epoch);")]
    [InlineData("if (epoch > 0) scheduler.step(epoch);")]
    [InlineData("if (epoch < start) { scheduler.step(epoch); continue; }")]
    public Task At_the_top_it_is_silent(string top) => Silent(Training(string.Empty, top: top));

    [Theory]
    [InlineData("if (epoch < start) continue;", "optimizer.step();")]
    [InlineData("epoch += start;", "optimizer.step();")]
    [InlineData("", "if (start > 3) optimizer.step();")]
    [InlineData("void Update() { if (start > 3) return; optimizer.step(); }", "Update();")]
    [InlineData("", "")]
    public Task Rounds_that_may_not_train_or_count_otherwise_are_silent(string top, string train) =>
        Silent(Training("scheduler.step(epoch);", top: top, train: train));

    [Theory]
    [InlineData("var scheduler = StepLR(optimizer, 30);")]
    [InlineData("var scheduler = LambdaLR(optimizer, e => 1.0);")]
    [InlineData("var scheduler = StepLR(optimizer, 3, last_epoch: data.Count);")]
    [InlineData("var scheduler = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1), last_epoch: 4);")]
    [InlineData("var scheduler = SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 3)], [5]);")]
    [InlineData("var scheduler = data.Count > 3 ? StepLR(optimizer, 3) : LinearLR(optimizer);")]
    [InlineData("var scheduler = Make(); LRScheduler Make() => StepLR(optimizer, 3);")]
    [InlineData("var scheduler = StepLR(optimizer, 3); for (var done = 0; done < 3; done++) scheduler.step();")]
    [InlineData("var scheduler = StepLR(optimizer, 3); scheduler.step(2);")]
    [InlineData("var scheduler = StepLR(optimizer, 3); var other = LinearLR(optimizer); other.step();")]
    public Task Schedules_that_are_not_shifted_are_silent(string scheduler) => Silent(Training("scheduler.step(epoch);", scheduler));

    [Theory]
    [InlineData("for (var run = 0; run < 3; run++) { TRAIN }")]
    [InlineData("Action train = () => { TRAIN }; train(); train();")]
    [InlineData("void Train() { TRAIN } Train();")]
    public async Task A_schedule_that_may_begin_anew_needs_review(string outer)
    {
        string Program(string step) => Setup + "var scheduler = StepLR(optimizer, 3);\n"
            + outer.Replace("TRAIN", $"for (var epoch = 0; epoch < 10; epoch++) {{ optimizer.step(); {step}; }}");
        await Reviewed(Program("[|scheduler.step(epoch)|]"), Program("scheduler.step()"));
        await Reported(Program("[|scheduler.step(epoch)|]"));
    }

    [Fact]
    public Task Parameters_are_silent() => Silent("""
        public static class Trainer
        {
            public static void Fit(LRScheduler scheduler, Optimizer optimizer)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    optimizer.step();
                    scheduler.step(epoch);
                }
            }
        }

        """ + Main);

    [Fact]
    public Task A_scheduler_of_the_users_own_is_silent() => Silent(Training("scheduler.step(epoch);", "var scheduler = new StepLR();", more: """
        class StepLR { public void step(int? epoch) { } }

        """));

    [Theory]
    [InlineData("scheduler.step(epoch")]
    [InlineData("scheduler.step(epoch,);")]
    [InlineData("scheduler.step(epoch); optimizer.")]
    public Task Half_typed_code_is_silent(string step) => StepCallProgram<ShiftedByIndexFix>.Unfinished(Training(step));

    [Fact]
    public Task Without_TorchSharp_nothing_is_said() => Verify<WarmupAnalyzers.Rules.StepCallAnalyzer, ShiftedByIndexFix>.Silent(
        "class C { void step(int? epoch) { } static void Main() { for (var i = 0; i < 3; i++) new C().step(i); } }", withTorchSharp: false);

    [Theory]
    [InlineData("LinearLR(optimizer, 0.2, 1.0, 4)", "the factor runs 0.2, 0.2, 0.4, 0.6, 0.8, 1, … instead of 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▂▄▅▇███")]
    [InlineData("StepLR(optimizer, 30)", "the factor is 0.1 from epoch = 31 on instead of epoch = 30")]
    public async Task The_message_shows_both(string creation, string text)
    {
        var found = Assert.Single(await Findings.In(Run("scheduler.step(epoch)", creation)), finding => finding.Id == Id);
        Assert.Equal($"The schedule is one round late: step(epoch) sets the index of the round that is over, and index 0 is trained with twice ({text})", found.GetMessage(null));
    }

    [Fact]
    public void The_numbers_are_those_of_a_run()
    {
        Assert.Equal([0.02, 0.02, 0.04, 0.06, 0.08, 0.1], Rates("scheduler.step(epoch)", "LinearLR(optimizer, 0.2, 1.0, 4)").Take(6));
        Assert.Equal([0.02, 0.04, 0.06, 0.08, 0.1, 0.1], Rates("scheduler.step()", "LinearLR(optimizer, 0.2, 1.0, 4)").Take(6));
        Assert.Equal([0.1, 0.01], Rates("scheduler.step(epoch)", "StepLR(optimizer, 30)").Skip(30).Take(2));
    }

    private static double[] Rates(string step, string creation) => [.. TrainingRun.LearningRates(Run(step, creation)).Select(rate => Math.Round(rate, 9))];

    private static string Run(string step, string creation) => $$"""
        using TorchSharp;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = {{creation}};
                for (var epoch = 0; epoch < 40; epoch++)
                {
                    optimizer.step();
                    {{step}};
                }
            }
        }
        """;
}
