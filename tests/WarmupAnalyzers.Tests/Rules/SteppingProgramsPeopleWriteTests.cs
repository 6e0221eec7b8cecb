using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Programs as people write them that the two stepping rules, their messages or their fixes got wrong.</summary>
public class SteppingProgramsPeopleWriteTests
{
    private static Task Silent(string source) => Stepping<NeverSteppedFix>.Silent(source);

    private static Task Never(string source, string fixedSource) => Stepping<NeverSteppedFix>.Fixed("WARM3001", source, fixedSource);

    /// <summary>Reported, and mended by a person only.</summary>
    private static Task NeverAndNoSafeFix(string source) => Stepping<NeverSteppedFix>.Reported("WARM3001", source);

    private static Task BeforeAndNoSafeFix(string source) => Stepping<SteppedBeforeOptimizerFix>.Reported("WARM3002", source);

    [Theory]
    [InlineData("Action advance = () => scheduler.step();", "void EndEpoch() { advance(); }", "EndEpoch();")]
    [InlineData("Func<Task> advance = async () => { await Task.Yield(); scheduler.step(); };", "async Task EndEpoch() { await advance(); }", "await EndEpoch();")]
    public Task A_local_function_calls_the_delegate_that_steps_the_scheduler(string delegateSource, string function, string call) => Silent(Setup + $$"""
        var scheduler = StepLR(optimizer, 3);
        {{delegateSource}}
        {{function}}
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
            {{call}}
        }
        """);

    [Fact]
    public Task A_local_function_calls_the_delegate_that_steps_the_optimizer() => Silent(Setup + """
        var scheduler = StepLR(optimizer, 3);
        Action train = () =>
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
        };
        void Epoch() => train();
        for (var epoch = 0; epoch < 10; epoch++)
        {
            Epoch();
            scheduler.step();
        }
        optimizer.step(); // what is left of the accumulated gradients
        """);

    [Theory]
    [InlineData("dynamic", "_scheduler.step();")]
    [InlineData("object", "_scheduler.GetType().GetMethod(\"step\", Type.EmptyTypes)!.Invoke(_scheduler, null);")]
    [InlineData("object", "s_all.Add(_scheduler);")]
    public Task A_private_method_steps_it_without_naming_its_type(string type, string statement) => Silent($$"""
        public class Trainer
        {
            private static readonly List<object> s_all = new();
            private readonly Optimizer _optimizer;
            private readonly {{type}} _scheduler;

            public Trainer(Model model)
            {
                _optimizer = optim.Adam(model.parameters());
                _scheduler = StepLR(_optimizer, 3);
            }

            public static IReadOnlyList<object> All => s_all;

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.step();
                    EndEpoch();
                }
            }

            private void EndEpoch()
            {
                {{statement}}
            }
        }
        """ + Main);

    [Fact]
    public Task Two_objects_share_the_optimizer_that_the_caller_gave_them() => Silent("""
        public class Batches(Model model, Optimizer optimizer)
        {
            public void Run(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    model.forward(x).sum().backward();
                    optimizer.step();
                }
            }
        }

        public class Trainer(Batches batches, Optimizer optimizer)
        {
            private readonly LRScheduler _scheduler = StepLR(optimizer, 3);

            public void Fit(List<Tensor> data)
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    batches.Run(data);
                    _scheduler.step();
                }
                optimizer.step();
            }
        }
        """ + Main);

    [Fact]
    public Task A_parameter_and_an_object_that_the_caller_made_with_the_same_optimizer() => Silent("""
        var model = Linear(1, 1);
        var adam = optim.Adam(model.parameters());
        Trainer.Fit(adam, new Batches(model, adam), new List<Tensor>());

        public class Batches(Model model, Optimizer optimizer)
        {
            public void Run(List<Tensor> data)
            {
                foreach (var x in data)
                {
                    model.forward(x).sum().backward();
                    optimizer.step();
                }
            }
        }

        public static class Trainer
        {
            public static void Fit(Optimizer optimizer, Batches batches, List<Tensor> data)
            {
                var scheduler = StepLR(optimizer, 3);
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    batches.Run(data);
                    scheduler.step();
                }
                optimizer.step();
            }
        }
        """);

    [Fact]
    public Task A_type_parameter_bounded_by_a_type_parameter() => Silent("""
        public class Trainer<TBase, TOptimizer>
            where TBase : Optimizer
            where TOptimizer : TBase
        {
            private readonly TOptimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(TOptimizer optimizer)
            {
                _optimizer = optimizer;
                _scheduler = StepLR(optimizer, 3);
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    Train();
                    _scheduler.step();
                }
                _optimizer.step();
            }

            private void Train() => _optimizer.step();
        }
        """ + Main);

    [Theory]
    [InlineData("OneCycleLR(MakeOptimizer(), 1.0, total_steps: -1)")]
    [InlineData("_ = StepLR(MakeOptimizer(), 3)")]
    public Task A_test_that_only_constructs(string statement) => Silent($$"""
        public class SchedulerTests
        {
            private static Optimizer MakeOptimizer() => optim.SGD(Linear(1, 1).parameters(), 0.1);

            public void Rejects_what_makes_no_sense() => Throws(() => { {{statement}}; });

            private static void Throws(Action action)
            {
                try
                {
                    action();
                }
                catch (ArgumentException)
                {
                }
            }
        }
        """ + Main);

    [Theory]
    [InlineData("for (var i = 0; i < startEpoch; i++)")]
    [InlineData("foreach (var _ in Enumerable.Range(0, startEpoch))")]
    public Task Resume_replays_a_constant_number_of_steps(string loop) => Silent(Setup + $$"""
        const int startEpoch = 5;
        optimizer.load_state_dict("optimizer.bin");
        var scheduler = StepLR(optimizer, 3);
        {{loop}}
            scheduler.step();
        for (var epoch = startEpoch; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
            scheduler.step();
        }
        """);

    [Fact]
    public Task The_step_does_not_go_into_a_conditional_section() => Never(Setup + """
        var scheduler = [|StepLR(optimizer, 3)|];
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
        #if !FAST
            Console.WriteLine(epoch);
        #endif
        }
        """, Setup + """
        var scheduler = StepLR(optimizer, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
        #if !FAST
            Console.WriteLine(epoch);
        #endif
            scheduler.step();
        }
        """);

    [Fact]
    public Task The_step_does_not_go_behind_what_empties_the_variable() => NeverAndNoSafeFix(Setup + """
        LRScheduler? scheduler = [|StepLR(optimizer, 3)|];
        for (var epoch = 0; epoch < 10; epoch++)
        {
            optimizer.step();
            if (epoch == 5)
                scheduler = null;
        }
        """);

    [Fact]
    public Task The_step_does_not_move_behind_another_creation() => BeforeAndNoSafeFix(Setup + """
        var scheduler = StepLR(optimizer, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            [|scheduler.step()|];
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
            if (epoch == 5)
                scheduler = ExponentialLR(optimizer, 0.9);
        }
        """);

    [Fact]
    public Task The_saved_optimizer_holds_the_rate_too() => BeforeAndNoSafeFix(Setup + """
        var scheduler = StepLR(optimizer, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            [|scheduler.step()|];
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
            optimizer.save_state_dict("optimizer.bin");
        }
        """);

    [Fact]
    public Task A_schedule_of_optimizer_steps_does_not_step_on_every_micro_batch() => NeverAndNoSafeFix(Setup + """
        var scheduler = [|OneCycleLR(optimizer, 0.1, total_steps: 100)|];
        var batch = 0;
        foreach (var (x, y) in data)
        {
            Backward(x, y);
            if (++batch % 4 == 0)
                optimizer.step();
        }
        """);

    [Theory]
    [InlineData("LRScheduler other = cosine;", "other.step();")]
    [InlineData("var both = SequentialLR(optimizer, new[] { warmup, cosine }, new[] { 5 });", "if (epoch < 5) warmup.step(); else cosine.step();")]
    public async Task The_rate_does_not_stay_where_another_scheduler_moves_it(string declaration, string step)
    {
        var found = await Findings.In(Usings + Setup + $$"""
            var warmup = LinearLR(optimizer, 0.1, total_iters: 5);
            var cosine = CosineAnnealingLR(optimizer, 10);
            {{declaration}}
            for (var epoch = 0; epoch < 10; epoch++)
            {
                foreach (var (x, y) in data)
                {
                    Backward(x, y);
                    optimizer.step();
                }
                {{step}}
            }
            """);
        Assert.DoesNotContain(found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)), message => message.Contains("stays at", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("while (advance()) Backward(data[0].x, data[0].y);")]
    [InlineData("bool Next() => advance(); while (Next()) Backward(data[0].x, data[0].y);")]
    [InlineData("bool Next() => advance(); for (; Next(); ) optimizer.step();")]
    public Task The_condition_of_the_loop_steps_it(string loop) => Silent(Setup + $$"""
        var scheduler = StepLR(optimizer, 3);
        var epoch = 0;
        Func<bool> advance = () => { optimizer.step(); scheduler.step(); return ++epoch < 10; };
        {{loop}}
        """);

    [Fact]
    public Task A_replay_in_each_fold() => Silent("""
        const int startEpoch = 5;
        foreach (var fold in Enumerable.Range(0, 3))
        {
            var optimizer = torch.optim.SGD(Linear(1, 1).parameters(), 0.1);
            var scheduler = StepLR(optimizer, 3);
            for (var i = 0; i < startEpoch; i++)
                scheduler.step();
            for (var epoch = startEpoch; epoch < 10; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Fact]
    public Task The_step_does_not_go_into_a_region() => Never(Setup + """
        var scheduler = [|StepLR(optimizer, 3)|];
        for (var epoch = 0; epoch < 10; epoch++)
        {
            #region training
            optimizer.step();
            #endregion
        }
        """, Setup + """
        var scheduler = StepLR(optimizer, 3);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            #region training
            optimizer.step();
            #endregion
            scheduler.step();
        }
        """);
}
