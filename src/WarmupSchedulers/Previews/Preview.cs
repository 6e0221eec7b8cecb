using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace WarmupSchedulers;

/// <summary>
/// What schedules will do, before any step is made: as numbers, as a line of text, as CSV or as an SVG picture. A preview never touches an optimizer.
/// Immutable.
/// </summary>
public sealed class Preview
{
    private Preview(IReadOnlyList<PreviewCurve> curves, string quantity) => (Curves, Quantity) = (curves, quantity);

    /// <summary>The lines, each as long as the others.</summary>
    public IReadOnlyList<PreviewCurve> Curves { get; }

    /// <summary>What the numbers are, as an axis says it.</summary>
    public string Quantity { get; }

    /// <summary>The number of steps that are shown.</summary>
    public int Steps => Curves[0].Values.Count;

    /// <summary>A preview of several schedules beside one another.</summary>
    /// <param name="steps">How many steps are shown, at least 1.</param>
    /// <param name="schedules">The schedules by their names, at least one.</param>
    /// <returns>A preview of their factors.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="schedules"/>, or a schedule or name in it, is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="schedules"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 1.</exception>
    public static Preview Of(int steps, params KeyValuePair<string, Schedule>[] schedules) => Of(
        steps,
        "factor",
        Argument.NotNull(schedules, nameof(schedules)).Select(pair => new KeyValuePair<string, Func<long, double>>(
            Argument.NotNull(pair.Key, nameof(schedules)), Argument.NotNull(pair.Value, nameof(schedules)).Factor)));

    internal static Preview Of(int steps, string quantity, IEnumerable<KeyValuePair<string, Func<long, double>>> lines)
    {
        Argument.Positive(steps, nameof(steps));
        var curves = lines.Select(line => new PreviewCurve(line.Key, [.. Enumerable.Range(0, steps).Select(step => line.Value(step))])).ToList();
        return curves.Count > 0 ? new(curves, quantity) : throw new ArgumentException("'schedules' must hold at least one schedule, but holds 0.", "schedules");
    }

    /// <summary>The first line as one line of text, scaled from 0 to its peak.</summary>
    /// <param name="width">The number of characters, at least 1; fewer where there are fewer steps. Default: 60.</param>
    /// <returns>Characters from ▁ to █; a space for a number that is exactly 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 1.</exception>
    public string Sparkline(int width = 60) => Previews.Sparkline.Of(Curves[0].Values, (int)Argument.Positive(width, nameof(width)));

    /// <summary>A table with a column of steps and one for each line, separated by commas, with a point in the numbers.</summary>
    /// <returns>Lines that end with a line feed; every number is exact when it is read again.</returns>
    public string ToCsv()
    {
        var text = new StringBuilder("step");
        foreach (var curve in Curves)
            text.Append(',').Append(Quoted(curve.Name));
        text.Append('\n');
        for (var step = 0; step < Steps; step++)
        {
            text.Append(step.ToString(CultureInfo.InvariantCulture));
            foreach (var curve in Curves)
                text.Append(',').Append(curve.Values[step].ToString("R", CultureInfo.InvariantCulture));
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A picture with axes, ticks, a title, and a legend where there are several lines.</summary>
    /// <param name="title">The title; left out, there is none.</param>
    /// <param name="width">The width in pixels, at least 200. Default: 640.</param>
    /// <param name="height">The height in pixels, at least 150. Default: 320.</param>
    /// <returns>A document of SVG that stands alone.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is too small.</exception>
    public string ToSvg(string? title = null, int width = 640, int height = 320) => new Previews.SvgChart(
        this,
        title,
        (int)Argument.AtLeast(width, nameof(width), 200.0),
        (int)Argument.AtLeast(height, nameof(height), 150.0)).Draw();

    /// <summary>Saves the picture to a file.</summary>
    /// <param name="location">The file, which is written anew.</param>
    /// <param name="title">The title; left out, there is none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string location, string? title = null) => File.WriteAllText(Argument.NotNull(location, nameof(location)), ToSvg(title));

    /// <summary>Saves the table to a file.</summary>
    /// <param name="location">The file, which is written anew.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCsv(string location) => File.WriteAllText(Argument.NotNull(location, nameof(location)), ToCsv());

    private static string Quoted(string name) =>
        name.IndexOfAny([',', '"', '\n', '\r']) < 0 ? name : "\"" + name.Replace("\"", "\"\"") + "\"";
}
