using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class NeverSteppedTests
{
    private const string Id = "WARM3001";

    private const string Batches = """
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

        """;

    private static Task Fixed(string source, string fixedSource) => Stepping<NeverSteppedFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => Stepping<NeverSteppedFix>.Reported(Id, source);

    private static Task Reviewed(string source, string fixedSource) => Stepping<NeverSteppedReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Silent(string source) => Stepping<NeverSteppedFix>.Silent(source);

    private static string Epochs(string scheduler, string end = "") =>
        Setup + scheduler + "\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n" + Batches + end + "}\n";

    [Fact]
    public Task Step_goes_to_the_end_of_the_epoch_loop() => Fixed(
        Epochs("var scheduler = [|LinearLR(optimizer, start_factor: 0.1, total_iters: 5)|];"),
        Epochs("var scheduler = LinearLR(optimizer, start_factor: 0.1, total_iters: 5);", "    scheduler.step();\n"));

    [Theory]
    [InlineData("StepLR(optimizer, 30)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min(e / 5.0, 1))")]
    [InlineData("new impl.LambdaLR(optimizer, new List<Func<int, double>> { e => 1 })")]
    [InlineData("torch.optim.lr_scheduler.CosineAnnealingLR(T_max: 10, optimizer: optimizer)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 10)")]
    [InlineData("new impl.StepLR(optimizer, 3)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1), StepLR(optimizer, 10)], [5])")]
    [InlineData("ChainedLR(new[] { LinearLR(optimizer, 0.1), StepLR(optimizer, 10) })")]
    public Task Whatever_makes_it(string creation) => Fixed(
        Epochs("var scheduler = [|" + creation + "|];"),
        Epochs("var scheduler = " + creation + ";", "    scheduler.step();\n"));

    [Fact]
    public Task A_sequence_of_named_schedulers() => Fixed(
        Epochs("var warmup = LinearLR(optimizer, 0.1);\nvar decay = CosineAnnealingLR(optimizer, 10);\nvar scheduler = [|SequentialLR(optimizer, [warmup, decay], [5])|];"),
        Epochs("var warmup = LinearLR(optimizer, 0.1);\nvar decay = CosineAnnealingLR(optimizer, 10);\nvar scheduler = SequentialLR(optimizer, [warmup, decay], [5]);", "    scheduler.step();\n"));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, total_steps: 100)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.2)")]
    public Task Per_batch_schedules_step_in_the_batch_loop(string creation) => Fixed(
        Epochs("var scheduler = [|" + creation + "|];"),
        Epochs("var scheduler = " + creation + ";").Replace("optimizer.step();\n", "optimizer.step();\n        scheduler.step();\n"));

    [Theory]
    [InlineData("_ = [|StepLR(optimizer, 3)|]; // decay")]
    [InlineData("[|StepLR(optimizer, 3)|]; // decay")]
    [InlineData("// decay\n_ = [|new impl.StepLR(optimizer, 3)|];")]
    public Task A_discard_becomes_a_local(string statement) => Fixed(
        Epochs(statement),
        Epochs(statement.Replace("_ = ", "").Replace("[|", "var scheduler = ").Replace("|]", ""), "    scheduler.step();\n"));

    [Fact]
    public Task The_new_local_gets_a_free_name() => Fixed(
        Epochs("var scheduler = 3;\n_ = [|StepLR(optimizer, scheduler)|];"),
        Epochs("var scheduler = 3;\nvar scheduler2 = StepLR(optimizer, scheduler);", "    scheduler2.step();\n"));

    [Fact]
    public Task Braceless_loop_gets_a_block() => Fixed(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nfor (var epoch = 0; epoch < 10; epoch++)\n    optimizer.step();\n",
        Setup + "var scheduler = StepLR(optimizer, 3);\nfor (var epoch = 0; epoch < 10; epoch++)\n{\n    optimizer.step();\n    scheduler.step();\n}\n");

    [Fact]
    public Task Comments_at_the_end_of_the_loop_stay_above() => Fixed(
        Epochs("var scheduler = [|StepLR(optimizer, 3)|];", "    // that was an epoch\n"),
        Epochs("var scheduler = StepLR(optimizer, 3);", "    // that was an epoch\n    scheduler.step();\n"));

    [Fact]
    public Task Loop_on_one_line() => Fixed(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nwhile (true) { optimizer.step(); }\n",
        Setup + "var scheduler = StepLR(optimizer, 3);\nwhile (true) { optimizer.step(); scheduler.step(); }\n");

    [Fact]
    public Task Loop_with_continue_needs_review() => Reviewed(
        Epochs("var scheduler = [|StepLR(optimizer, 3)|];", "    if (epoch == 3)\n        continue;\n    Console.WriteLine();\n"),
        Epochs("var scheduler = StepLR(optimizer, 3);", "    if (epoch == 3)\n        continue;\n    Console.WriteLine();\n    scheduler.step();\n"));

    [Fact]
    public Task Loop_with_continue_has_no_safe_fix() => Reported(
        Epochs("var scheduler = [|StepLR(optimizer, 3)|];", "    if (epoch == 3)\n        continue;\n    Console.WriteLine();\n"));

    [Fact]
    public Task Gathered_gradients_need_review() => Reviewed(Gathered("[|StepLR(optimizer, 3)|]", ""), Gathered("StepLR(optimizer, 3)", "    scheduler.step();\n"));

    [Fact]
    public Task Gathered_gradients_have_no_safe_fix() => Reported(Gathered("[|StepLR(optimizer, 3)|]", ""));

    // The schedule may count the batches that step the optimizer.
    private static string Gathered(string creation, string end) => Setup + $$"""
        var scheduler = {{creation}};
        for (var epoch = 0; epoch < 10; epoch++)
        {
            for (var i = 0; i < data.Count; i++)
            {
                functional.mse_loss(model.forward(data[i].x), data[i].y).backward();
                if (i % 4 == 3)
                {
                    optimizer.step();
                    optimizer.zero_grad();
                }
            }
        {{end}}}

        """;

    [Theory]
    [InlineData("var scheduler = [|ReduceLROnPlateau(optimizer)|];")] // a metric is needed
    [InlineData("var warmup = [|LinearLR(optimizer, 0.1)|];\nvar decay = [|StepLR(optimizer, 3)|];")] // two would overwrite each other
    [InlineData("LRScheduler scheduler;\nif (data.Count > 3)\n    scheduler = [|StepLR(optimizer, 3)|];")] // not assigned on every path
    [InlineData("{ var scheduler = [|StepLR(optimizer, 3)|]; }")] // not in scope
    [InlineData("Make(); void Make() { var scheduler = [|StepLR(optimizer, 3)|]; }")]
    public Task No_fix(string creation) => Reported(Epochs(creation));

    [Fact]
    public Task Two_schedulers_and_only_the_second_is_stepped() => Reported(
        Epochs("var warmup = [|LinearLR(optimizer, 0.1)|];\nvar decay = CosineAnnealingLR(optimizer, 10);", "    decay.step();\n"));

    [Fact]
    public Task A_scheduler_of_another_optimizer_does_not_stand_in_the_way() => Fixed(
        Gan("[|StepLR(generator, 3)|]", ""),
        Gan("StepLR(generator, 3)", "\n    schedulerG.step();"));

    private static string Gan(string creation, string end) => $$"""
        var g = Linear(3, 3);
        var d = Linear(3, 3);
        var generator = torch.optim.Adam(g.parameters());
        var discriminator = torch.optim.Adam(d.parameters());
        var schedulerG = {{creation}};
        var schedulerD = StepLR(discriminator, 3);
        while (true)
        {
            d.forward(torch.ones(3)).backward();
            discriminator.step();
            g.forward(torch.ones(3)).backward();
            generator.step();
            schedulerD.step();{{end}}
        }
        """;

    [Fact]
    public Task Nullable_local() => Fixed(
        Epochs("LRScheduler? scheduler = null;\nif (data.Count > 3)\n    scheduler = [|StepLR(optimizer, 3)|];"),
        Epochs("LRScheduler? scheduler = null;\nif (data.Count > 3)\n    scheduler = StepLR(optimizer, 3);", "    scheduler?.step();\n"));

    [Fact]
    public Task One_report_where_branches_share_the_variable() => Reported(
        Epochs("LRScheduler scheduler;\nif (data.Count > 3)\n    scheduler = [|StepLR(optimizer, 3)|];\nelse\n    scheduler = ExponentialLR(optimizer, 0.9);"));

    [Fact]
    public Task Several_in_one_document() => Fixed(
        Methods("[|StepLR(oa, 3)|]", "", "[|StepLR(ob, 3)|]", ""),
        Methods("StepLR(oa, 3)", "\n            scheduler.step();", "StepLR(ob, 3)", "\n            scheduler.step();"));

    private static string Methods(string first, string firstEnd, string second, string secondEnd) => $$"""
        static class Training
        {
            public static void First(Model model, Tensor x)
            {
                var oa = torch.optim.Adam(model.parameters());
                var scheduler = {{first}};
                while (true)
                {
                    oa.step();{{firstEnd}}
                }
            }

            public static void Second(Model model, Tensor x)
            {
                var ob = torch.optim.Adam(model.parameters());
                var scheduler = {{second}};
                while (true)
                {
                    ob.step();{{secondEnd}}
                }
            }
        }

        """ + Main;

    [Fact]
    public Task Two_optimizers_in_one_loop_both_forgotten() => Fixed(
        Forgotten("[|StepLR(oa, 3)|]", "[|StepLR(ob, 3)|]", ""),
        Forgotten("StepLR(oa, 3)", "StepLR(ob, 3)", "\n    sa.step();\n    sb.step();"));

    private static string Forgotten(string a, string b, string end) => $$"""
        var oa = torch.optim.Adam(Linear(1, 1).parameters());
        var ob = torch.optim.Adam(Linear(1, 1).parameters());
        var sa = {{a}};
        var sb = {{b}};
        while (true)
        {
            oa.step();
            ob.step();{{end}}
        }
        """;

    [Theory]
    [InlineData("scheduler.step();")]
    [InlineData("scheduler.step(epoch);")]
    [InlineData("if (epoch % 3 == 0) scheduler.step();")]
    [InlineData("var same = scheduler; same.step();")]
    [InlineData("((LRScheduler)scheduler).step();")]
    [InlineData("(scheduler as LRScheduler)!.step();")]
    [InlineData("if (scheduler is impl.ReduceLROnPlateau p) p.step(1.0); else scheduler.step();")]
    [InlineData("switch (scheduler) { case impl.ReduceLROnPlateau p: p.step(1.0); break; }")]
    [InlineData("scheduler?.step();")]
    [InlineData("Helper.Next(scheduler);")]
    [InlineData("scheduler.Advance();")]
    [InlineData("Next(); void Next() => scheduler.step();")]
    [InlineData("Action next = () => scheduler.step(); next();")]
    [InlineData("Action next = scheduler.step; next();")]
    [InlineData("Helper.Run(() => scheduler.step());")]
    [InlineData("Helper.Run(scheduler.step);")]
    [InlineData("Helper.All.Add(scheduler);")]
    [InlineData("Helper.Last = scheduler;")]
    [InlineData("Helper.Take(ref scheduler);")]
    [InlineData("Helper.Any(scheduler);")]
    [InlineData("var both = (optimizer, scheduler); both.scheduler.step();")]
    [InlineData("var context = new { scheduler }; context.scheduler.step();")]
    [InlineData("new Trainer(scheduler).Next();")]
    [InlineData("new Loop(scheduler).Scheduler.step();")]
    [InlineData("new Context { Scheduler = scheduler };")]
    [InlineData("var all = SequentialLR(optimizer, [scheduler, StepLR(optimizer, 3)], [5]); optimizer.step(); all.step();")]
    [InlineData("var all = ChainedLR(new[] { scheduler }); optimizer.step(); all.step();")]
    [InlineData("var all = ChainedLR(new List<LRScheduler> { scheduler }); optimizer.step(); all.step();")]
    public Task Stepped_or_out_of_sight(string use) => Silent(Epochs("var scheduler = LinearLR(optimizer, 0.1);", use + "\n") + """

        static class Helper
        {
            public static readonly List<LRScheduler> All = new();
            public static LRScheduler? Last;
            public static void Next(LRScheduler scheduler) => scheduler.step();
            public static void Advance(this LRScheduler scheduler) => scheduler.step();
            public static void Run(Action action) => action();
            public static void Take(ref LRScheduler scheduler) => scheduler.step();
            public static void Any(object scheduler) => ((LRScheduler)scheduler).step();
        }

        class Trainer
        {
            private readonly LRScheduler _scheduler;
            public Trainer(LRScheduler scheduler) => _scheduler = scheduler;
            public void Next() => _scheduler.step();
        }

        class Loop
        {
            public LRScheduler Scheduler { get; }
            public Loop(LRScheduler scheduler) => Scheduler = scheduler;
        }

        class Context
        {
            public LRScheduler? Scheduler { get; set; }
        }
        """);

    [Theory]
    [InlineData("Console.WriteLine(scheduler.get_last_lr().First());")]
    [InlineData("Console.WriteLine($\"{scheduler}\");")]
    [InlineData("Console.WriteLine(scheduler);")]
    [InlineData("Console.WriteLine(\"{0} {1} {2} {3}\", epoch, 1, 2, scheduler);")]
    [InlineData("if (scheduler == null) throw new InvalidOperationException(nameof(scheduler));")]
    [InlineData("if (ReferenceEquals(scheduler, optimizer)) break;")]
    [InlineData("ArgumentNullException.ThrowIfNull(scheduler);")]
    [InlineData("Show(scheduler); static void Show(LRScheduler s) => Console.WriteLine(s.get_last_lr().First());")]
    [InlineData("var same = scheduler; Console.WriteLine(same is impl.ReduceLROnPlateau);")]
    public Task Only_looked_at(string use) => Stepping<SteppedBeforeOptimizerFix>.Reported(Id, Epochs("var scheduler = [|LinearLR(optimizer, 0.1)|];", use + "\n"));

    [Theory]
    [InlineData("_ = StepLR(optimizer, 3);")]
    [InlineData("var scheduler = StepLR(optimizer, 3); Console.WriteLine(scheduler.get_last_lr().First());")]
    [InlineData("var scheduler = StepLR(optimizer, 3); for (var i = 0; i < 9; i++) Console.WriteLine(i);")]
    public Task Nothing_trains(string program) => Silent(Setup + program);

    [Fact]
    public Task A_look_at_the_first_rate_of_somebody_elses_optimizer() => Silent("""
        static class Show
        {
            public static void First(Optimizer optimizer)
            {
                var scheduler = StepLR(optimizer, 3);
                Console.WriteLine(scheduler.get_last_lr().First());
            }
        }

        """ + Main);

    [Fact]
    public Task Made_for_somebody_elses_optimizer_and_forgotten() => Reported("""
        static class Configure
        {
            public static void Schedule(Optimizer optimizer)
            {
                var scheduler = [|StepLR(optimizer, 3)|];
            }
        }

        """ + Main);

    [Fact]
    public Task The_optimizer_is_stepped_in_a_wrapper() => Reported(
        Setup + """
        var scheduler = [|StepLR(optimizer, 3)|];
        var all = new List<Optimizer> { optimizer };
        while (true)
            all[0].step();
        """);

    private static string Trainer(string fit, string declaration = "private readonly LRScheduler _scheduler;", string creation = "_scheduler = [|StepLR(_optimizer, 3)|];") => $$"""
        class Trainer
        {
            private readonly Optimizer _optimizer;
            {{declaration}}

            public Trainer(Model model)
            {
                _optimizer = torch.optim.Adam(model.parameters());
                {{creation}}
            }

        {{fit}}
        }

        """ + Main;

    private const string Fit = """
            public void Fit(List<Tensor> data)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    TrainEpoch(data);
                }
            }

            private void TrainEpoch(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    x.backward();
                    _optimizer.step();
                }
            }
        """;

    [Fact]
    public Task Field() => Fixed(
        Trainer(Fit),
        Trainer(Fit.Replace("TrainEpoch(data);\n", "TrainEpoch(data);\n            _scheduler.step();\n"), creation: "_scheduler = StepLR(_optimizer, 3);"));

    [Theory]
    [InlineData("private LRScheduler? _scheduler;", "_scheduler?.step();")]
    [InlineData("private LRScheduler _scheduler { get; set; }", "_scheduler.step();")]
    public Task Nullable_field_and_property(string declaration, string step) => Fixed(
        Trainer(Fit, declaration),
        Trainer(Fit.Replace("TrainEpoch(data);\n", "TrainEpoch(data);\n            " + step + "\n"), declaration, "_scheduler = StepLR(_optimizer, 3);"));

    [Fact]
    public Task A_local_of_the_same_name_hides_the_field() => Fixed(
        Trainer(Fit.Replace("        for (var epoch", "        var _scheduler = 3;\n        for (var epoch")),
        Trainer(
            Fit.Replace("        for (var epoch", "        var _scheduler = 3;\n        for (var epoch").Replace("TrainEpoch(data);\n", "TrainEpoch(data);\n            this._scheduler.step();\n"),
            creation: "_scheduler = StepLR(_optimizer, 3);"));

    [Fact]
    public Task A_method_per_batch_has_no_loop() => Reported(
        Trainer("    public void TrainBatch(Tensor x)\n    {\n        x.backward();\n        _optimizer.step();\n    }"));

    [Theory]
    [InlineData("public LRScheduler Scheduler => _scheduler;")]
    [InlineData("public void Next() => _scheduler.step();")]
    [InlineData("private void Unused() => _scheduler.step();")]
    [InlineData("private sealed class Inner { public static void Next(Trainer t) => t._scheduler.step(); }")]
    [InlineData("public void Next(Trainer other) => other._scheduler.step();")]
    [InlineData("public Action Callback() => _scheduler.step;")]
    [InlineData("public Action Callback() => () => _scheduler.step();")]
    [InlineData("public void Each(List<int> all) => all.ForEach(_ => _scheduler.step());")]
    [InlineData("public LRScheduler Give() { return _scheduler ?? throw new InvalidOperationException(); }")]
    [InlineData("public static implicit operator LRScheduler(Trainer t) => t._scheduler;")]
    public Task Field_stepped_or_out_of_sight(string member) => Silent(
        Trainer(Fit + "\n    " + member, creation: "_scheduler = StepLR(_optimizer, 3);"));

    [Theory]
    [InlineData("public LRScheduler _scheduler;")]
    [InlineData("protected LRScheduler _scheduler;")]
    [InlineData("internal LRScheduler _scheduler;")]
    [InlineData("public LRScheduler _scheduler { get; private set; }")]
    public Task Places_that_others_reach(string declaration) => Silent(
        Trainer(Fit, declaration, "_scheduler = StepLR(_optimizer, 3);") + (declaration.StartsWith("protected", System.StringComparison.Ordinal)
            ? "class Mine(Model model) : Trainer(model)\n{\n    public void Next() => _scheduler.step();\n}\n"
            : "static class Callbacks\n{\n    public static void Next(Trainer trainer) => trainer._scheduler.step();\n}\n"));

    [Theory]
    [InlineData("public LRScheduler _scheduler;")]
    [InlineData("protected LRScheduler _scheduler;")]
    [InlineData("internal LRScheduler _scheduler;")]
    [InlineData("public LRScheduler _scheduler { get; private set; }")]
    public Task Places_that_nobody_else_reaches(string declaration) => Fixed(
        Trainer(Fit, declaration),
        Trainer(Fit.Replace("TrainEpoch(data);\n", "TrainEpoch(data);\n            _scheduler.step();\n"), declaration, "_scheduler = StepLR(_optimizer, 3);"));

    [Fact]
    public Task Stepped_in_another_file() => Stepping<NeverSteppedFix>.Files(
        Id,
        "partial class Trainer { private readonly LRScheduler _scheduler; public Trainer(Optimizer optimizer) { _scheduler = StepLR(optimizer, 3); optimizer.step(); } }" + Main,
        "partial class Trainer { public void Next() => _scheduler.step(); }");

    [Fact]
    public Task Stepped_in_no_file() => Stepping<NeverSteppedFix>.Files(
        Id,
        "partial class Trainer { private readonly LRScheduler _scheduler; public Trainer(Optimizer optimizer) { _scheduler = [|StepLR(optimizer, 3)|]; optimizer.step(); } }" + Main,
        "partial class Trainer { public float Rate() => 3; }");

    [Theory]
    [InlineData("LRScheduler Make() => StepLR(optimizer, 3); Make().step();")]
    [InlineData("LRScheduler Make() { var s = StepLR(optimizer, 3); return s; } Make().step();")]
    [InlineData("Func<LRScheduler> make = () => StepLR(optimizer, 3); make().step();")]
    [InlineData("optimizer.step(); StepLR(optimizer, 3).step();")]
    [InlineData("foreach (var s in new[] { StepLR(optimizer, 3) }) s.step();")]
    public Task Made_and_given_away(string program) => Silent(Setup + "optimizer.step();\n" + program);

    [Theory]
    [InlineData("for (;;) { optimizer.step(); scheduler. }")]
    [InlineData("for (;;) { optimizer.step(); scheduler.stp(); }")]
    [InlineData("for (;;) { optimizer.step(); sched }")]
    [InlineData("for (;;) { optimizer.step(); Next(scheduler); }")]
    [InlineData("for (;;) { optimizer.step(")]
    public Task Half_typed(string program) => Stepping<NeverSteppedFix>.Unfinished(Setup + "var scheduler = StepLR(optimizer, 3);\n" + program);

    [Theory]
    [InlineData("var scheduler = LinearLR(optimizer, start_factor: 0.1, total_iters: 5);", "0.1 of the base learning rate")]
    [InlineData("var scheduler = StepLR(optimizer, 3);", "the base learning rate")]
    [InlineData("var scheduler = LambdaLR(optimizer, e => 0.5);", "0.5 of the base learning rate")]
    [InlineData("var scheduler = OneCycleLR(optimizer, 0.5, total_steps: 100);", "0.2 of the base learning rate")]
    [InlineData("var scheduler = CyclicLR(optimizer, 0.02, 0.2);", "0.2 of the base learning rate")]
    [InlineData("var scheduler = ReduceLROnPlateau(optimizer);", "the base learning rate")]
    [InlineData("var scheduler = SequentialLR(optimizer, [LinearLR(optimizer, 0.1), StepLR(optimizer, 10)], [5]);", "0.1 of the base learning rate")]
    [InlineData("var scheduler = ChainedLR([LinearLR(optimizer, 0.5), ConstantLR(optimizer, 0.5)]);", "0.25 of the base learning rate")]
    [InlineData("var scheduler = LinearLR(optimizer, start_factor: 1.0 / data.Count);", "its first value")]
    public Task Message(string creation, string stays)
    {
        var test = new WarmupTest<WarmupAnalyzers.Rules.SteppingAnalyzer, SteppedBeforeOptimizerFix>
        {
            TestCode = Usings + Epochs(creation.Replace("= ", "= {|#0:").Replace(";", "|};")),
        };
        test.ExpectedDiagnostics.Add(new DiagnosticResult(WarmupAnalyzers.Rules.NeverStepped.Descriptor).WithLocation(0)
            .WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage($"The scheduler is never stepped, so the learning rate stays at {stays} for the whole training"));
        return test.RunAsync(System.Threading.CancellationToken.None);
    }
}
