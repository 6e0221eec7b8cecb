using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class IgnoredStepArgumentTests
{
    private const string Id = "WARM3005";

    private static Task Fixed(string source, string fixedSource) => StepCallProgram<IgnoredStepArgumentFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => StepCallProgram<IgnoredStepArgumentFix>.Reported(Id, source);

    private static Task Reviewed(string source, string fixedSource) => StepCallProgram<IgnoredStepArgumentReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Silent(string source) => StepCallProgram<IgnoredStepArgumentFix>.Silent(source);

    /// <summary>A whole program whose epochs end with a step.</summary>
    private static string Training(string step, string scheduler = "var scheduler = StepLR(optimizer, 30);", string more = "") => Setup + scheduler + $$"""

        for (var epoch = 0; epoch < 10; epoch++)
        {
            var metric = 0.5;
            var total = 5L;
            var losses = new List<float>();
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
                losses.Add(functional.mse_loss(model.forward(x), y).item<float>());
            }

            {{step}}
        }

        float Evaluate() => 0.5f;
        _ = Evaluate();

        """ + more;

    [Theory]
    [InlineData("metric", "")]
    [InlineData("0.3", "")]
    [InlineData("5L", "")]
    [InlineData("total", "")]
    [InlineData("(double)epoch", "")]
    [InlineData("losses.Average()", "")]
    [InlineData("losses[0]", "")]
    [InlineData("Math.Sqrt(metric) / 2", "")]
    [InlineData("torch.zeros(1).item<float>()", null)]
    [InlineData("model.weight.mean().item<float>()", "")]
    [InlineData("(float)model.weight.mean()", "")]
    [InlineData("current: metric", "")]
    [InlineData("metric, epoch", "epoch")]
    [InlineData("metric, epoch + 1", "epoch + 1")]
    [InlineData("metric, epoch: epoch", "epoch: epoch")]
    [InlineData("epoch: epoch, current: metric", "epoch: epoch")]
    [InlineData("metric, null", "")]
    [InlineData("metric, default", "")]
    [InlineData("metric, default(int)", "default(int)")]
    [InlineData("/* now */ metric", "/* now */ ")]
    [InlineData("metric /* mean */, epoch", "epoch /* mean */")]
    public Task Of_every_type_and_order(string arguments, string? left) => left is null
        ? Reported(Training($"[|scheduler.step({arguments})|];"))
        : Fixed(Training($"[|scheduler.step({arguments})|];"), Training($"scheduler.step({left});"));

    [Theory]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))")]
    [InlineData("LinearLR(total_iters: 5, optimizer: optimizer)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: 10)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 10)")]
    [InlineData("CyclicLR(optimizer, 0.1, 1.0)")]
    [InlineData("MultiplicativeLR(optimizer, e => 0.9)")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)")]
    [InlineData("new impl.StepLR(optimizer, 30)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer), StepLR(optimizer, 30)], [5])")]
    [InlineData("data.Count > 3 ? StepLR(optimizer, 30) : LinearLR(optimizer)")]
    [InlineData("(LRScheduler)(data.Count switch { 1 => StepLR(optimizer, 30), 2 => throw new Exception(), _ => LinearLR(optimizer) })")]
    public Task Whatever_makes_it(string creation) => Fixed(
        Training("[|scheduler.step(metric)|];", $"var scheduler = {creation};"),
        Training("scheduler.step();", $"var scheduler = {creation};"));

    [Theory]
    [InlineData("LRScheduler scheduler; scheduler = StepLR(optimizer, 30);")]
    [InlineData("LRScheduler? scheduler = null; scheduler ??= StepLR(optimizer, 30);")]
    [InlineData("LRScheduler? scheduler = null; if (data.Count > 3) scheduler = StepLR(optimizer, 30); else scheduler = LinearLR(optimizer);")]
    [InlineData("var first = StepLR(optimizer, 30); var scheduler = first;")]
    [InlineData("impl.StepLR scheduler = (impl.StepLR)Make(); LRScheduler Make() => StepLR(optimizer, 30);")]
    public Task However_it_is_kept(string kept) => Fixed(
        Training("[|scheduler.step(metric)|];", kept),
        Training("scheduler.step();", kept));

    [Fact]
    public Task Under_a_question_mark() => Fixed(
        Training("scheduler?[|.step(metric, epoch)|];", "LRScheduler? scheduler = data.Count > 1 ? StepLR(optimizer, 30) : null;"),
        Training("scheduler?.step(epoch);", "LRScheduler? scheduler = data.Count > 1 ? StepLR(optimizer, 30) : null;"));

    [Fact]
    public Task Several_on_one_line() => Fixed(
        Training("[|first.step(metric)|]; [|second.step(metric, epoch)|]; // both", "var first = StepLR(optimizer, 30); var second = LinearLR(optimizer);"),
        Training("first.step(); second.step(epoch); // both", "var first = StepLR(optimizer, 30); var second = LinearLR(optimizer);"));

    [Fact]
    public Task Over_several_lines() => Fixed(
        Training("[|scheduler.step(\n            // of the validation\n            metric)|]; // then"),
        Training("scheduler.step(\n            // of the validation\n); // then"));

    [Fact]
    public Task In_lambdas_and_local_functions() => Fixed(
        Training("Action<float> end = value => [|scheduler.step(value)|]; end(1f); void End(double value) { [|scheduler.step(value)|]; } End(1);"),
        Training("Action<float> end = value => scheduler.step(); end(1f); void End(double value) { scheduler.step(); } End(1);"));

    [Theory]
    [InlineData("private LRScheduler _scheduler;")]
    [InlineData("public readonly LRScheduler _scheduler;")]
    [InlineData("public LRScheduler _scheduler { get; }")]
    [InlineData("public LRScheduler _scheduler { get; private set; }")]
    public Task In_fields_and_properties(string member)
    {
        string Trainer(string step) => $$"""
            public class Trainer
            {
                {{member}}

                public Trainer(Optimizer optimizer) => _scheduler = StepLR(optimizer, 30);

                public async Task Validate(Task<float> loss)
                {
                    var value = await loss;
                    {{step}};
                }
            }

            """ + Main;
        return Fixed(Trainer("[|_scheduler.step(value)|]"), Trainer("_scheduler.step()"));
    }

    [Theory]
    [InlineData("Evaluate()")]
    [InlineData("metric++")]
    [InlineData("metric = 3")]
    [InlineData("torch.rand(1).item<float>()")]
    [InlineData("losses.Select(loss => loss).Average()")]
    public async Task An_argument_that_does_something_needs_review(string argument)
    {
        await Reviewed(Training($"[|scheduler.step({argument})|];"), Training("scheduler.step();"));
        await Reported(Training($"[|scheduler.step({argument})|];"));
    }

    [Theory]
    [InlineData("scheduler.step();")]
    [InlineData("scheduler.step(epoch);")]
    [InlineData("scheduler.step((int?)null);")]
    [InlineData("scheduler.step(epoch: epoch);")]
    [InlineData("((dynamic)scheduler).step(metric);")]
    public Task Other_overloads_are_silent(string step) => Silent(Training(step));

    [Theory]
    [InlineData("ReduceLROnPlateau(optimizer)")]
    [InlineData("new impl.ReduceLROnPlateau(optimizer)")]
    [InlineData("data.Count > 1 ? StepLR(optimizer, 30) : ReduceLROnPlateau(optimizer)")]
    [InlineData("ChainedLR([StepLR(optimizer, 30)])")]
    [InlineData("Make(); LRScheduler Make() => StepLR(optimizer, 30)")]
    [InlineData("new List<LRScheduler> { StepLR(optimizer, 30) }[0]")]
    [InlineData("new Mine(optimizer)")]
    public Task What_may_look_at_it_is_silent(string creation) => Silent(Training("scheduler.step(metric);", $"var scheduler = {creation};", """
        class Mine : impl.StepLR
        {
            public Mine(Optimizer optimizer) : base(optimizer, 30) { }
            public override void step(double current, int? epoch = null) => base.step(current > 0.3 ? epoch : null);
        }

        """));

    [Theory]
    [InlineData("if (scheduler is impl.ReduceLROnPlateau plateau) plateau.step(metric); else scheduler.step();")]
    [InlineData("if (scheduler is impl.ReduceLROnPlateau) scheduler.step(metric); else scheduler.step();")]
    [InlineData("(scheduler as impl.ReduceLROnPlateau)?.step(metric);")]
    [InlineData("switch (scheduler) { case impl.ReduceLROnPlateau plateau: plateau.step(metric); break; default: scheduler.step(); break; }")]
    [InlineData("if (scheduler.GetType() == typeof(impl.ReduceLROnPlateau)) scheduler.step(metric);")]
    [InlineData("foreach (var one in new[] { scheduler }) one.step(metric);")]
    public Task A_test_of_the_type_is_silent(string step) => Silent(Training(step));

    [Theory]
    [InlineData("public LRScheduler _scheduler;")]
    [InlineData("public LRScheduler _scheduler { get; init; }")]
    [InlineData("protected internal LRScheduler _scheduler { get; set; }")]
    [InlineData("public virtual LRScheduler _scheduler { get; private set; }")]
    public Task What_others_may_set_is_silent(string member) => Silent($$"""
        public class Trainer
        {
            {{member}}

            public Trainer(Optimizer optimizer) => _scheduler = StepLR(optimizer, 30);

            public void Validate(double value) => _scheduler.step(value);
        }

        """ + Main);

    [Fact]
    public Task Parameters_and_interfaces_are_silent() => Silent("""
        public interface IStepped { void step(double metric); }

        public static class Trainer
        {
            public static void Validate(LRScheduler scheduler, IStepped own, double value)
            {
                scheduler.step(value);
                own.step(value);
            }
        }

        """ + Main);

    [Fact]
    public Task A_scheduler_of_the_users_own_is_silent() => Silent(Training("scheduler.step(metric);", "var scheduler = new StepLR();", """
        class StepLR { public void step(double metric) { } }

        """));

    [Theory]
    [InlineData("scheduler.step(metric")]
    [InlineData("scheduler.step(undefined);")]
    [InlineData("scheduler.step(metric,);")]
    [InlineData("scheduler.step(metric, 3, 4);")]
    public Task Half_typed_code_is_silent(string step) => StepCallProgram<IgnoredStepArgumentFix>.Unfinished(Training(step));

    [Fact]
    public Task Half_typed_creations_are_silent() =>
        StepCallProgram<IgnoredStepArgumentFix>.Unfinished(Training("scheduler.step(metric);", "var scheduler = StepLR(optimizer, undefined);"));

    [Fact]
    public Task Without_TorchSharp_nothing_is_said() =>
        Verify<WarmupAnalyzers.Rules.StepCallAnalyzer, IgnoredStepArgumentFix>.Silent("class C { void step(double metric) { } static void Main() => new C().step(0.3); }", withTorchSharp: false);

    [Theory]
    [InlineData("scheduler.step(0.3)", "LinearLR(optimizer, 0.2, 1.0, 4)", "only ReduceLROnPlateau looks at a metric, and LinearLR does what step() does (the factor runs 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇████ whatever is passed)")]
    [InlineData("scheduler.step(3L)", "LinearLR(optimizer, 0.2, 1.0, 4)", "only an int is an index, and LinearLR takes a long for a metric and does what step() does (the factor runs 0.2, 0.4, 0.6, 0.8, 1, 1, … ▂▄▅▇████ whatever is passed)")]
    [InlineData("scheduler.step(0.3, 3)", "StepLR(optimizer, 30)", "StepLR looks at the index alone")]
    public async Task The_message_says_why(string step, string creation, string text)
    {
        var found = Assert.Single(await Findings.In(Run(step, creation)), finding => finding.Id == Id);
        Assert.Equal("The argument of step is ignored: " + text, found.GetMessage(null));
    }

    [Theory]
    [InlineData("scheduler.step(0.3)")]
    [InlineData("scheduler.step(3L)")]
    public void The_numbers_are_those_of_a_run(string step) => Assert.Equal(
        [0.02, 0.04, 0.06, 0.08, 0.1, 0.1],
        TrainingRun.LearningRates(Run(step, "LinearLR(optimizer, 0.2, 1.0, 4)")).Select(rate => Math.Round(rate, 9)));

    [Theory]
    [InlineData("scheduler.step(0.3)", "scheduler.step()")]
    [InlineData("scheduler.step(0.3, epoch + 1)", "scheduler.step(epoch + 1)")]
    public void The_mended_call_does_the_same(string step, string mended) => Assert.Equal(
        TrainingRun.LearningRates(Run(step, "CosineAnnealingLR(optimizer, 6)")),
        TrainingRun.LearningRates(Run(mended, "CosineAnnealingLR(optimizer, 6)")));

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
                for (var epoch = 0; epoch < 6; epoch++)
                {
                    optimizer.step();
                    {{step}};
                }
            }
        }
        """;
}
