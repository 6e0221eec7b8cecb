using System.IO;
using System.Linq;
using System.Xml.Linq;
using Training;
using Xunit;

namespace WarmupSchedulers.Tests.RealTraining;

public class SpiralTrainingTests
{
    private const int Steps = 300;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Warmup_ends_at_a_lower_loss(int seed)
    {
        var without = SpiralTraining.WithoutWarmup(Steps, seed).Losses[^1];
        var lambda = SpiralTraining.WithLambdaLR(Steps, seed).Losses[^1];
        var schedulers = SpiralTraining.WithWarmupSchedulers(Steps, seed).Losses[^1];

        Assert.InRange(lambda, 0.0, 0.1);
        Assert.InRange(schedulers, 0.0, 0.1);
        Assert.False(without < 1.0, $"It ended at {without}, although nothing is learnt without warmup (ln 3, or not a number).");
    }

    [Fact]
    public void The_learning_rates_of_the_sample_are_those_of_the_schedules()
    {
        var schedule = Schedule.WarmupThenCosine(10, 30);

        Assert.All(SpiralTraining.WithoutWarmup(30).LearningRates, rate => Assert.Equal(0.05, rate));
        Assert.Equal(Enumerable.Range(0, 30).Select(k => 0.05 * schedule.Factor(k)), SpiralTraining.WithWarmupSchedulers(30).LearningRates);
        Assert.Equal(Enumerable.Range(0, 30).Select(k => 0.05 * Schedule.LinearWarmup(10).Factor(k)), SpiralTraining.WithLambdaLR(30).LearningRates);
    }

    /// <summary>The sample as it is run: the last line names the picture, which shows each run in both of its panels.</summary>
    [Fact]
    public void The_sample_draws_learning_rate_and_loss_of_every_run()
    {
        var picture = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".svg");
        try
        {
            Assert.Equal(0, RunSample("--steps", "12", "--picture", picture));
            var panels = XDocument.Load(picture).Root!.Elements().ToArray();

            Assert.Equal(["learning rate", "loss"], panels.Select(panel => panel.Descendants().Last(text => text.Attribute("transform") is not null).Value));
            Assert.All(panels, panel => Assert.Equal(3, panel.Descendants().Count(element => element.Name.LocalName == "polyline")));
            Assert.All(panels, panel => Assert.Contains("WarmupThenCosineLR", panel.Value));
        }
        finally
        {
            File.Delete(picture);
        }
    }

    [Theory]
    [InlineData("--steps", "2")]
    [InlineData("--steps", "many")]
    [InlineData("--steps")]
    [InlineData("--picture", "")]
    [InlineData("--unknown", "1")]
    public void What_the_sample_does_not_understand_it_says(params string[] arguments) => Assert.Equal(1, RunSample(arguments));

    private static int RunSample(params string[] arguments) => (int)typeof(Run).Assembly.EntryPoint!.Invoke(null, [arguments])!;
}
