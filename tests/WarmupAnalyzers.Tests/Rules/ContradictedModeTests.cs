using System;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Schedules;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.SteppingProgram;

namespace WarmupAnalyzers.Tests.Rules;

public class ContradictedModeTests
{
    private const string Id = "WARM4012";

    private static Task Reviewed(string source, string fixedSource) => StepCallProgram<ContradictedModeReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Reported(string source) => StepCallProgram<ContradictedModeReviewFix>.Reported(Id, source);

    private static Task Silent(string source) => StepCallProgram<ContradictedModeReviewFix>.Silent(source);

    private static string Training(string step, string arguments = "optimizer", string scheduler = "var scheduler = ReduceLROnPlateau(ARGUMENTS);", string more = "") =>
        Setup + "const string Mode = \"min\"; _ = Mode;\n" + scheduler.Replace("ARGUMENTS", arguments) + $$"""

        var losses = new List<float>();
        var metrics = new Dictionary<string, double>();
        var history = new[] { 0.5 };
        var (accuracy, valLoss, count, other) = (0.5, 0.5f, 10, 0.7);
        foreach (var (x, y) in data)
        {
            Backward(x, y);
            optimizer.step();
        }

        var f1Loss = functional.mse_loss(model.forward(data[0].x), data[0].y);
        {{step}}
        double Accuracy(Model of) => 0.5;
        double Loss(Model of) => 0.5;
        double Evaluate(Model of, double with = 0) => 0.5;
        Result Validate(Model of) => new(0.5, 0.5, 0.5);

        """ + more + """
        record Result(double Accuracy, double Loss, double Value);

        """;

    [Theory]
    [InlineData("optimizer", "optimizer, mode: \"max\"")]
    [InlineData("optimizer, factor: 0.5, patience: 3", "optimizer, factor: 0.5, patience: 3, mode: \"max\"")]
    [InlineData("optimizer, \"min\"", "optimizer, \"max\"")]
    [InlineData("mode: /* of what? */ \"min\", optimizer: optimizer", "mode: /* of what? */ \"max\", optimizer: optimizer")]
    [InlineData("optimizer, Mode", "optimizer, \"max\"")]
    public Task A_mode_that_waits_for_a_fall(string arguments, string mended) => Reviewed(
        Training("[|scheduler.step(accuracy)|]; // best", arguments),
        Training("scheduler.step(accuracy); // best", mended));

    [Fact]
    public Task A_mode_that_waits_for_a_rise() => Reviewed(
        Training("[|scheduler.step(valLoss)|];", "optimizer, \"max\""), Training("scheduler.step(valLoss);", "optimizer, \"min\""));

    [Theory]
    [InlineData("accuracy, 3")]
    [InlineData("epoch: 3, current: accuracy")]
    [InlineData("(float)accuracy")]
    [InlineData("100 * accuracy")]
    [InlineData("accuracy / count")]
    [InlineData("Accuracy(model)")]
    [InlineData("Validate(model).Accuracy")]
    [InlineData("metrics[\"val_accuracy\"]")]
    [InlineData("Math.Round(accuracy, 3)")]
    public Task However_it_is_written(string metric) => Reported(Training($"[|scheduler.step({metric})|];", scheduler: Held));

    [Theory]
    [InlineData("losses.Average()")]
    [InlineData("losses[losses.Count - 1]")]
    [InlineData("valLoss + losses.Last()")]
    [InlineData("f1Loss.item<float>()", false)]
    [InlineData("Loss(model)")]
    [InlineData("Validate(model).Loss")]
    public Task However_a_loss_is_written(string metric, bool isReported = true)
    {
        var held = Held.Replace("optimizer)", "optimizer, \"max\")");
        return isReported ? Reported(Training($"[|scheduler.step({metric})|];", scheduler: held)) : Silent(Training($"scheduler.step({metric});", scheduler: held));
    }

    // Made in two places, so that a person must find them.
    private const string Held = "var scheduler = data.Count > 3 ? ReduceLROnPlateau(optimizer) : new impl.ReduceLROnPlateau(optimizer);";

    [Fact]
    public Task A_plateau_in_mode_min_stepped_with_an_F1_score() => Reviewed(
        Classifier("_scheduler?[|.step(f1)|]", "optimizer, factor: 0.1"),
        Classifier("_scheduler?.step(f1)", "optimizer, factor: 0.1, mode: \"max\""));

    private static string Classifier(string step, string arguments) => $$"""
        public class Classifier
        {
            private readonly LRScheduler? _scheduler;

            public Classifier(Optimizer optimizer) => _scheduler = ReduceLROnPlateau({{arguments}});

            public async Task Validate(float precision, float recall)
            {
                await Task.Yield();
                var f1 = 2 * precision * recall / (precision + recall);
                {{step}};
            }
        }

        """ + Main;

    [Fact]
    public Task Several_calls_on_one_line() => Reported(Training("[|scheduler.step(accuracy)|]; [|scheduler.step(Accuracy(model))|];", scheduler: Held));

    [Theory]
    [InlineData("valLoss")]
    [InlineData("1 - accuracy")]
    [InlineData("-accuracy")]
    [InlineData("count - accuracy")]
    [InlineData("1 / accuracy")]
    [InlineData("accuracy * other")]
    [InlineData("accuracy * -1")]
    [InlineData("accuracy / valLoss")]
    [InlineData("accuracy + valLoss")]
    [InlineData("0.5")]
    [InlineData("other")]
    [InlineData("history[0]")]
    [InlineData("Evaluate(model)")]
    [InlineData("Evaluate(model, accuracy)")]
    [InlineData("Math.Log(accuracy)")]
    [InlineData("Math.Max(accuracy, other)")]
    [InlineData("count > 3 ? accuracy : valLoss")]
    [InlineData("f1Loss.neg().item<float>()")]
    [InlineData("Validate(model).Value")]
    [InlineData("losses.Select(accuracy => accuracy).Average()")]
    public Task Metrics_that_fall_or_say_nothing_are_silent(string metric) => Silent(Training($"scheduler.step({metric});"));

    [Fact]
    public Task A_turned_accuracy_in_a_variable_is_silent() =>
        Silent(Training("var accuracyLeft = 1 - accuracy; var turnedReward = -other; scheduler.step(accuracyLeft); scheduler.step(turnedReward);"));

    [Theory]
    [InlineData("optimizer, \"max\"")]
    [InlineData("optimizer, mode: \"ma\" + \"x\"")]
    [InlineData("optimizer, mode: data.Count > 3 ? \"min\" : \"max\"")]
    public Task The_right_mode_and_an_open_one_are_silent(string arguments) => Silent(Training("scheduler.step(accuracy);", arguments));

    [Theory]
    [InlineData("var scheduler = data.Count > 3 ? ReduceLROnPlateau(optimizer) : ReduceLROnPlateau(optimizer, \"max\");")]
    [InlineData("var scheduler = (impl.ReduceLROnPlateau)Make(); LRScheduler Make() => ReduceLROnPlateau(optimizer);")]
    [InlineData("LRScheduler scheduler = data.Count > 3 ? ReduceLROnPlateau(optimizer) : Make(); LRScheduler Make() => StepLR(optimizer, 3);")]
    public Task Schedulers_that_are_not_certain_are_silent(string scheduler) => Silent(Training("scheduler.step(accuracy);", scheduler: scheduler));

    [Fact]
    public Task A_scheduler_of_the_users_own_is_silent() => Silent(Training("scheduler.step(accuracy);", scheduler: "var scheduler = new ReduceLROnPlateau();", more: """
        class ReduceLROnPlateau { public void step(double metric, int? epoch = null) { } }

        """));

    [Theory]
    [InlineData("scheduler.step(accuracy")]
    [InlineData("scheduler.step(accuracy,);")]
    [InlineData("scheduler.step(Accuracy(undefined));")]
    public Task Half_typed_code_is_silent(string step) => StepCallProgram<ContradictedModeReviewFix>.Unfinished(Training(step));

    [Fact]
    public Task Without_TorchSharp_nothing_is_said() => Verify<WarmupAnalyzers.Rules.StepCallAnalyzer, ContradictedModeReviewFix>.Silent(
        "class C { void step(double metric) { } static void Main() { var accuracy = 0.5; new C().step(accuracy); } }", withTorchSharp: false);

    [Theory]
    [InlineData("\"min\"", "accuracy", "The ReduceLROnPlateau in mode \"min\" takes a lower 'accuracy' for a better one: while that gets better, the learning rate is lowered again and again")]
    [InlineData("\"max\"", "valLoss", "The ReduceLROnPlateau in mode \"max\" takes a higher 'valLoss' for a better one: while that gets better, the learning rate is lowered again and again")]
    public async Task The_message_names_mode_and_metric(string mode, string metric, string text)
    {
        var found = Assert.Single(await Findings.In(Usings + Training($"scheduler.step({metric});", "optimizer, " + mode)), finding => finding.Id == Id);
        Assert.Equal(text, found.GetMessage(null));
    }

    [Fact]
    public void While_the_metric_gets_better_the_rate_is_lowered_again_and_again()
    {
        const string Source = """
            using TorchSharp;

            public static class Program
            {
                public static void Main()
                {
                    using var model = torch.nn.Linear(4, 1);
                    var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                    var scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience: 1, factor: 0.5);
                    for (var epoch = 0; epoch < 7; epoch++)
                    {
                        optimizer.step();
                        var accuracy = epoch / 10.0;
                        scheduler.step(accuracy);
                    }
                }
            }
            """;
        Assert.Equal([0.1, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025], TrainingRun.LearningRates(Source));
    }

    [Theory]
    [InlineData("accuracy", nameof(MetricDirection.Up))]
    [InlineData("val_acc", nameof(MetricDirection.Up))]
    [InlineData("f1", nameof(MetricDirection.Up))]
    [InlineData("macroF1", nameof(MetricDirection.Up))]
    [InlineData("F1Score", nameof(MetricDirection.Up))]
    [InlineData("val_f1_mean", nameof(MetricDirection.Up))]
    [InlineData("rocAuc", nameof(MetricDirection.Up))]
    [InlineData("totalReward", nameof(MetricDirection.Up))]
    [InlineData("epochLoss", nameof(MetricDirection.Down))]
    [InlineData("RMSE", nameof(MetricDirection.Down))]
    [InlineData("test_ppl", nameof(MetricDirection.Down))]
    [InlineData("wordErrors", nameof(MetricDirection.Down))]
    [InlineData("value", nameof(MetricDirection.Unknown))]
    [InlineData("diff1", nameof(MetricDirection.Unknown))]
    [InlineData("f12", nameof(MetricDirection.Unknown))]
    [InlineData("f", nameof(MetricDirection.Unknown))]
    [InlineData("", nameof(MetricDirection.Unknown))]
    [InlineData("negAccuracy", nameof(MetricDirection.Unknown))]
    [InlineData("oneMinusAcc", nameof(MetricDirection.Unknown))]
    [InlineData("lossImprovement", nameof(MetricDirection.Unknown))]
    [InlineData("errorScore", nameof(MetricDirection.Unknown))]
    [InlineData("accumulated", nameof(MetricDirection.Unknown))]
    [InlineData("glossary", nameof(MetricDirection.Unknown))]
    public void Words_tell_the_direction(string name, string direction) => Assert.Equal(direction, MetricName.DirectionOf([name]).ToString());
}
