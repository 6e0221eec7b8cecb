using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Attempts to make the two rules say something wrong.</summary>
public class SteppingRobustnessTests
{
    private static Task Before(string source, string fixedSource) => Stepping<SteppedBeforeOptimizerFix>.Fixed("WARM3002", source, fixedSource);

    private static Task Never(string source, string fixedSource) => Stepping<NeverSteppedFix>.Fixed("WARM3001", source, fixedSource);

    private static Task NeverAndNoFix(string source) => Stepping<NeverSteppedFix>.Reported("WARM3001", source);

    private static Task Silent(string source) => Stepping<NeverSteppedFix>.Silent(source);

    [Fact]
    public Task Made_anew_in_every_epoch_has_no_fix() => NeverAndNoFix(Setup + """
        for (var epoch = 0; epoch < 10; epoch++)
        {
            var scheduler = [|StepLR(optimizer, 3)|];
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }
        }
        """);

    [Fact]
    public Task One_per_fold_is_stepped_in_the_folds_loop() => Never("""
        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = optim.Adam(Linear(1, 1).parameters());
            var scheduler = [|StepLR(optimizer, 3)|];
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.step();
            }
        }
        """, """
        for (var fold = 0; fold < 5; fold++)
        {
            var optimizer = optim.Adam(Linear(1, 1).parameters());
            var scheduler = StepLR(optimizer, 3);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Theory]
    [InlineData("private LRScheduler Scheduler => _scheduler;")] // a property of one's own
    [InlineData("private LRScheduler Scheduler { get { return _scheduler; } }")]
    [InlineData("private LRScheduler GetScheduler() => _scheduler; private LRScheduler Scheduler => GetScheduler();")]
    public Task A_getter_gives_it_away(string getter) => Silent($$"""
        new Trainer().Fit();

        class Trainer
        {
            private readonly Optimizer _optimizer = optim.Adam(Linear(1, 1).parameters());
            private readonly LRScheduler _scheduler;
            public Trainer() => _scheduler = StepLR(_optimizer, 3);
            {{getter}}
            public void Fit()
            {
                while (true)
                {
                    _optimizer.step();
                    Scheduler.step();
                }
            }
        }
        """);

    [Theory]
    [InlineData("private Optimizer Opt => _optimizer;", "Opt.step(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private Optimizer Opt() => _optimizer;", "Opt().step(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private Optimizer Opt { get => _optimizer; set => _optimizer = value; }", "Opt.step(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private void Use(Optimizer o) => o.step();", "Use(_optimizer); _scheduler.step(); _optimizer.step();")]
    [InlineData("private static void Use(Trainer t) => t._optimizer.step();", "Use(this); _scheduler.step(); _optimizer.step();")]
    [InlineData("private int Count { get { _optimizer.step(); return 1; } }", "if (Count > 0) { _scheduler.step(); _optimizer.step(); }")]
    [InlineData("private int this[int i] { get { _optimizer.step(); return i; } }", "if (this[0] > -1) { _scheduler.step(); _optimizer.step(); }")]
    [InlineData("public static Trainer operator ++(Trainer t) { t._optimizer.step(); return t; }", "var me = this; me++; _scheduler.step(); _optimizer.step();")]
    [InlineData("public static bool operator true(Trainer t) { t._optimizer.step(); return true; } public static bool operator false(Trainer t) => false;", "if (this) { _scheduler.step(); _optimizer.step(); }")]
    [InlineData("private sealed class Scope : IDisposable { private readonly Trainer _t; public Scope(Trainer t) => _t = t; public void Dispose() => _t._optimizer.step(); }", "using (new Scope(this)) { } _scheduler.step(); _optimizer.step();")]
    [InlineData("private IEnumerable<int> Batches() { _optimizer.step(); yield return 1; }", "foreach (var b in Batches()) { _scheduler.step(); _optimizer.step(); }")]
    [InlineData("private event Action? Changed;", "Changed += () => _optimizer.step(); Changed(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private Action? _next;", "_next = () => _optimizer.step(); _next(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private void Next() => _optimizer.step();", "Action next = Next; next(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private void Next() => _optimizer.step();", "Task.Run(Next).Wait(); _scheduler.step(); _optimizer.step();")]
    [InlineData("private async Task NextAsync() { await Task.Yield(); _optimizer.step(); }", "NextAsync().Wait(); _scheduler.step(); _optimizer.step();")]
    [InlineData("public static implicit operator int(Trainer t) { t._optimizer.step(); return 1; }", "int one = this; _scheduler.step(); _optimizer.step();")]
    [InlineData("public void Deconstruct(out int a, out int b) { _optimizer.step(); a = b = 1; }", "var (a, b) = this; _scheduler.step(); _optimizer.step();")]
    [InlineData("public Trainer GetEnumerator() { _optimizer.step(); return this; } public int Current => 1; public bool MoveNext() => false;", "foreach (var i in this) { } _scheduler.step(); _optimizer.step();")]
    [InlineData("public override string ToString() { _optimizer.step(); return \"\"; }", "Console.WriteLine($\"{this}\"); _scheduler.step(); _optimizer.step();")]
    public Task The_optimizer_steps_first_in_a_roundabout_way(string member, string body) => Silent($$"""
        new Trainer().Fit();

        class Trainer
        {
            private Optimizer _optimizer = optim.Adam(Linear(1, 1).parameters());
            private readonly LRScheduler _scheduler;
            public Trainer() => _scheduler = StepLR(_optimizer, 3);
            {{member}}
            public void Fit()
            {
                {{body}}
            }
        }
        """);

    [Theory]
    [InlineData("private void Next() => _scheduler.step();", "Trainer other", "other.Next(); _optimizer.step();")]
    [InlineData("private async Task NextAsync() { await Task.Delay(9); _scheduler.step(); }", "int n", "_ = NextAsync(); _optimizer.step();")]
    [InlineData("private IEnumerable<int> Steps() { _scheduler.step(); yield return 1; }", "int n", "var later = Steps(); _optimizer.step(); foreach (var i in later) { }")]
    [InlineData("private static void Next(LRScheduler s) => s.step();", "Trainer other", "Next(other._scheduler); _optimizer.step();")]
    [InlineData("private static void Train(Optimizer o) => o.step();", "Trainer other", "_scheduler.step(); Train(other._optimizer);")]
    public Task A_step_that_is_not_taken_here_and_now(string member, string parameter, string body) => Silent($$"""
        Console.WriteLine();

        class Trainer
        {
            private readonly Optimizer _optimizer = optim.Adam(Linear(1, 1).parameters());
            private readonly LRScheduler _scheduler;
            public Trainer() => _scheduler = StepLR(_optimizer, 3);
            {{member}}
            public void Fit({{parameter}})
            {
                {{body}}
            }
        }
        """);

    [Fact]
    public Task Two_trainers_are_not_one() => Silent("""
        var a = optim.Adam(Linear(1, 1).parameters());
        var b = optim.Adam(Linear(1, 1).parameters());
        var first = new Trainer(a, StepLR(a, 3));
        var second = new Trainer(b, StepLR(b, 3));
        second.Train();
        first.Next();
        second.Next();
        first.Train();

        class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;
            public Trainer(Optimizer optimizer, LRScheduler scheduler) => (_optimizer, _scheduler) = (optimizer, scheduler);
            public void Train() => _optimizer.step();
            public void Next() => _scheduler.step();
        }
        """);

    [Fact]
    public Task A_generic_method_and_a_constraint() => Before("""
        Run(Linear(1, 1), optim.Adam(Linear(1, 1).parameters()));

        static void Run<TModel, TOptimizer>(TModel model, TOptimizer optimizer)
            where TModel : Model
            where TOptimizer : Optimizer
        {
            var scheduler = StepLR(optimizer, 3);
            for (;;)
            {
                model.forward(ones(1)).backward();
                [|scheduler.step()|];
                optimizer.step();
            }
        }
        """, """
        Run(Linear(1, 1), optim.Adam(Linear(1, 1).parameters()));

        static void Run<TModel, TOptimizer>(TModel model, TOptimizer optimizer)
            where TModel : Model
            where TOptimizer : Optimizer
        {
            var scheduler = StepLR(optimizer, 3);
            for (;;)
            {
                model.forward(ones(1)).backward();
                optimizer.step();
                scheduler.step();
            }
        }
        """);

    [Fact]
    public Task Conditional_compilation_keeps_the_hand_off() => Stepping<SteppedBeforeOptimizerFix>.Reported("WARM3002", Setup + """
        var scheduler = StepLR(optimizer, 3);
        for (;;)
        {
            [|scheduler.step()|];
        #if DEBUG
            Console.WriteLine();
        #endif
            optimizer.step();
        }
        """);

    [Fact]
    public Task Windows_line_ends_and_tabs() => Never(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\r\nfor (;;)\r\n{\r\n\toptimizer.step();\r\n}\r\n",
        Setup + "var scheduler = StepLR(optimizer, 3);\r\nfor (;;)\r\n{\r\n\toptimizer.step();\r\n\tscheduler.step();\r\n}\r\n");

    [Fact]
    public Task Braceless_in_braceless_keeps_its_comment() => Never(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nfor (var e = 0; e < 3; e++)\n    // all of it\n    foreach (var (x, y) in data)\n        optimizer.step(); // one\n",
        Setup + "var scheduler = StepLR(optimizer, 3);\nfor (var e = 0; e < 3; e++)\n{\n    // all of it\n    foreach (var (x, y) in data)\n        optimizer.step(); // one\n    scheduler.step();\n}\n");

    [Fact]
    public Task A_loop_that_ends_with_a_break_has_no_end() => NeverAndNoFix(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nwhile (true)\n{\n    optimizer.step();\n    break;\n}\n");

    [Fact]
    public Task Two_loops_train() => NeverAndNoFix(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nfor (;;)\n{\n    optimizer.step();\n    if (data.Count > 0)\n        break;\n}\nfor (;;)\n{\n    optimizer.step();\n}\n");

    [Fact]
    public Task The_loop_stands_in_a_local_function() => NeverAndNoFix(
        Setup + "var scheduler = [|StepLR(optimizer, 3)|];\nRun();\nvoid Run()\n{\n    while (true)\n    {\n        optimizer.step();\n    }\n}\n");

    [Theory]
    [InlineData("using (new Helper(optimizer)) { }")]
    [InlineData("using var helper = new Helper(optimizer);\n    { }")]
    [InlineData("foreach (var i in new Helper(optimizer)) { }")]
    [InlineData("_ = new Helper(optimizer) + 1;")]
    [InlineData("int one = new Helper(optimizer);")]
    [InlineData("var helper = new Helper(optimizer); helper++;")]
    [InlineData("var (a, b) = new Helper(optimizer);")]
    [InlineData("Console.WriteLine($\"{new Helper(optimizer)}\");")]
    [InlineData("if (new Helper(optimizer)) { }")]
    [InlineData("_ = new Helper(optimizer)[3];")]
    [InlineData("_ = new Helper(optimizer) is { Rate: 3 };")]
    public Task The_optimizer_steps_first_in_a_call_that_is_not_written(string statement) => Silent(Setup + $$"""
        var scheduler = StepLR(optimizer, 3);
        while (true)
        {
            {
                {{statement}}
            }
            scheduler.step();
            optimizer.step();
        }

        class Helper : IDisposable
        {
            private readonly Optimizer _optimizer;
            public Helper(Optimizer optimizer) => _optimizer = optimizer;
            public void Dispose() => _optimizer.step();
            public Helper GetEnumerator() { _optimizer.step(); return this; }
            public int Current => 1;
            public bool MoveNext() => false;
            public int Rate { get { _optimizer.step(); return 1; } }
            public int this[int i] { get { _optimizer.step(); return i; } }
            public void Deconstruct(out int a, out int b) { _optimizer.step(); a = b = 1; }
            public override string ToString() { _optimizer.step(); return ""; }
            public static int operator +(Helper h, int i) { h._optimizer.step(); return i; }
            public static Helper operator ++(Helper h) { h._optimizer.step(); return h; }
            public static implicit operator int(Helper h) { h._optimizer.step(); return 1; }
            public static bool operator true(Helper h) { h._optimizer.step(); return true; }
            public static bool operator false(Helper h) { h._optimizer.step(); return false; }
        }
        """);

    [Fact]
    public Task An_expression_without_end_is_left_alone() => Silent(
        Setup + "var scheduler = StepLR(optimizer, 3);\nwhile (true)\n{\n    scheduler.step();\n    Console.WriteLine(data.Count"
        + string.Concat(System.Linq.Enumerable.Repeat(" + data.Count", 1500)) + ");\n    optimizer.step();\n}\n");

    [Fact]
    public Task An_alias_of_a_type() => Before("""
        using S = TorchSharp.torch.optim.lr_scheduler.impl.StepLR;
        var optimizer = optim.Adam(Linear(1, 1).parameters());
        S scheduler = new(optimizer, 3);
        for (;;)
        {
            [|scheduler.step()|];
            optimizer.step();
        }
        """, """
        using S = TorchSharp.torch.optim.lr_scheduler.impl.StepLR;
        var optimizer = optim.Adam(Linear(1, 1).parameters());
        S scheduler = new(optimizer, 3);
        for (;;)
        {
            optimizer.step();
            scheduler.step();
        }
        """);
}
