using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

public class DecayTests
{
    [Theory]
    [InlineData(0.0, new[] { 1.0, 0.75, 0.5, 0.25, 0.0, 0.0 })]
    [InlineData(0.5, new[] { 1.0, 0.875, 0.75, 0.625, 0.5, 0.5 })]
    [InlineData(1.0, new[] { 1.0, 1.0, 1.0, 1.0, 1.0, 1.0 })]
    public void Linear_decay_is_a_line_that_stops(double minimum, double[] expected) =>
        Assert.Equal(expected, First(6, Schedule.LinearDecay(4, minimum)));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Cosine_decay_is_the_formula_of_SGDR_that_stops(double minimum)
    {
        var expected = Enumerable.Range(0, 4)
            .Select(k => minimum + (1 - minimum) * (0.5 * (1 + Math.Cos(Math.PI * (k / 4.0)))))
            .Concat([minimum, minimum]);

        Assert.Equal(expected, First(6, Schedule.CosineDecay(4, minimum)));
    }

    [Fact]
    public void Cosine_decay_passes_through_the_numbers_one_knows()
    {
        var factors = First(5, Schedule.CosineDecay(4));

        Assert.Equal(1.0, factors[0]);
        Assert.Equal((2 + Math.Sqrt(2)) / 4, factors[1], 15);
        Assert.Equal(0.5, factors[2], 15);
        Assert.Equal((2 - Math.Sqrt(2)) / 4, factors[3], 15);
        Assert.Equal(0.0, factors[4]);
    }

    [Fact]
    public void The_longest_decay_there_is_does_not_overflow()
    {
        foreach (var schedule in new[] { Schedule.LinearDecay(long.MaxValue), Schedule.CosineDecay(long.MaxValue) })
        {
            Assert.Equal(1.0, schedule.Factor(0));
            Assert.Equal(0.5, schedule.Factor(long.MaxValue / 2), 15);
            Assert.Equal(0.0, schedule.Factor(long.MaxValue));
        }
    }

    [Fact]
    public void A_constant_is_the_same_at_every_step()
    {
        Assert.Equal(1.0, Schedule.Constant().Factor(0));
        Assert.Equal(0.3, Schedule.Constant(0.3).Factor(long.MaxValue));
        Assert.Equal(8.0, Schedule.Constant(8).Factor(5));
    }

    private static double[] First(int count, Schedule schedule) =>
        [.. Enumerable.Range(0, count).Select(k => schedule.Factor(k))];

    [Fact]
    public void A_cycle_that_begins_at_a_step_begins_at_that_step()
    {
        var late = new List<string>();
        for (var first = 1L; first <= 200; first++)
        {
            for (var percent = 101; percent <= 500; percent++)
            {
                var schedule = Schedule.WarmRestarts(first, percent / 100.0);
                // Without any rounding, as decimals are.
                var (start, length) = ((decimal)first, first * (percent / 100m));
                for (var cycle = 1; cycle <= 4; cycle++, start += length, length *= percent / 100m)
                {
                    if (start == Math.Floor(start) && schedule.Factor((long)start) != 1.0)
                        late.Add($"{schedule}: cycle {cycle} at {start}");
                }
            }
        }

        Assert.Empty(late);
    }

    [Fact]
    public void Every_equal_cycle_begins_at_the_peak()
    {
        for (var cycles = 1; cycles <= 200; cycles++)
        {
            var schedule = Schedule.CosineHardRestarts(cycles * 3, cycles);

            Assert.All(Enumerable.Range(0, cycles), cycle => Assert.Equal(1.0, schedule.Factor(cycle * 3)));
        }
    }
}
