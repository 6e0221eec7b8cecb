using System;
using System.Linq;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

public class InverseSquareRootTests
{
    private const WarmupConvention HuggingFace = WarmupConvention.HuggingFace;

    [Fact]
    public void The_decay_passes_through_the_numbers_one_knows()
    {
        var schedule = Schedule.InverseSquareRootDecay(4);

        Assert.Equal(1.0, schedule.Factor(0));
        Assert.Equal(0.5, schedule.Factor(12));
        Assert.Equal(0.25, schedule.Factor(60));
        Assert.Null(schedule.Length);
    }

    [Fact]
    public void The_warmup_is_at_full_rate_twice_and_the_decay_is_the_root_of_W_by_k() => Assert.Equal(
        [0.25, 0.5, 0.75, 1.0, 1.0, Math.Sqrt(4 / 5.0), Math.Sqrt(4 / 6.0)],
        First(7, Schedule.WarmupThenInverseSquareRoot(4)));

    [Fact]
    public void A_timescale_of_its_own_makes_the_decay_slower_or_faster()
    {
        Assert.Equal(0.5, Schedule.WarmupThenInverseSquareRoot(5, timescale: 100).Factor(305));
        Assert.Equal(0.5, Schedule.WarmupThenInverseSquareRoot(5, timescale: 1).Factor(8));
    }

    [Fact]
    public void The_start_factor_is_that_of_the_warmup() => Assert.Equal(
        First(4, Schedule.LinearWarmup(4, WarmupConvention.PyTorch, 0.2)),
        First(4, Schedule.WarmupThenInverseSquareRoot(4, convention: WarmupConvention.PyTorch, start_factor: 0.2)));

    [Fact]
    public void A_Noam_schedule_without_a_width_has_its_peak_at_1() => Assert.Equal(
        [0.25, 0.5, 0.75, 1.0, Math.Sqrt(4 / 5.0), Math.Sqrt(4 / 6.0)],
        First(6, Schedule.Noam(4)));

    [Fact]
    public void The_width_only_scales_a_Noam_schedule()
    {
        var peak = Schedule.Noam(400, d_model: 512).Factor(399);

        Assert.Equal(1 / Math.Sqrt(512.0 * 400), peak);
        for (var k = 0; k < 2000; k++)
            Assert.Equal(peak * Schedule.Noam(400).Factor(k), Schedule.Noam(400, 512).Factor(k));
    }

    [Fact]
    public void No_warmup_leaves_the_decay()
    {
        Assert.Equal(First(9, Schedule.InverseSquareRootDecay(7)), First(9, Schedule.WarmupThenInverseSquareRoot(0, 7)));
        Assert.Equal(First(9, Schedule.InverseSquareRootDecay(1)), First(9, Schedule.Noam(0)));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(40L)]
    [InlineData(long.MaxValue)]
    public void It_never_rises_again_and_is_finite_to_the_last_step(long length)
    {
        foreach (var schedule in new[] { Schedule.InverseSquareRootDecay(Math.Max(1, length)), Schedule.WarmupThenInverseSquareRoot(length), Schedule.Noam(length), Schedule.Noam(length, 512) })
        {
            var factors = new[] { length, length / 2 + long.MaxValue / 4, long.MaxValue - 1, long.MaxValue }.Where(k => k >= length).Order().Select(schedule.Factor).ToArray();
            Assert.All(factors, factor => Assert.InRange(factor, 0.0, 1.0));
            Assert.Equal(factors.OrderDescending(), factors);
        }
    }

    /// <summary>fairseq's <c>inverse_sqrt</c>, run with a stub optimizer; a first rate of its own is a start factor.</summary>
    [Theory]
    [InlineData(null, 0.0, 0.000125, 0.00025, 0.000375)]
    [InlineData(1e-7 / 0.0005, 1e-07, 0.00012507500000000002, 0.00025005000000000003, 0.000375025)]
    public void It_counts_as_fairseq_does(double? start, params double[] warmup) => AssertRates(
        [
            .. warmup, 0.0005, 0.00044721359549995795, 0.00040824829046386303, 0.0003779644730092273, 0.0003535533905932738,
            0.0003333333333333333, 0.00031622776601683794, 0.00030151134457776364, 0.0002886751345948129, 0.0002773500981126146,
        ],
        0.0005,
        Schedule.WarmupThenInverseSquareRoot(4, convention: HuggingFace, start_factor: start));

    /// <summary>Hugging Face's <c>get_inverse_sqrt_schedule</c>, run on torch 1.13.</summary>
    [Theory]
    [InlineData(2L, null, 0.0, 5.0, 10.0, 8.16496580927726, 7.071067811865475, 6.324555320336759, 5.773502691896258, 5.3452248382484875, 5.0, 4.714045207910317, 4.47213595499958, 4.264014327112208, 4.08248290463863, 3.922322702763681)]
    [InlineData(4L, null, 0.0, 2.5, 5.0, 7.5, 10.0, 8.94427190999916, 8.16496580927726, 7.559289460184544, 7.071067811865475, 6.666666666666666, 6.324555320336759, 6.030226891555273, 5.773502691896258, 5.547001962252292)]
    [InlineData(0L, null, 10.0, 9.999500037496876, 9.999000149975005, 9.998500337415647, 9.99800059980007, 9.997500937109544, 9.997001349325354, 9.99650183642878, 9.996002398401119, 9.995503035223669, 9.995003746877732, 9.994504533344625, 9.994005394605663, 9.993506330642175)]
    public void It_counts_as_Hugging_Face_does(long warmup, long? timescale, params double[] rates) =>
        AssertRates(rates, 10.0, Schedule.WarmupThenInverseSquareRoot(warmup, timescale, HuggingFace));

    /// <summary>The table of Hugging Face's own test, which is rounded.</summary>
    [Fact]
    public void It_passes_the_test_of_Hugging_Face()
    {
        double[] rates = [0.0, 5.0, 10.0, 8.165, 7.071, 6.325, 5.774, 5.345, 5.0, 4.714];
        var schedule = Schedule.WarmupThenInverseSquareRoot(2, convention: HuggingFace);

        for (var k = 0; k < rates.Length; k++)
            Assert.Equal(rates[k], 10.0 * schedule.Factor(k), 0.01);
    }

    /// <summary>The formula of the paper; the optimizer's learning rate is its factor.</summary>
    [Theory]
    [InlineData(512L, 4000L, 1.0, new long[] { 1, 2, 10, 100, 1000, 2000, 3999, 4000, 4001, 8000, 16000, 100000 }, new[] { 1.746928107421711e-07, 3.493856214843422e-07, 1.7469281074217108e-06, 1.746928107421711e-05, 0.0001746928107421711, 0.0003493856214843422, 0.0006985965501579421, 0.0006987712429686843, 0.000698683912937353, 0.0004941058844013093, 0.00034938562148434214, 0.00013975424859373687 })]
    [InlineData(1024L, 5L, 0.25, new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 }, new[] { 0.0006987712429686843, 0.0013975424859373686, 0.002096313728906053, 0.002795084971874737, 0.0034938562148434213, 0.00318943976924893, 0.002952847445384588, 0.0027621358640099515, 0.0026041666666666665, 0.0024705294220065464, 0.0023555573795137784, 0.0022552744890219755, 0.0021667976415048014, 0.0020879784524408156, 0.0020171788261496965 })]
    [InlineData(768L, 25000L, 1.0, new long[] { 1, 1000, 25000, 50000 }, new[] { 9.128709291752768e-09, 9.128709291752766e-06, 0.0002282177322938192, 0.0001613743060919757 })]
    public void It_is_the_formula_of_the_paper(long width, long warmup, double rate, long[] numbers, double[] rates)
    {
        var schedule = Schedule.Noam(warmup, width);

        foreach (var (number, expected) in numbers.Zip(rates))
            AssertClose(expected, rate * schedule.Factor(number - 1));
    }

    private static void AssertRates(double[] expected, double rate, Schedule schedule)
    {
        for (var k = 0; k < expected.Length; k++)
            AssertClose(expected[k], rate * schedule.Factor(k));
    }

    // The tables' own tolerance.
    private static void AssertClose(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Abs(expected));

    private static double[] First(int count, Schedule schedule) =>
        [.. Enumerable.Range(0, count).Select(k => schedule.Factor(k))];
}
