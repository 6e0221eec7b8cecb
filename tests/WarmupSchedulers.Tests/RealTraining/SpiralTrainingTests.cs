using System.Linq;
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
}
