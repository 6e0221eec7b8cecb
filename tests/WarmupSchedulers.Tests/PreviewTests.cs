using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace WarmupSchedulers.Tests;

/// <summary>A preview shows the numbers that a run will have, and touches nothing.</summary>
public class PreviewTests
{
    private static readonly Schedule s_schedule = Schedule.WarmupThenCosine(5, 25);

    [Fact]
    public void The_rates_that_are_foretold_are_those_that_come()
    {
        var optimizer = new FakeOptimizer(0.1, 0.03);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, s_schedule);

        var foretold = scheduler.simulate(40);

        Assert.Equal(optimizer.Rates, scheduler.get_last_lr());
        for (var k = 0; k < 40; k++, scheduler.step())
            Assert.Equal(optimizer.Rates, foretold.Select(group => group[k]));
    }

    [Fact]
    public void A_preview_leaves_optimizer_and_scheduler_as_they_are()
    {
        var optimizer = new FakeOptimizer(0.1);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, s_schedule);
        scheduler.step();
        var rate = optimizer.Rates[0];

        scheduler.Preview(100).ToSvg("a title");
        Assert.Equal(rate, optimizer.Rates[0]);

        scheduler.step();
        Assert.Equal(0.1 * s_schedule.Factor(2), optimizer.Rates[0]);
    }

    [Fact]
    public void A_sparkline_rises_and_falls_with_the_schedule() =>
        Assert.Equal("▂▄▅▇██████▇▇▆▆▅▅▄▃▃▂▂▁▁▁▁", s_schedule.Preview(25).Sparkline());

    [Fact]
    public void A_sparkline_shows_zero_as_nothing() =>
        Assert.Equal(" ▃▆█", Schedule.LinearWarmup(3, WarmupConvention.HuggingFace).Preview(4).Sparkline());

    [Fact]
    public void A_sparkline_is_as_wide_as_it_may_be()
    {
        Assert.Equal(10, s_schedule.Preview(1000).Sparkline(10).Length);
        Assert.Equal(1, s_schedule.Preview(1).Sparkline().Length);
    }

    [Fact]
    public void Every_number_of_the_table_is_exact()
    {
        var lines = LRSchedulers.ScheduleLR(new FakeOptimizer(0.1, 0.3), s_schedule).Preview(30).ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("step,group 0,group 1", lines[0]);
        Assert.Equal(31, lines.Length);
        for (var k = 0; k < 30; k++)
        {
            var cells = lines[k + 1].Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal([k, 0.1 * s_schedule.Factor(k), 0.3 * s_schedule.Factor(k)], cells);
        }
    }

    [Fact]
    public void A_picture_has_a_line_for_every_curve_a_legend_and_axes()
    {
        var preview = Preview.Of(
            50,
            new KeyValuePair<string, Schedule>("cosine", s_schedule),
            new KeyValuePair<string, Schedule>("line <1>", Schedule.WarmupThenLinear(5, 25)));

        var picture = XDocument.Parse(preview.ToSvg("Warmup & decay")).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        var texts = picture.Elements(svg + "text").Select(text => text.Value).ToArray();

        Assert.Equal(2, picture.Elements(svg + "polyline").Count());
        Assert.All(picture.Elements(svg + "polyline"), line => Assert.Equal(50, line.Attribute("points")!.Value.Split(' ').Length));
        foreach (var expected in new[] { "Warmup & decay", "cosine", "line <1>", "step", "factor", "0", "10", "0.2", "1" })
            Assert.Contains(expected, texts);
    }

    [Fact]
    public void A_legend_that_is_too_long_for_one_row_goes_on_in_the_next()
    {
        var names = Enumerable.Range(0, 6).Select(i => new string((char)('a' + i), 30)).ToArray();
        var picture = XDocument.Parse(Preview.Of(9, [.. names.Select(name => new KeyValuePair<string, Schedule>(name, s_schedule))]).ToSvg()).Root!;
        var entries = picture.Elements().Where(text => names.Contains(text.Value)).Select(text => ((int)text.Attribute("x")!, (int)text.Attribute("y")!)).ToArray();

        Assert.Equal(6, entries.Distinct().Count());
        Assert.Equal(3, entries.Select(entry => entry.Item2).Distinct().Count());
        Assert.All(entries, entry => Assert.InRange(entry.Item1, 0, 640 - 30 * 6));
    }

    [Fact]
    public void A_picture_of_a_single_curve_has_no_legend() => Assert.DoesNotContain("group 0", LRSchedulers.ScheduleLR(new FakeOptimizer(1.0), s_schedule).Preview(9).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void All_zeros_are_a_line_at_the_foot()
    {
        var picture = Schedule.Constant(0.0).Preview(3).ToSvg();

        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        Assert.Equal("   ", Schedule.Constant(0.0).Preview(3).Sparkline());
    }

    [Fact]
    public void A_million_steps_make_a_small_picture() => Assert.InRange(s_schedule.Preview(1_000_000).ToSvg().Length, 1, 100_000);

    [Fact]
    public void The_numbers_are_written_the_same_in_every_country()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var expected = (s_schedule.Preview(30).ToSvg(), s_schedule.Preview(30).ToCsv(), Schedule.CosineDecay(9, 0.25).ToString());
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, (s_schedule.Preview(30).ToSvg(), s_schedule.Preview(30).ToCsv(), Schedule.CosineDecay(9, 0.25).ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Recorded_numbers_are_drawn_as_they_were_and_gaps_are_left_where_there_are_none()
    {
        var loss = new List<double> { 3.0, double.NaN, 2.0, 1.0, double.PositiveInfinity, -1.0 };
        var preview = Preview.OfRecorded("loss", Recorded("run", loss), Recorded("short", 2.0));
        loss.Clear();

        Assert.Equal(6, preview.Steps);
        Assert.Equal([3.0, double.NaN, 2.0, 1.0, double.PositiveInfinity, -1.0], preview.Curves[0].Values);
        Assert.Equal("█×▆▃× ", preview.Sparkline());
        Assert.Equal("step,run,short\n0,3,2\n1,NaN,\n2,2,\n3,1,\n4,Infinity,\n5,-1,\n", preview.ToCsv());
        Assert.Equal([[3.0], [2.0, 1.0], [-1.0], [2.0]], Heights(preview.ToSvg()));
    }

    [Fact]
    public void On_a_logarithmic_scale_tenfold_steps_are_equally_high()
    {
        var preview = Preview.OfRecorded("loss", Recorded("run", 300.0, 30.0, 3.0, 0.0, 0.3)).OnLogarithmicScale();
        var texts = Texts(preview.ToSvg());
        var heights = Points(preview.ToSvg()).SelectMany(line => line).Select(point => point.Y).ToArray();

        Assert.All(new[] { "0.1", "1", "10", "100", "1000" }, tick => Assert.Contains(tick, texts));
        Assert.Equal(4, heights.Length);
        Assert.Equal(heights[1] - heights[0], heights[2] - heights[1], 1);
        Assert.Equal(heights[1] - heights[0], heights[3] - heights[2], 1);
        Assert.Equal([300.0, 30.0, 3.0, 0.0, 0.3], preview.Curves[0].Values);
    }

    [Theory]
    [InlineData(5.0)]
    [InlineData(0.0)]
    [InlineData(-2.0)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    public void One_number_of_any_size_makes_a_picture(double value)
    {
        var preview = Preview.OfRecorded("loss", Recorded("run", value));

        foreach (var picture in new[] { preview.ToSvg(), preview.OnLogarithmicScale().ToSvg() })
        {
            Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", picture, StringComparison.Ordinal);
            Assert.All(Points(picture).SelectMany(line => line), point => Assert.InRange(point.Y, 0.0, 320.0));
        }
    }

    [Fact]
    public void From_one_end_of_what_a_number_can_be_to_the_other_there_is_a_picture()
    {
        var heights = Points(Preview.OfRecorded("loss", Recorded("run", double.MinValue, 0.0, double.MaxValue)).ToSvg()).Single().Select(point => point.Y).ToArray();

        Assert.Equal(heights[0] - heights[1], heights[1] - heights[2], 1);
        Assert.True(heights[0] > heights[2]);
    }

    [Fact]
    public void Learning_rate_and_loss_stand_one_below_the_other()
    {
        var loss = Preview.OfRecorded("loss", Recorded("run", 2.0, 1.0));

        var picture = XDocument.Parse(Preview.Stacked("One <run>", s_schedule.Preview(2), loss.OnLogarithmicScale())).Root!;

        Assert.Equal("640", (string?)picture.Attribute("height"));
        Assert.Equal(["translate(0 0)", "translate(0 320)"], picture.Elements().Select(panel => (string)panel.Attribute("transform")!));
        Assert.Single(picture.Descendants(), text => text.Value == "One <run>" && !text.HasElements);
        Assert.Equal(2, picture.Descendants().Count(element => element.Name.LocalName == "polyline"));
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Throws<ArgumentNullException>("quantity", () => Preview.OfRecorded(null!, Recorded("run", 1.0)));
        Assert.Throws<ArgumentNullException>("curves", () => Preview.OfRecorded("loss", null!));
        Assert.Throws<ArgumentNullException>("curves", () => Preview.OfRecorded("loss", Recorded(null!, 1.0)));
        Assert.Throws<ArgumentException>("curves", () => Preview.OfRecorded("loss"));
        Assert.Contains("run", Assert.Throws<ArgumentException>("curves", () => Preview.OfRecorded("loss", Recorded("run"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("previews", () => Preview.Stacked("title", null!));
        Assert.Throws<ArgumentNullException>("previews", () => Preview.Stacked("title", [null!]));
        Assert.Throws<ArgumentException>("previews", () => Preview.Stacked("title"));
    }

    [Fact]
    public void Bad_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => s_schedule.Preview(0));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => s_schedule.Preview(9).ToSvg(width: 100));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => s_schedule.Preview(9).ToSvg(height: 100));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => s_schedule.Preview(9).Sparkline(0));
        Assert.Throws<ArgumentException>(() => Preview.Of(9));
    }

    [Fact]
    public void Whatever_a_title_or_a_name_holds_the_picture_is_XML()
    {
        const string Odd = "a < b & \"c\" 'd' > \0\u000b\ud800 \U0001F525 ]]>";

        var document = XDocument.Parse(Preview.Of(9, new KeyValuePair<string, Schedule>(Odd, s_schedule), new("other", s_schedule)).ToSvg(Odd));

        var texts = document.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Equal(2, texts.Count(text => text == "a < b & \"c\" 'd' > \ufffd\ufffd\ufffd \U0001F525 ]]>"));
    }

    [Fact]
    public void A_single_step_is_seen() =>
        Assert.Single(Elements(Schedule.Constant(0.5).Preview(1).ToSvg(), "circle"));

    [Fact]
    public void What_goes_up_and_down_is_seen_at_every_length()
    {
        foreach (var steps in new[] { 100, 5_000, 9_999, 100_000 })
        {
            var points = Elements(Schedule.Cyclic(1, 1, 0.1).Preview(steps).ToSvg(), "polyline").Single().Attribute("points")!.Value.Split(' ');
            var heights = points.Select(point => point.Split(',')[1]).Distinct().ToList();

            Assert.Equal(2, heights.Count);
            Assert.All(heights, height => Assert.True(points.Count(point => point.EndsWith("," + height, StringComparison.Ordinal)) > points.Length / 3));
        }
    }

    [Fact]
    public void Long_titles_and_names_end_with_dots()
    {
        var picture = Preview.Of(9, new KeyValuePair<string, Schedule>(new string('n', 300), s_schedule), new("other", s_schedule)).ToSvg(new string('t', 300));
        var texts = Elements(picture, "text").Select(text => text.Value).Where(text => text.EndsWith('…')).ToList();

        Assert.Equal(2, texts.Count);
        Assert.All(texts, text => Assert.InRange(text.Length, 60, 90));
    }

    [Theory]
    [InlineData(640, 320)]
    [InlineData(200, 150)]
    public void However_many_curves_there_are_half_of_the_picture_is_theirs(int width, int height)
    {
        var picture = Preview.Of(9, [.. Enumerable.Range(0, 40).Select(i => new KeyValuePair<string, Schedule>($"schedule number {i}", s_schedule))]).ToSvg(null, width, height);
        var frame = Elements(picture, "rect").Last();
        var more = Elements(picture, "text").Single(text => text.Value.StartsWith("and ", StringComparison.Ordinal));

        Assert.InRange((int)frame.Attribute("height")!, (height - 60) / 2, height);
        Assert.Equal(40, Elements(picture, "polyline").Count());
        var named = Elements(picture, "text").Count(text => text.Value.StartsWith("schedule", StringComparison.Ordinal));
        Assert.Equal($"and {40 - named} more", more.Value);
    }

    [Theory]
    [InlineData(5e-324)]
    [InlineData(1e-300)]
    [InlineData(0.00051)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    public void Numbers_of_every_size_have_room_beside_the_axis(double peak)
    {
        var picture = Schedule.Constant(peak).Preview(9).ToSvg();
        var numbers = Elements(picture, "text").Where(text => (string?)text.Attribute("text-anchor") == "end").ToList();

        Assert.InRange(numbers.Count, 1, 9);
        Assert.All(numbers, number => Assert.True((double)number.Attribute("x")! - 7 * number.Value.Length >= 18));
        Assert.DoesNotContain("NaN", picture, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", picture, StringComparison.Ordinal);
    }

    private static IEnumerable<XElement> Elements(string picture, string name) =>
        XDocument.Parse(picture).Descendants().Where(element => element.Name.LocalName == name);

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Throws<ArgumentException>("schedules", () => Preview.Of(9));
        Assert.Throws<ArgumentNullException>("location", () => s_schedule.Preview(9).SaveSvg(null!));
        Assert.Throws<ArgumentNullException>("location", () => s_schedule.Preview(9).SaveCsv(null!));
    }

    private static KeyValuePair<string, IReadOnlyList<double>> Recorded(string name, params IReadOnlyList<double> values) => new(name, values);

    private static string[] Texts(string picture) => [.. XDocument.Parse(picture).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value)];

    private static (double X, double Y)[][] Points(string picture) =>
    [
        .. XDocument.Parse(picture).Descendants().Where(element => element.Name.LocalName is "polyline" or "circle").Select(line =>
            ((string?)line.Attribute("points") ?? $"{line.Attribute("cx")!.Value},{line.Attribute("cy")!.Value}").Split(' ').Select(point => point.Split(',')).Select(pair =>
                (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))).ToArray()),
    ];

    // The numbers at the heights of the lines, read from the ticks -1 and 3 of the linear axis.
    private static double[][] Heights(string picture)
    {
        var ticks = XDocument.Parse(picture).Descendants().Where(text => (string?)text.Attribute("text-anchor") == "end").ToDictionary(text => text.Value, text => (double)text.Attribute("y")!);
        var unit = (ticks["-1"] - ticks["3"]) / 4.0;
        return [.. Points(picture).Select(line => line.Select(point => Math.Round(3.0 - (point.Y - ticks["3"]) / unit, 2)).ToArray())];
    }
}
