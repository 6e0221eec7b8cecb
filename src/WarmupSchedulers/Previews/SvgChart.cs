using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml;

namespace WarmupSchedulers.Previews;

/// <summary>A preview as a picture: a frame with round ticks, a line for each curve, and a legend where there are several.</summary>
internal sealed class SvgChart
{
    private const int LeastLeft = 64;
    private const int Right = 20;
    private const int Bottom = 44;
    private const int LegendHeight = 20;
    private const int LegendGap = 20;
    private const int LetterWidth = 7;
    private const int TitleLetterWidth = 8;
    private const int QuantityWidth = 24;
    private const int StepTickDistance = 60;
    private const int ValueTickDistance = 40;

    // Told apart in print and by those who do not see red and green apart (Okabe and Ito).
    private static readonly string[] s_colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    private readonly Preview _preview;
    private readonly string? _title;
    private readonly int _width;
    private readonly int _height;
    private readonly int _top;
    private readonly int _left;
    private readonly IReadOnlyList<(string Text, int X, int Row)> _legend;
    private readonly ValueAxis _values;
    private readonly StringBuilder _svg = new();

    internal SvgChart(Preview preview, string? title, int width, int height)
    {
        _preview = preview;
        _title = title is null ? null : Fitting(title, (width - 2 * Right) / TitleLetterWidth);
        _width = width;
        _height = height;
        _values = ValueAxis.Of(preview);
        // The numbers beside the ticks are not to be written over the name of the axis.
        _left = Math.Max(LeastLeft, QuantityWidth + LetterWidth * _values.Ticks(Math.Max(2, height / ValueTickDistance)).Max(tick => Number(tick).Length));
        var above = 16 + (title is null ? 0 : 24);
        _legend = Legend(preview, PlotWidth, Math.Max(1, ((height - above - Bottom) / 2) / LegendHeight));
        _top = above + (_legend.Count > 0 ? (_legend[_legend.Count - 1].Row + 1) * LegendHeight : 0);
    }

    private int PlotWidth => _width - _left - Right;

    private int PlotHeight => _height - _top - Bottom;

    internal string Draw()
    {
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{_width}\" height=\"{_height}\" viewBox=\"0 0 {_width} {_height}\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#333333\">");
        Line($"<rect width=\"{_width}\" height=\"{_height}\" fill=\"#ffffff\"/>");
        if (_title is not null)
            Line($"<text x=\"{_width / 2}\" y=\"24\" text-anchor=\"middle\" font-size=\"15\">{Escaped(_title)}</text>");
        DrawLegend();
        DrawSteps();
        DrawValues();
        Line($"<rect x=\"{_left}\" y=\"{_top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"none\" stroke=\"#666666\"/>");
        for (var i = 0; i < _preview.Curves.Count; i++)
            DrawCurve(_preview.Curves[i], Colour(i));
        Line($"</svg>");
        return _svg.ToString();
    }

    private void DrawSteps()
    {
        var last = Math.Max(1, _preview.Steps - 1);
        // There is no tick between two steps.
        foreach (var tick in AxisTicks.Of(last, Math.Max(2, PlotWidth / StepTickDistance)).Where(tick => tick == Math.Floor(tick)))
        {
            var x = X(tick);
            Line($"<line x1=\"{x}\" y1=\"{_top}\" x2=\"{x}\" y2=\"{_top + PlotHeight}\" stroke=\"#e5e5e5\"/>");
            Line($"<text x=\"{x}\" y=\"{_top + PlotHeight + 16}\" text-anchor=\"middle\">{tick}</text>");
        }

        Line($"<text x=\"{_left + PlotWidth / 2}\" y=\"{_height - 8}\" text-anchor=\"middle\">step</text>");
    }

    private void DrawValues()
    {
        foreach (var tick in _values.Ticks(Math.Max(2, PlotHeight / ValueTickDistance)))
        {
            var y = Y(tick);
            Line($"<line x1=\"{_left}\" y1=\"{y}\" x2=\"{_left + PlotWidth}\" y2=\"{y}\" stroke=\"#e5e5e5\"/>");
            Line($"<text x=\"{_left - 6}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{Number(tick)}</text>");
        }

        var middle = _top + PlotHeight / 2;
        Line($"<text x=\"14\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {middle})\">{Escaped(_preview.Quantity)}</text>");
    }

    private void DrawLegend()
    {
        for (var i = 0; i < _legend.Count; i++)
        {
            var (text, x, y) = (_legend[i].Text, _left + _legend[i].X, _top - 10 - (_legend[_legend.Count - 1].Row - _legend[i].Row) * LegendHeight);
            // The last entry may stand for all that found no room.
            if (i < _legend.Count - 1 || _legend.Count == _preview.Curves.Count)
                Line($"<line x1=\"{x}\" y1=\"{y - 4}\" x2=\"{x + 18}\" y2=\"{y - 4}\" stroke=\"{Colour(i)}\" stroke-width=\"2\"/>");
            Line($"<text x=\"{x + 24}\" y=\"{y}\">{Escaped(text)}</text>");
        }
    }

    // One entry behind the other, and a new row where the next would not fit. How wide a text is no one knows before it is drawn.
    private static IReadOnlyList<(string Text, int X, int Row)> Legend(Preview preview, int width, int rows)
    {
        var entries = new List<(string Text, int X, int Row)>();
        var (x, row) = (0, 0);
        foreach (var curve in preview.Curves.Where(_ => preview.Curves.Count > 1))
        {
            var text = Fitting(curve.Name, (width - 24) / LetterWidth);
            var entry = 24 + LetterWidth * text.Length;
            if (x > 0 && x + entry > width)
                (x, row) = (0, row + 1);
            if (row == rows)
            {
                var (_, last, at) = entries[entries.Count - 1];
                entries[entries.Count - 1] = (Fitting($"and {preview.Curves.Count - entries.Count + 1} more", (width - last - 24) / LetterWidth), last, at);
                break;
            }

            entries.Add((text, x, row));
            x += entry + LegendGap;
        }

        return entries;
    }

    private void DrawCurve(PreviewCurve curve, string colour)
    {
        foreach (var line in Lines(curve.Values))
        {
            if (line.Count == 1)
                Line($"<circle cx=\"{X(line[0])}\" cy=\"{Y(curve.Values[line[0]])}\" r=\"3\" fill=\"{colour}\"/>");
            else
                Line($"<polyline points=\"{string.Join(" ", line.Select(step => FormattableString.Invariant($"{X(step)},{Y(curve.Values[step])}")))}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>");
        }
    }

    // What has no place in the picture, such as a loss that is no number, is a gap.
    private IEnumerable<IReadOnlyList<int>> Lines(IReadOnlyList<double> values)
    {
        var line = new List<int>();
        foreach (var step in Shown(values))
        {
            if (_values.Shows(values[step]))
                line.Add(step);
            else if (line.Count > 0)
            {
                yield return line;
                line = [];
            }
        }

        if (line.Count > 0)
            yield return line;
    }

    // Four points a pixel are more than an eye sees: of the steps between them the lowest and the highest, so that nothing that goes up and down is lost.
    private IEnumerable<int> Shown(IReadOnlyList<double> values)
    {
        var every = Math.Max(1, values.Count / (4 * PlotWidth));
        for (var start = 0; start < values.Count; start += every)
        {
            var (low, high) = (start, start);
            for (var step = start + 1; step < Math.Min(start + every, values.Count); step++)
            {
                // What has no place gives way to what has one.
                low = !_values.Shows(values[low]) || values[step] < values[low] ? step : low;
                high = !_values.Shows(values[high]) || values[step] > values[high] ? step : high;
            }

            yield return Math.Min(low, high);
            if (low != high)
                yield return Math.Max(low, high);
        }

        if (every > 1)
            yield return values.Count - 1;
    }

    private double X(double step) => Math.Round(_left + step * PlotWidth / Math.Max(1, _preview.Steps - 1), 2);

    private double Y(double value) => Math.Round(_top + PlotHeight * (1.0 - _values.Share(value)), 2);

    private static string Number(double tick) => tick.ToString("G4", CultureInfo.InvariantCulture);

    private static string Fitting(string text, int letters) => text.Length <= letters ? text : text.Substring(0, Math.Max(1, letters - 1)) + "…";

    private static string Colour(int curve) => s_colours[curve % s_colours.Length];

    // What XML cannot hold at all, such as the control characters, is shown as what it is: a character that is not known.
    private static string Escaped(string text) => string
        .Concat(text.Select((letter, i) => XmlConvert.IsXmlChar(letter) || IsPair(text, i) ? letter : '\uFFFD'))
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static bool IsPair(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) : char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);

    private void Line(FormattableString text) => _svg.Append(FormattableString.Invariant(text)).Append('\n');
}
