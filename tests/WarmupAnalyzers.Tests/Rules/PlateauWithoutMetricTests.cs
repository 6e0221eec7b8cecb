using System;
using System.Reflection;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class PlateauWithoutMetricTests
{
    private const string Id = "WARM3004";

    private const string Plateau = "var scheduler = ReduceLROnPlateau(optimizer);";

    private static Task Reviewed(string source, string fixedSource) => StepCallProgram<PlateauWithoutMetricReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => StepCallProgram<PlateauWithoutMetricReviewFix>.Reported(Id, source);

    private static Task Silent(string source) => StepCallProgram<PlateauWithoutMetricReviewFix>.Silent(source);

    private static string Training(string step, string scheduler = Plateau, string value = "var value = 0.5;") => Setup + scheduler + $$"""

        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                Backward(x, y);
                optimizer.step();
            }

            {{value}}
            {{step}}
        }

        """;

    [Theory]
    [InlineData("", "value")]
    [InlineData("epoch", "value, epoch")]
    [InlineData("epoch: epoch + 1", "value, epoch: epoch + 1")]
    [InlineData("1", "value, 1")]
    [InlineData("null", "value")]
    [InlineData("(int?)null", "value")]
    public Task Both_overloads(string arguments, string mended) => Reviewed(
        Training($"[|scheduler.step({arguments})|]; // slower"),
        Training($"scheduler.step({mended}); // slower"));

    [Theory]
    [InlineData("var scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(patience: 3, optimizer: optimizer, mode: \"max\");")]
    [InlineData("var scheduler = new impl.ReduceLROnPlateau(optimizer);")]
    [InlineData("LRScheduler? scheduler = null; scheduler ??= ReduceLROnPlateau(optimizer);")]
    [InlineData("var scheduler = data.Count > 3 ? ReduceLROnPlateau(optimizer, \"min\") : ReduceLROnPlateau(optimizer, \"max\");")]
    [InlineData("var scheduler = (impl.ReduceLROnPlateau)Make(); LRScheduler Make() => ReduceLROnPlateau(optimizer);")]
    public Task Whatever_makes_it(string made) => Reviewed(Training("[|scheduler.step()|];", made), Training("scheduler.step(value);", made));

    [Theory]
    [InlineData("")]
    [InlineData("var one = 1.0; var two = 2f;")]
    [InlineData("const double Value = 1;")]
    [InlineData("double later;")]
    [InlineData("var count = 3;")]
    public Task Where_no_number_or_several_are_in_scope_there_is_no_fix(string value) => Reported(Training("[|scheduler.step()|];", value: value));

    [Fact]
    public Task In_a_field_and_a_parameter() => Reviewed(Trainer("_scheduler?[|.step()|]"), Trainer("_scheduler?.step(loss)"));

    private static string Trainer(string step) => $$"""
        public class Trainer
        {
            private readonly LRScheduler? _scheduler;

            public Trainer(Optimizer optimizer) => _scheduler = ReduceLROnPlateau(optimizer);

            public async Task Validate(float loss)
            {
                await Task.Yield();
                {{step}};
            }
        }

        """ + Main;

    [Fact]
    public Task In_a_lambda_nothing_is_proposed() => Reported(Training("Action<float> end = loss => [|scheduler.step()|];", value: ""));

    [Theory]
    [InlineData("scheduler.step(value);")]
    [InlineData("scheduler.step(value, epoch);")]
    [InlineData("scheduler.step(1L);")]
    [InlineData("if (scheduler is impl.ReduceLROnPlateau plateau) plateau.step(value); else scheduler.step();")]
    [InlineData("if (scheduler is not impl.ReduceLROnPlateau) scheduler.step();")]
    public Task With_a_metric_it_is_right(string step) => Silent(Training(step));

    [Theory]
    [InlineData("var scheduler = StepLR(optimizer, 30);")]
    [InlineData("var scheduler = data.Count > 3 ? ReduceLROnPlateau(optimizer) : StepLR(optimizer, 30);")]
    [InlineData("var scheduler = Make(); LRScheduler Make() => ReduceLROnPlateau(optimizer);")]
    [InlineData("LRScheduler scheduler = new Own(optimizer);")]
    [InlineData("impl.ReduceLROnPlateau scheduler = new Own(optimizer);")]
    public Task What_may_be_another_is_silent(string made) => Silent(Training("scheduler.step();", made) + """
        class Own : impl.ReduceLROnPlateau
        {
            public Own(Optimizer optimizer) : base(optimizer) { }
            public override void step() => step(0.5);
        }

        """);

    [Fact]
    public Task A_scheduler_of_the_users_own_is_silent() => Silent(Training("scheduler.step();", "var scheduler = new ReduceLROnPlateau();") + """
        class ReduceLROnPlateau { public void step() { } }

        """);

    [Theory]
    [InlineData("scheduler.step(")]
    [InlineData("scheduler.step(undefined);")]
    public Task Half_typed_code_is_silent(string step) => StepCallProgram<PlateauWithoutMetricReviewFix>.Unfinished(Training(step));

    [Theory]
    [InlineData("scheduler.step()", "step()")]
    [InlineData("scheduler.step(epoch)", "step(int?)")]
    public async Task The_message_tells_what_a_run_does(string step, string called)
    {
        var source = $$"""
            using TorchSharp;
            using static TorchSharp.torch.optim.lr_scheduler;

            public static class Program
            {
                public static void Main()
                {
                    using var model = torch.nn.Linear(4, 1);
                    var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                    var scheduler = ReduceLROnPlateau(optimizer);
                    for (var epoch = 0; epoch < 6; epoch++)
                    {
                        optimizer.step();
                        {{step}};
                    }
                }
            }
            """;
        var found = Assert.Single(await Findings.In(source), finding => finding.Id == Id);
        Assert.Equal("The ReduceLROnPlateau throws InvalidOperationException at " + called + ": it lowers the learning rate by a metric, step(metric)", found.GetMessage(null));
        var thrown = Assert.Throws<TargetInvocationException>(() => TrainingRun.LearningRates(source));
        Assert.IsType<InvalidOperationException>(thrown.InnerException);
    }
}
