using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Whole programs as people write them; what is marked ought to be reported, and nothing else.</summary>
public class SteppingInRealProgramsTests
{
    private static Task Before(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerFix>.Fixed("WARM3002", source, fixedSource);

    private static Task Before(string source) => Stepping<SteppedBeforeOptimizerFix>.Reported("WARM3002", source);

    private static Task Never(string source) => Stepping<NeverSteppedFix>.Reported("WARM3001", source);

    private static Task Silent(string source) => Stepping<NeverSteppedFix>.Silent(source);

    private static string Mnist(string top, string bottom) => $$"""
        static class Mnist
        {
            private const int Epochs = 10;

            public static void Main()
            {
                var model = Linear(784, 10);
                var loader = new List<(Tensor, Tensor)>();
                using var optimizer = optim.Adam(model.parameters());
                var scheduler = optim.lr_scheduler.StepLR(optimizer, 1, 0.7);
                for (var epoch = 1; epoch <= Epochs; epoch++)
                {{{top}}
                    Train(model, optimizer, NLLLoss(), loader, epoch);
                    Test(model, NLLLoss(), loader);{{bottom}}
                }
            }

            private static void Train(Model model, Optimizer optimizer, Loss<Tensor, Tensor, Tensor> loss, List<(Tensor, Tensor)> loader, int epoch)
            {
                model.train();
                using var scope = NewDisposeScope();
                foreach (var (data, target) in loader)
                {
                    optimizer.zero_grad();
                    var output = loss.forward(model.forward(data), target);
                    output.backward();
                    optimizer.step();
                    if (epoch % 3 == 0)
                        Console.WriteLine($"{epoch} {output.ToSingle()}");
                    scope.DisposeEverything();
                }
            }

            private static void Test(Model model, Loss<Tensor, Tensor, Tensor> loss, List<(Tensor, Tensor)> loader)
            {
                model.eval();
                using (no_grad())
                {
                    foreach (var (data, target) in loader)
                        Console.WriteLine(loss.forward(model.forward(data), target).ToSingle());
                }
            }
        }
        """;

    [Fact]
    public Task Mnist_with_the_step_first() => Before(
        Mnist("\n            [|scheduler.step()|];\n", ""),
        Mnist("", "\n            scheduler.step();"));

    [Fact]
    public Task Mnist_as_it_should_be() => Silent(Mnist("", "\n            scheduler.step();"));

    [Fact]
    public Task Mnist_without_a_step() => Stepping<NeverSteppedFix>.Fixed(
        "WARM3001",
        Mnist("", "").Replace("optim.lr_scheduler.StepLR(optimizer, 1, 0.7)", "[|optim.lr_scheduler.StepLR(optimizer, 1, 0.7)|]"),
        Mnist("", "\n            scheduler.step();"));

    [Fact]
    public Task A_field_initializer_from_a_primary_constructor() => Before("""
        new Trainer<Model>(Linear(1, 1), optim.SGD(Linear(1, 1).parameters(), 0.1)).Fit([]);

        sealed class Trainer<TModel>(TModel model, Optimizer optimizer)
            where TModel : Model
        {
            private readonly LRScheduler _scheduler = new impl.CosineAnnealingLR(optimizer, 10);

            public void Fit(Tensor[] data)
            {
                foreach (var epoch in Enumerable.Range(0, 10))
                {
                    [|_scheduler.step()|];
                    foreach (var x in data)
                        Batch(x);
                }
            }

            private void Batch(Tensor x)
            {
                optimizer.zero_grad();
                model.forward(x).backward();
                optimizer.step();
            }
        }
        """, """
        new Trainer<Model>(Linear(1, 1), optim.SGD(Linear(1, 1).parameters(), 0.1)).Fit([]);

        sealed class Trainer<TModel>(TModel model, Optimizer optimizer)
            where TModel : Model
        {
            private readonly LRScheduler _scheduler = new impl.CosineAnnealingLR(optimizer, 10);

            public void Fit(Tensor[] data)
            {
                foreach (var epoch in Enumerable.Range(0, 10))
                {
                    foreach (var x in data)
                        Batch(x);
                    _scheduler.step();
                }
            }

            private void Batch(Tensor x)
            {
                optimizer.zero_grad();
                model.forward(x).backward();
                optimizer.step();
            }
        }
        """);

    [Fact]
    public Task A_scheduler_that_is_only_logged() => Never("""
        new Trainer(Linear(1, 1)).TrainBatch(ones(1));

        sealed class Trainer
        {
            private readonly Model _model;
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(Model model)
            {
                (_model, _optimizer) = (model, optim.AdamW(model.parameters()));
                _scheduler = [|LinearLR(_optimizer, start_factor: 0.01, total_iters: 100)|];
            }

            public double Rate => _scheduler.get_last_lr().First();

            public float TrainBatch(Tensor x)
            {
                _optimizer.zero_grad();
                var loss = _model.forward(x);
                loss.backward();
                _optimizer.step();
                Console.WriteLine(Rate);
                return loss.ToSingle();
            }
        }
        """);

    [Fact]
    public Task One_cycle_per_batch_in_the_wrong_order() => Before(
        OneCycle("[|scheduler.step()|]; // next rate\n        optimizer.step();"),
        OneCycle("optimizer.step();\n        scheduler.step(); // next rate"));

    private static string OneCycle(string steps) => $$"""
        var model = Linear(1, 1);
        var batches = new List<Tensor>();
        var optimizer = optim.SGD(model.parameters(), learningRate: 0.1);
        var scheduler = OneCycleLR(optimizer, 0.1, epochs: 10, steps_per_epoch: batches.Count);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var x in batches)
            {
                optimizer.zero_grad();
                model.forward(x).backward();
                {{steps}}
            }
        }
        """;

    [Fact]
    public Task A_choice_of_schedulers_by_name() => Before("""
        Run(args[0], Linear(1, 1));

        static void Run(string name, Model model)
        {
            Optimizer optimizer = name.Length > 3 ? optim.Adam(model.parameters()) : optim.SGD(model.parameters(), 0.1);
            LRScheduler? scheduler = name switch
            {
                "step" => StepLR(optimizer, 3),
                "cosine" => CosineAnnealingLR(optimizer, 10),
                _ => null,
            };
            for (var epoch = 0; epoch < 10; epoch++)
            {
                scheduler?[|.step()|];
                optimizer.zero_grad();
                model.forward(ones(1)).backward();
                optimizer.step();
            }
        }
        """, """
        Run(args[0], Linear(1, 1));

        static void Run(string name, Model model)
        {
            Optimizer optimizer = name.Length > 3 ? optim.Adam(model.parameters()) : optim.SGD(model.parameters(), 0.1);
            LRScheduler? scheduler = name switch
            {
                "step" => StepLR(optimizer, 3),
                "cosine" => CosineAnnealingLR(optimizer, 10),
                _ => null,
            };
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.zero_grad();
                model.forward(ones(1)).backward();
                optimizer.step();
                scheduler?.step();
            }
        }
        """);

    [Fact]
    public Task A_sequence_from_a_helper_object_and_async_data() => Before("""
        await Training.RunAsync(Linear(1, 1));

        static class Training
        {
            public static async Task RunAsync(Model model)
            {
                var optimizer = CreateOptimizer(model);
                var warmup = LinearLR(optimizer, 0.1, total_iters: 5);
                var decay = ExponentialLR(optimizer, 0.9);
                var scheduler = SequentialLR(optimizer, new[] { warmup, decay }, new[] { 5 });
                await foreach (var x in Batches())
                {
                    [|scheduler.step()|];
                    optimizer.zero_grad();
                    model.forward(x).backward();
                    optimizer.step();
                }
            }

            private static Optimizer CreateOptimizer(Model model) => optim.RMSProp(model.parameters());

            private static async IAsyncEnumerable<Tensor> Batches()
            {
                await Task.Yield();
                yield return ones(1);
            }
        }
        """, """
        await Training.RunAsync(Linear(1, 1));

        static class Training
        {
            public static async Task RunAsync(Model model)
            {
                var optimizer = CreateOptimizer(model);
                var warmup = LinearLR(optimizer, 0.1, total_iters: 5);
                var decay = ExponentialLR(optimizer, 0.9);
                var scheduler = SequentialLR(optimizer, new[] { warmup, decay }, new[] { 5 });
                await foreach (var x in Batches())
                {
                    optimizer.zero_grad();
                    model.forward(x).backward();
                    optimizer.step();
                    scheduler.step();
                }
            }

            private static Optimizer CreateOptimizer(Model model) => optim.RMSProp(model.parameters());

            private static async IAsyncEnumerable<Tensor> Batches()
            {
                await Task.Yield();
                yield return ones(1);
            }
        }
        """);

    [Fact]
    public Task A_module_that_trains_itself() => Before("""
        new Net().Fit(ones(1));

        sealed class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> _layer = Linear(1, 1);
            private Optimizer? _optimizer;
            private LRScheduler? _scheduler;

            public Net() : base(nameof(Net)) => RegisterComponents();

            public override Tensor forward(Tensor input) => _layer.forward(input);

            public void Fit(Tensor x)
            {
                _optimizer ??= optim.Adam(parameters());
                _scheduler ??= StepLR(_optimizer, 10);
                for (var i = 0; i < 100; i++)
                {
                    _optimizer.zero_grad();
                    forward(x).backward();
                    if (_scheduler != null)
                        [|_scheduler.step()|];
                    _optimizer.step();
                }
            }
        }
        """);

    [Fact]
    public Task Callbacks_in_a_list() => Silent("""
        var optimizer = optim.SGD(Linear(1, 1).parameters(), 0.1);
        var loop = new TrainingLoop();
        loop.Callbacks.Add(new SchedulerCallback(StepLR(optimizer, 3)));
        loop.Callbacks.Add(new OptimizerCallback(optimizer));
        loop.Run();

        interface ICallback { void OnBatch(); void OnEpoch(); }

        sealed class SchedulerCallback : ICallback
        {
            private readonly LRScheduler _scheduler;
            public SchedulerCallback(LRScheduler scheduler) => _scheduler = scheduler;
            public void OnBatch() { }
            public void OnEpoch() => _scheduler.step();
        }

        sealed class OptimizerCallback : ICallback
        {
            private readonly Optimizer _optimizer;
            public OptimizerCallback(Optimizer optimizer) => _optimizer = optimizer;
            public void OnBatch() => _optimizer.step();
            public void OnEpoch() { }
        }

        sealed class TrainingLoop
        {
            public List<ICallback> Callbacks { get; } = new();
            public void Run()
            {
                foreach (var callback in Callbacks) callback.OnEpoch();
                foreach (var callback in Callbacks) callback.OnBatch();
            }
        }
        """);

    [Fact]
    public Task A_scheduler_of_the_users_own_round_one_of_ours() => Silent("""
        var optimizer = optim.SGD(Linear(1, 1).parameters(), 0.1);
        var scheduler = new Clamped(optimizer, ExponentialLR(optimizer, 0.9));
        while (true)
        {
            optimizer.step();
            scheduler.step();
        }

        sealed class Clamped : LRScheduler
        {
            private readonly LRScheduler _inner;
            public Clamped(Optimizer optimizer, LRScheduler inner) : base(optimizer) => _inner = inner;
            public override void step()
            {
                _inner.step();
                base.step();
            }
        }
        """);

    [Fact]
    public Task An_optimizer_of_the_users_own_round_one_of_theirs() => Silent("""
        var inner = optim.SGD(Linear(1, 1).parameters(), 0.1);
        var lookahead = new Lookahead(inner);
        var scheduler = StepLR(inner, 3);
        while (true)
        {
            lookahead.step();
            scheduler.step();
            inner.step();
        }

        sealed class Lookahead : Optimizer
        {
            private readonly Optimizer _inner;
            public Lookahead(Optimizer inner) : base(IntPtr.Zero) => _inner = inner;
            public override Tensor step(Func<Tensor>? closure = null) => _inner.step(closure);
        }
        """);

    [Fact]
    public Task Configured_by_an_override() => Silent("""
        new Mine().Fit();

        abstract class Lightning
        {
            protected abstract (Optimizer, LRScheduler) Configure();
            protected abstract Tensor Loss();
            public void Fit()
            {
                var (optimizer, scheduler) = Configure();
                while (true)
                {
                    Loss().backward();
                    optimizer.step();
                    scheduler.step();
                }
            }
        }

        sealed class Mine : Lightning
        {
            private readonly Model _model = Linear(1, 1);
            protected override (Optimizer, LRScheduler) Configure()
            {
                var optimizer = optim.Adam(_model.parameters());
                return (optimizer, StepLR(optimizer, 3));
            }

            protected override Tensor Loss() => _model.forward(ones(1));
        }
        """);

    [Theory]
    [InlineData("var lazy = new Lazy<LRScheduler>(() => StepLR(optimizer, 3)); while (true) { optimizer.step(); lazy.Value.step(); }")]
    [InlineData("var byName = new Dictionary<string, LRScheduler> { [\"a\"] = StepLR(optimizer, 3) }; while (true) { byName[\"a\"].step(); optimizer.step(); }")]
    [InlineData("var all = new[] { StepLR(optimizer, 3), ExponentialLR(optimizer, 0.9) }; while (true) { optimizer.step(); foreach (var s in all) s.step(); }")]
    [InlineData("IEnumerable<LRScheduler> All() { yield return StepLR(optimizer, 3); } foreach (var s in All()) s.step(); optimizer.step();")]
    [InlineData("var s = StepLR(optimizer, 3); var isFirst = true; while (true) { if (!isFirst) s.step(); isFirst = false; optimizer.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); var buffer = new List<int>(); while (true) { buffer.Add(1); if (buffer.Count < 100) continue; optimizer.step(); s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var i = 0; i < 500; i++) { optimizer.step(); if (i % 100 == 99) s.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); var epoch = 0; while (epoch <= 10) { try { optimizer.step(); } finally { s.step(); epoch++; } }")]
    [InlineData("foreach (var stage in new[] { 1, 2 }) { var s = StepLR(optimizer, stage); for (var e = 0; e < 3; e++) { optimizer.step(); s.step(); } }")]
    [InlineData("var s = StepLR(optimizer, 3); Enumerable.Range(0, 9).ToList().ForEach(e => { optimizer.step(); s.step(); });")]
    [InlineData("var s = StepLR(optimizer, 3); AppDomain.CurrentDomain.ProcessExit += (_, _) => s.step(); optimizer.step();")]
    [InlineData("var s = StepLR(optimizer, 3); var o = optimizer; o.step(); while (true) { s.step(); optimizer.step(); }")]
    [InlineData("var s = ReduceLROnPlateau(optimizer); while (true) { s.step(1.0); optimizer.step(); }")]
    [InlineData("LRScheduler s = ReduceLROnPlateau(optimizer); while (true) { optimizer.step(); using (no_grad()) { s.step(1.0); } }")]
    [InlineData("dynamic s = StepLR(optimizer, 3); while (true) { s.step(); optimizer.step(); }")]
    [InlineData("object s = StepLR(optimizer, 3); while (true) { optimizer.step(); ((LRScheduler)s).step(); }")]
    [InlineData("Action<Optimizer> train = o => o.step(); var s = StepLR(optimizer, 3); while (true) { train(optimizer); s.step(); optimizer.step(); }")]
    [InlineData("Func<LRScheduler> get; var s = StepLR(optimizer, 3); get = () => s; while (true) { optimizer.step(); get().step(); }")]
    [InlineData("unsafe { } var s = StepLR(optimizer, 3); ref var r = ref s; while (true) { r.step(); optimizer.step(); }")]
    public Task Idioms(string program) => Silent(SteppingProgram.Setup + program.Replace("unsafe { } ", ""));

    [Theory]
    [InlineData("LRScheduler s; s = StepLR(optimizer, 3); while (true) { { [|s.step()|]; } optimizer.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); void Epoch() { [|s.step()|]; Batch(); } void Batch() => optimizer.step(); for (;;) Epoch();")]
    [InlineData("object s = StepLR(optimizer, 3); while (true) { if (s is LRScheduler q) { [|q.step()|]; } else { ((LRScheduler)s).step(); } optimizer.step(); }")]
    [InlineData("var o = optimizer; var s = StepLR(o, 3); for (var i = 0; i < 3; i++) { for (var j = 0; j < 1; j++) [|s.step()|]; optimizer.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); var e = 0; while (e++ < 10) { _ = s.get_last_lr(); lock (s) { [|s.step()|]; } optimizer.step(); }")]
    [InlineData("var s = StepLR(optimizer, 3); for (var i = 0; i < 3; [|s.step()|], i++, optimizer.step()) { }")]
    [InlineData("var s = StepLR(optimizer, 3); Func<Tensor> loss = () => model.forward(ones(1)); while (true) { if (data.Count == 0) { [|s.step()|]; loss().backward(); } else { s.step(); } optimizer.step(); }")]
    public Task Wrong_without_a_fix(string program) => Before(SteppingProgram.Setup + program);
}
