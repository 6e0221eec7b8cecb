using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Schedulers kept in fields and handed through methods.</summary>
public class SteppedBeforeOptimizerInTypesTests
{
    private const string Id = "WARM3002";

    private static Task Fixed(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerFix>.Fixed(Id, source + Main, fixedSource + Main);

    private static Task Reviewed(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerReviewFix>.Fixed(Id, source + Main, fixedSource + Main);

    private static Task Reported(string source) => Stepping<SteppedBeforeOptimizerFix>.Reported(Id, source + Main);

    private static Task Silent(string source) => Stepping<SteppedBeforeOptimizerFix>.Silent(source + Main);

    /// <summary>A trainer that keeps everything in private fields.</summary>
    private static string Trainer(string members, string scheduler = "private readonly LRScheduler _scheduler;", string constructor = "_scheduler = StepLR(_optimizer, 3);") => $$"""
        class Trainer
        {
            private readonly Model _model;
            private readonly Optimizer _optimizer;
            {{scheduler}}

            public Trainer(Model model)
            {
                _model = model;
                _optimizer = torch.optim.Adam(model.parameters());
                {{constructor}}
            }

        {{members}}
        }

        """;

    private const string TrainBatch = """
            private void TrainBatch(Tensor x)
            {
                _optimizer.zero_grad();
                _model.forward(x).backward();
                _optimizer.step();
            }

        """;

    [Fact]
    public Task Field_stepped_at_the_top() => Fixed(
        Trainer(TrainBatch + """
            public void Fit(Tensor x)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    [|_scheduler.step()|];
                    TrainBatch(x);
                }
            }
        """),
        Trainer(TrainBatch + """
            public void Fit(Tensor x)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    TrainBatch(x);
                    _scheduler.step();
                }
            }
        """));

    [Fact]
    public Task The_program_that_starts_in_the_same_type() => Stepping<SteppedBeforeOptimizerFix>.Reported(Id, Trainer(TrainBatch + """
            public static void Main() => new Trainer(Linear(3, 3)).Fit(torch.ones(3));

            public void Fit(Tensor x)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    TrainBatch(x);
                    Console.WriteLine(Validate(x));
                    _scheduler.step();
                }
            }

            private float Validate(Tensor x)
            {
                _model.eval();
                return _model.forward(x).ToSingle();
            }
        """, constructor: "_scheduler = StepLR(_optimizer, 3);\n        [|_scheduler.step()|];"));

    [Theory]
    [InlineData("private LRScheduler Scheduler { get; }", "Scheduler = StepLR(_optimizer, 3);", "Scheduler")]
    [InlineData("private LRScheduler? _s;", "_s = StepLR(_optimizer, 3);", "_s?")]
    [InlineData("private LRScheduler? _s;", "_s ??= StepLR(_optimizer, 3);", "_s?")]
    [InlineData("private static LRScheduler? s_s;", "s_s = StepLR(_optimizer, 3);", "s_s?")]
    [InlineData("private LRScheduler _s = null!;", "Prepare(); } private void Prepare() { _s = StepLR(_optimizer, 3);", "_s")]
    [InlineData("private LRScheduler _s = null!;", "Prepare(_optimizer); } private void Prepare(Optimizer optimizer) { _s = StepLR(optimizer, 3);", "_s")]
    [InlineData("private LRScheduler _s = null!;", "(_s, var n) = (StepLR(_optimizer, 3), 1); Console.WriteLine(n);", "_s")]
    public Task Kept_in_any_private_place(string declaration, string constructor, string name) => Fixed(
        Trainer(TrainBatch + Fit((name.EndsWith('?') ? name + "[|.step()|];" : "[|" + name + ".step()|];") + " TrainBatch(x);"), declaration, constructor),
        Trainer(TrainBatch + Fit("TrainBatch(x); " + name + ".step();"), declaration, constructor));

    private static string Fit(string body) => "    public void Fit(Tensor x)\n    {\n        while (true)\n        {\n            " + body + "\n        }\n    }\n";

    [Fact]
    public Task Made_lazily() => Fixed(
        Trainer(TrainBatch + Fit("_s ??= StepLR(_optimizer, 3); [|_s.step()|]; TrainBatch(x);"), "private LRScheduler? _s;", ""),
        Trainer(TrainBatch + Fit("_s ??= StepLR(_optimizer, 3); TrainBatch(x); _s.step();"), "private LRScheduler? _s;", ""));

    [Theory]
    [InlineData("TrainBatch(x); _scheduler.step();")]
    [InlineData("TrainBatch(x); Next();")]
    [InlineData("this.TrainBatch(x); this.Next();")]
    public Task In_the_right_order(string body) => Silent(
        Trainer(TrainBatch + "    private void Next() => _scheduler.step();\n" + Fit(body)));

    [Fact]
    public Task The_first_call_makes_it_and_the_later_ones_step_it() => Silent(
        Trainer(TrainBatch + Fit("if (_s == null) _s = StepLR(_optimizer, 3); else _s.step(); TrainBatch(x);"), "private LRScheduler? _s;", ""));

    [Fact]
    public Task Steps_in_methods_that_anybody_may_call() => Silent(
        Trainer(TrainBatch.Replace("private", "public") + "    public void Next() => _scheduler.step();\n" + Fit("_scheduler.step(); TrainBatch(x);")));

    [Fact]
    public Task Steps_in_methods_of_an_event() => Silent(
        Trainer(TrainBatch + """
            private void OnBatch(object? sender, Tensor x) => TrainBatch(x);
            private void OnEpoch(object? sender, EventArgs e) => _scheduler.step();
            public void Listen(Source source)
            {
                source.Batch += OnBatch;
                source.Epoch += OnEpoch;
            }
        """) + """
        class Source
        {
            public event EventHandler<Tensor>? Batch;
            public event EventHandler? Epoch;
            public void Raise(Tensor x)
            {
                Epoch?.Invoke(this, EventArgs.Empty);
                Batch?.Invoke(this, x);
            }
        }
        """);

    [Fact]
    public Task In_a_private_helper() => Reported(
        Trainer(TrainBatch + "    private void Next() { [|_scheduler.step()|]; }\n" + Fit("Next(); TrainBatch(x);")));

    [Fact]
    public Task In_a_method_per_epoch() => Reviewed(
        Trainer("""
            public void TrainEpoch(List<Tensor> data)
            {
                [|_scheduler.step()|];
                foreach (var x in data)
                {
                    _optimizer.zero_grad();
                    _model.forward(x).backward();
                    _optimizer.step();
                }
            }
        """),
        Trainer("""
            public void TrainEpoch(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    _optimizer.zero_grad();
                    _model.forward(x).backward();
                    _optimizer.step();
                }
                _scheduler.step();
            }
        """));

    [Fact]
    public Task Async() => Fixed(
        Trainer("""
            public async Task FitAsync(List<Tensor> data)
            {
                while (data.Count > 0)
                {
                    [|_scheduler.step()|];
                    await TrainAsync(data).ConfigureAwait(false);
                }
            }

            private async Task TrainAsync(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    await Task.Yield();
                    _model.forward(x).backward();
                    _optimizer.step();
                }
            }
        """),
        Trainer("""
            public async Task FitAsync(List<Tensor> data)
            {
                while (data.Count > 0)
                {
                    await TrainAsync(data).ConfigureAwait(false);
                    _scheduler.step();
                }
            }

            private async Task TrainAsync(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    await Task.Yield();
                    _model.forward(x).backward();
                    _optimizer.step();
                }
            }
        """));

    [Fact]
    public Task A_task_that_is_not_awaited_is_anybodys_guess() => Silent(
        Trainer("""
            public void Fit(Tensor x)
            {
                var training = TrainAsync(x);
                while (true)
                {
                    _scheduler.step();
                    _optimizer.step();
                }
            }

            private async Task TrainAsync(Tensor x)
            {
                await Task.Yield();
                _model.forward(x).backward();
                _optimizer.step();
            }
        """));

    [Fact]
    public Task An_iterator_runs_when_it_is_asked() => Silent(
        Trainer("""
            public void Fit(List<Tensor> data)
            {
                foreach (var loss in Losses(data))
                {
                    _scheduler.step();
                    Console.WriteLine(loss);
                }
            }

            private IEnumerable<float> Losses(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    _optimizer.step();
                    yield return 1;
                }
            }
        """));

    [Theory]
    [InlineData("public LRScheduler Scheduler => _scheduler;")]
    [InlineData("public LRScheduler Get() { return _scheduler; }")]
    [InlineData("public void Fill(List<LRScheduler> all) => all.Add(_scheduler);")]
    [InlineData("public void Fill(out LRScheduler one) => one = _scheduler;")]
    [InlineData("public void Fill(LRScheduler[] all) => all[0] = _scheduler;")]
    [InlineData("public (Optimizer, LRScheduler) Both() => (_optimizer, _scheduler);")]
    [InlineData("public Action Next => () => _optimizer.step();")]
    [InlineData("public Optimizer Optimizer => _optimizer;")]
    [InlineData("public void Train() => _optimizer.step();")]
    [InlineData("public void Share(List<Optimizer> all) => all.Add(_optimizer);")]
    [InlineData("public void Swap(Trainer other) => other._optimizer.step();")]
    public Task Silent_with(string member) => Silent(
        Trainer(TrainBatch + "    " + member + "\n" + Fit("_scheduler.step(); TrainBatch(x);")));

    [Fact]
    public Task Virtual_steps_and_callbacks() => Silent("""
        abstract class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;
            protected Trainer(Model model)
            {
                _optimizer = torch.optim.Adam(model.parameters());
                _scheduler = StepLR(_optimizer, 3);
            }

            protected abstract void Backward();
            protected virtual void OptimizeStep() => _optimizer.step();
            protected virtual void OnEpoch() { }
            public void Fit()
            {
                while (true)
                {
                    OnEpoch();
                    _scheduler.step();
                    Backward();
                    OptimizeStep();
                }
            }
        }

        class Mine : Trainer
        {
            public Mine(Model model) : base(model) { }
            protected override void Backward() { }
            protected override void OnEpoch() => OptimizeStep();
        }
        """);

    [Fact]
    public Task Protected_scheduler() => Silent("""
        abstract class Trainer
        {
            protected Optimizer Optimizer;
            protected LRScheduler Scheduler;
            protected Trainer(Model model)
            {
                Optimizer = torch.optim.Adam(model.parameters());
                Scheduler = StepLR(Optimizer, 3);
            }

            public void Fit()
            {
                while (true)
                {
                    Scheduler.step();
                    Optimizer.step();
                }
            }
        }
        """);

    private const string Schedule = """
        static class Schedule
        {
            public static void Next(LRScheduler scheduler) => scheduler.step();
            public static void Advance(this LRScheduler scheduler) => scheduler.step();
            public static void Train(Model model, Optimizer optimizer, Tensor x)
            {
                optimizer.zero_grad();
                model.forward(x).backward();
                optimizer.step();
            }
        }

        """;

    private static string Method(string body) => Schedule + $$"""
        static class Training
        {
            public static void Run(Model model, Tensor x, Optimizer optimizer)
            {
                var scheduler = StepLR(optimizer, 3);
                while (true)
                {
                    {{body}}
                }
            }
        }

        """;

    [Fact]
    public Task Training_in_a_static_method_elsewhere() => Fixed(
        Method("[|scheduler.step()|];\n            Schedule.Train(model, optimizer, x);"),
        Method("Schedule.Train(model, optimizer, x);\n            scheduler.step();"));

    [Theory]
    [InlineData("Schedule.Train(model, optimizer, x); scheduler.step();")]
    [InlineData("Schedule.Train(model, optimizer, x); scheduler.Advance();")]
    [InlineData("Schedule.Train(model, optimizer, x); Schedule.Next(scheduler);")]
    public Task Through_methods_in_the_right_order(string body) => Silent(Method(body));

    [Theory]
    [InlineData("scheduler.Advance(); Schedule.Train(model, optimizer, x);")]
    [InlineData("Schedule.Next(scheduler); Schedule.Train(model, optimizer, x);")]
    public Task Through_methods_it_is_reported_where_it_is_written(string body) => Reported(
        Method(body).Replace(body.StartsWith("Schedule") ? "Next(LRScheduler scheduler) => scheduler.step()" : "Advance(this LRScheduler scheduler) => scheduler.step()",
            body.StartsWith("Schedule") ? "Next(LRScheduler scheduler) => [|scheduler.step()|]" : "Advance(this LRScheduler scheduler) => [|scheduler.step()|]"));

    [Fact]
    public Task In_another_file_it_is_reported_at_the_call_that_leads_there() => Stepping<SteppedBeforeOptimizerFix>.Files(
        Id,
        Method("[|scheduler.Advance()|]; Schedule.Train(model, optimizer, x);").Replace(Schedule, "") + Main,
        Schedule);

    [Fact]
    public Task In_the_other_half_of_a_partial_type_it_is_reported_at_the_creation() => Stepping<SteppedBeforeOptimizerFix>.Files(
        Id,
        """
        partial class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;
            public Trainer(Model model)
            {
                _optimizer = torch.optim.Adam(model.parameters());
                _scheduler = [|StepLR(_optimizer, 3)|];
            }
        }
        """ + Main,
        """
        partial class Trainer
        {
            public void Fit()
            {
                while (true)
                {
                    _scheduler.step();
                    _optimizer.step();
                }
            }
        }
        """);

    [Fact]
    public Task Handed_to_an_object_with_source() => Fixed(
        Handed("[|_scheduler.step()|];\n            _optimizer.step();"),
        Handed("_optimizer.step();\n            _scheduler.step();"));

    [Fact]
    public Task Handed_to_an_object_with_source_in_the_right_order() => Silent(
        Handed("_optimizer.step();\n            _scheduler.step();"));

    private static string Handed(string body) => $$"""
        static class Start
        {
            public static void Go(Model model)
            {
                var optimizer = torch.optim.Adam(model.parameters());
                var loop = new EpochLoop(optimizer, CosineAnnealingLR(optimizer, 10));
                loop.Run();
            }
        }

        sealed class EpochLoop
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;
            public EpochLoop(Optimizer optimizer, LRScheduler scheduler)
            {
                _optimizer = optimizer;
                _scheduler = scheduler;
            }

            public void Run()
            {
                while (true)
                {
                    {{body}}
                }
            }
        }

        """;

    [Fact]
    public Task Primary_constructor() => Fixed(
        Primary("[|scheduler.step()|]; optimizer.step();"),
        Primary("optimizer.step(); scheduler.step();"));

    private static string Primary(string body) => $$"""
        static class Start
        {
            public static void Go(Model model)
            {
                var optimizer = torch.optim.Adam(model.parameters());
                new EpochLoop(optimizer, CosineAnnealingLR(optimizer, 10)).Run();
            }
        }

        sealed class EpochLoop(Optimizer optimizer, LRScheduler scheduler)
        {
            public void Run()
            {
                while (true)
                {
                    {{body}}
                }
            }
        }

        """;

    [Fact]
    public Task Two_optimizers_through_one_helper() => Fixed(
        Gan("[|schedulerG.step()|]; Update(discriminator, x); Update(generator, x); schedulerD.step();"),
        Gan("Update(discriminator, x); Update(generator, x); schedulerD.step(); schedulerG.step();"));

    [Theory]
    [InlineData("Update(discriminator, x); schedulerD.step(); Update(generator, x); schedulerG.step();")]
    [InlineData("Next(schedulerD, discriminator, x); Update(generator, x); schedulerG.step();")]
    public Task Two_optimizers_through_one_helper_in_the_right_order(string body) => Silent(Gan(body));

    private static string Gan(string body) => $$"""
        static class Gan
        {
            public static void Train(Model g, Model d, Tensor x)
            {
                var generator = torch.optim.Adam(g.parameters());
                var discriminator = torch.optim.Adam(d.parameters());
                var schedulerG = StepLR(generator, 3);
                var schedulerD = StepLR(discriminator, 3);
                while (true)
                {
                    {{body}}
                }
            }

            private static void Update(Optimizer optimizer, Tensor loss)
            {
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
            }

            private static void Next(LRScheduler scheduler, Optimizer optimizer, Tensor loss)
            {
                Update(optimizer, loss);
                scheduler.step();
            }
        }

        """;

    [Fact]
    public Task Mixed_precision_wrapper() => Silent("""
        class Amp
        {
            private readonly Optimizer _optimizer;
            public Amp(Optimizer optimizer) => _optimizer = optimizer;
            public void Step(Tensor loss) { loss.backward(); _optimizer.step(); }
        }

        static class Training
        {
            public static void Run(Model model, Tensor x)
            {
                var optimizer = torch.optim.Adam(model.parameters());
                var scheduler = StepLR(optimizer, 3);
                var amp = new Amp(optimizer);
                while (true)
                {
                    amp.Step(model.forward(x));
                    scheduler.step();
                }
            }
        }
        """);

    [Fact]
    public Task Behind_a_flag() => Silent("""
        static class Training
        {
            public static void Run(Model model, Tensor x)
            {
                var optimizer = torch.optim.Adam(model.parameters());
                var scheduler = StepLR(optimizer, 3);
                for (var epoch = 0; epoch < 3; epoch++)
                {
                    RunEpoch(model, optimizer, x, train: true);
                    scheduler.step();
                    RunEpoch(model, optimizer, x, train: false);
                }
            }

            private static void RunEpoch(Model model, Optimizer optimizer, Tensor x, bool train)
            {
                var loss = model.forward(x);
                if (train)
                {
                    loss.backward();
                    optimizer.step();
                }
            }
        }
        """);

    [Fact]
    public Task A_recursion_is_not_told() => Silent(
        Trainer("""
            public void Fit(int depth)
            {
                if (depth > 0)
                    Fit(depth - 1);
                _scheduler.step();
                _optimizer.step();
            }
        """));

    [Fact]
    public Task Behind_an_interface() => Silent("""
        interface IStep { void Step(); }
        class Optimize : IStep
        {
            private readonly Optimizer _optimizer;
            public Optimize(Optimizer optimizer) => _optimizer = optimizer;
            public void Step() => _optimizer.step();
        }

        static class Training
        {
            public static void Run(Model model)
            {
                var optimizer = torch.optim.Adam(model.parameters());
                IStep step = new Optimize(optimizer);
                var scheduler = StepLR(optimizer, 3);
                while (true)
                {
                    step.Step();
                    scheduler.step();
                    optimizer.step();
                }
            }
        }
        """);
}
