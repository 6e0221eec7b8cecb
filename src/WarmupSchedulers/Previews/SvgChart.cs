using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace WarmupSchedulers.Previews;

/// <summary>A preview as a picture: a frame with round ticks, a line for each curve, and a legend where there are several.</summary>
internal sealed class SvgChart
{
    private const int Left = 64;
    private const int Right = 20;
    private const int Bottom = 44;
    private const int LegendHeight = 20;
    private const int LegendGap = 20;
    private const int LetterWidth = 7;
    private const int StepTickDistance = 60;
    private const int ValueTickDistance = 40;

    // Told apart in print and by those who do not see red and green apart (Okabe and Ito).
    private static readonly string[] s_colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];

    private readonly Preview _preview;
    private readonly string? _title;
    private readonly int _width;
    private readonly int _height;
    private readonly int _top;
    private readonly IReadOnlyList<(int X, int Row)> _legend;
    private readonly ValueAxis _values;
    private readonly StringBuilder _svg = new();

    internal SvgChart(Preview preview, string? title, int width, int height)
    {
        _preview = preview;
        _title = title;
        _width = width;
        _height = height;
        _legend = Legend(preview, PlotWidth);
        _top = 16 + (title is null ? 0 : 24) + (_legend.Count > 0 ? (_legend[_legend.Count - 1].Row + 1) * LegendHeight : 0);
        _values = ValueAxis.Of(preview);
    }

    private int PlotWidth => _width - Left - Right;

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
        Line($"<rect x=\"{Left}\" y=\"{_top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"none\" stroke=\"#666666\"/>");
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

        Line($"<text x=\"{Left + PlotWidth / 2}\" y=\"{_height - 8}\" text-anchor=\"middle\">step</text>");
    }

    private void DrawValues()
    {
        foreach (var tick in _values.Ticks(Math.Max(2, PlotHeight / ValueTickDistance)))
        {
            var y = Y(tick);
            Line($"<line x1=\"{Left}\" y1=\"{y}\" x2=\"{Left + PlotWidth}\" y2=\"{y}\" stroke=\"#e5e5e5\"/>");
            Line($"<text x=\"{Left - 6}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{tick.ToString("G4", CultureInfo.InvariantCulture)}</text>");
        }

        var middle = _top + PlotHeight / 2;
        Line($"<text x=\"14\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {middle})\">{Escaped(_preview.Quantity)}</text>");
    }

    private void DrawLegend()
    {
        for (var i = 0; i < _legend.Count; i++)
        {
            var (x, y) = (Left + _legend[i].X, _top - 10 - (_legend[_legend.Count - 1].Row - _legend[i].Row) * LegendHeight);
            Line($"<line x1=\"{x}\" y1=\"{y - 4}\" x2=\"{x + 18}\" y2=\"{y - 4}\" stroke=\"{Colour(i)}\" stroke-width=\"2\"/>");
            Line($"<text x=\"{x + 24}\" y=\"{y}\">{Escaped(_preview.Curves[i].Name)}</text>");
        }
    }

    // One entry behind the other, and a new row where the next would not fit. How wide a text is no one knows before it is drawn.
    private static IReadOnlyList<(int X, int Row)> Legend(Preview preview, int width)
    {
        var entries = new List<(int X, int Row)>();
        var (x, row) = (0, 0);
        foreach (var curve in preview.Curves.Where(_ => preview.Curves.Count > 1))
        {
            var entry = 24 + LetterWidth * curve.Name.Length;
            if (x > 0 && x + entry > width)
                (x, row) = (0, row + 1);
            entries.Add((x, row));
            x += entry + LegendGap;
        }

        return entries;
    }

    private void DrawCurve(PreviewCurve curve, string colour)
    {
        // Four points a pixel are more than an eye sees.
        var every = Math.Max(1, curve.Values.Count / (4 * PlotWidth));
        var shown = Enumerable.Range(0, curve.Values.Count).Where(step => step % every == 0 || step == curve.Values.Count - 1);
        foreach (var line in Lines(shown, curve.Values))
            Line($"<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>");
    }

    // What has no place in the picture, such as a loss that is no number, is a gap.
    private IEnumerable<string> Lines(IEnumerable<int> steps, IReadOnlyList<double> values)
    {
        var points = new List<string>();
        foreach (var step in steps)
        {
            if (_values.Shows(values[step]))
                points.Add(FormattableString.Invariant($"{X(step)},{Y(values[step])}"));
            else if (points.Count > 0)
            {
                yield return string.Join(" ", points);
                points.Clear();
            }
        }

        if (points.Count > 0)
            yield return string.Join(" ", points);
    }

    private double X(double step) => Math.Round(Left + step * PlotWidth / Math.Max(1, _preview.Steps - 1), 2);

    private double Y(double value) => Math.Round(_top + PlotHeight * (1.0 - _values.Share(value)), 2);

    private static string Colour(int curve) => s_colours[curve % s_colours.Length];

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private void Line(FormattableString text) => _svg.Append(FormattableString.Invariant(text)).Append('\n');
}
