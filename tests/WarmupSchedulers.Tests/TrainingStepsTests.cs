using System;
using Xunit;

namespace WarmupSchedulers.Tests;

public class TrainingStepsTests
{
    [Theory]
    [InlineData(100, 10, false, 10)]
    [InlineData(101, 10, false, 11)]
    [InlineData(101, 10, true, 10)]
    [InlineData(0, 10, false, 0)]
    public void Batches_of_an_epoch(long samples, long size, bool dropLast, long batches) =>
        Assert.Equal(batches, TrainingSteps.BatchesPerEpoch(samples, size, dropLast));

    [Theory]
    [InlineData(3.0, 10, 1, false, 30)]
    [InlineData(3.0, 10, 4, false, 9)]
    [InlineData(3.0, 10, 4, true, 6)]
    [InlineData(0.5, 10, 1, false, 5)]
    [InlineData(0.0, 10, 1, false, 0)]
    public void Steps_of_epochs(double epochs, long batches, long accumulation, bool dropLast, long steps) =>
        Assert.Equal(steps, TrainingSteps.OfEpochs(epochs, batches, accumulation, dropLast));

    [Theory]
    [InlineData(0.1, 30, 3)]
    [InlineData(0.06, 1000, 60)]
    [InlineData(0.5, 3, 2)]
    [InlineData(0.0, 10, 0)]
    [InlineData(1.0, 10, 10)]
    public void Steps_of_a_share_are_rounded_up(double ratio, long total, long steps) => Assert.Equal(steps, TrainingSteps.OfRatio(ratio, total));

    [Fact]
    public void A_share_makes_the_schedule_of_its_steps()
    {
        Assert.Equal(Schedule.WarmupThenCosine(3, 30).ToString(), Schedule.WarmupThenCosine(0.1, 30).ToString());
        Assert.Equal(Schedule.WarmupThenLinear(3, 30).ToString(), Schedule.WarmupThenLinear(0.1, 30).ToString());
        Assert.Equal(Schedule.WarmupThenPolynomial(3, 30).ToString(), Schedule.WarmupThenPolynomial(0.1, 30).ToString());
        Assert.Equal(Schedule.WarmupThenHardRestarts(3, 30).ToString(), Schedule.WarmupThenHardRestarts(0.1, 30).ToString());
        Assert.Equal(Schedule.WarmupStableDecay(3, 30, 9).ToString(), Schedule.WarmupStableDecay(0.1, 30, 9).ToString());
    }

    [Fact]
    public void A_whole_number_is_a_number_of_steps() =>
        Assert.Equal(Schedule.WarmupThenCosine((long)1, 30).ToString(), Schedule.WarmupThenCosine(1, 30).ToString());

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("samples", () => TrainingSteps.BatchesPerEpoch(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("batch_size", () => TrainingSteps.BatchesPerEpoch(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", () => TrainingSteps.OfEpochs(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("epochs", () => TrainingSteps.OfEpochs(1e10, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>("accumulation_steps", () => TrainingSteps.OfEpochs(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("ratio", () => TrainingSteps.OfRatio(1.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("warmup_ratio", () => Schedule.WarmupThenCosine(1.5, 30));
        Assert.Throws<ArgumentOutOfRangeException>("total_steps", () => Schedule.WarmupThenCosine(0.5, 0));
    }
}
