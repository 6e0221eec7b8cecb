using System;
using System.Globalization;
using WarmupAnalyzers.Schedules;
using Xunit;

namespace WarmupAnalyzers.Tests.Schedules;

public sealed class CurveTextTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1.0, "1")]
    [InlineData(0.2, "0.2")]
    [InlineData(1.0 / 3, "0.333")]
    [InlineData(-2.0 / 3, "-0.667")]
    [InlineData(0.001, "0.001")]
    [InlineData(3e-4, "0.0003")]
    [InlineData(1e-4, "0.0001")]
    [InlineData(0.0001234, "0.000123")]
    [InlineData(9.999e-5, "0.0001")]
    [InlineData(1.234e-5, "1.23e-5")]
    [InlineData(1e-300, "1e-300")]
    [InlineData(double.Epsilon, "4.94e-324")]
    [InlineData(1234.0, "1230")]
    [InlineData(999_900.0, "1e6")]
    [InlineData(123_456.0, "123000")]
    [InlineData(1_234_567.0, "1.23e6")]
    [InlineData(-1e20, "-1e20")]
    [InlineData(double.MaxValue, "1.8e308")]
    [InlineData(double.MinValue, "-1.8e308")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "∞")]
    [InlineData(double.NegativeInfinity, "-∞")]
    public void A_number_has_three_digits_in_every_culture(double value, string expected)
    {
        Assert.Equal(expected, InCulture("", () => CurveText.Number(value)));
        Assert.Equal(expected, InGermanStyle(() => CurveText.Number(value)));
    }

    [Fact]
    public void Zero_has_no_sign() => Assert.Equal("0", CurveText.Number(-0.0));

    [Fact]
    public void Six_numbers_are_shown() => Assert.Equal(
        "0, 0.2, 0.4, 0.6, 0.8, 1, …",
        InGermanStyle(() => CurveText.Numbers([0, 0.2, 0.4, 0.6, 0.8, 1, 1])));

    [Fact]
    public void All_numbers_are_shown_where_there_are_few()
    {
        Assert.Equal("0, NaN, -0.5", CurveText.Numbers([-0.0, double.NaN, -0.5]));
        Assert.Equal("1, 2, 3, 4, 5, 6", CurveText.Numbers([1, 2, 3, 4, 5, 6]));
        Assert.Equal(string.Empty, CurveText.Numbers([]));
    }

    [Fact]
    public void A_sparkline_rises_with_its_curve()
    {
        Assert.Equal("▁▂▃▄▅▆▇█", CurveText.Sparkline([0, 1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal("▁▂▄▅▇█", CurveText.Sparkline([0, 0.2, 0.4, 0.6, 0.8, 1]));
        Assert.Equal("██", CurveText.Sparkline([0.1, 0.1]));
        Assert.Equal("▁▁▁", CurveText.Sparkline([0, 0, 0]));
        Assert.Equal("▁█", CurveText.Sparkline([-1, 1]));
        Assert.Equal("▁▁", CurveText.Sparkline([0, -0.0]));
    }

    [Fact]
    public void A_sparkline_shows_what_is_not_finite()
    {
        Assert.Equal("▁?█", CurveText.Sparkline([0, double.NaN, 1]));
        Assert.Equal("▁██▁", CurveText.Sparkline([0, double.PositiveInfinity, 1, double.NegativeInfinity]));
        Assert.Equal(string.Empty, CurveText.Sparkline([double.NaN, double.NaN]));
        Assert.Equal(string.Empty, CurveText.Sparkline([]));
        Assert.Equal("▁█", CurveText.Sparkline([-double.MaxValue, double.MaxValue]));
        Assert.Equal("▁█", CurveText.Sparkline([0, double.Epsilon]));
    }

    // With a comma as the point, dots between the thousands and another minus; real cultures are not everywhere installed.
    private static string InGermanStyle(Func<string> text)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "−";
        culture.NumberFormat.NaNSymbol = "keine Zahl";
        return InCulture(culture, text);
    }

    private static string InCulture(string name, Func<string> text) => InCulture(CultureInfo.GetCultureInfo(name), text);

    private static string InCulture(CultureInfo culture, Func<string> text)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
