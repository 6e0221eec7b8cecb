using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace WarmupSchedulers;

/// <summary>
/// What schedules will do, before any step is made, or what a run has done: as numbers, as a line of text, as CSV or as an SVG picture. A preview never
/// touches an optimizer. Immutable.
/// </summary>
public sealed class Preview
{
    private Preview(IReadOnlyList<PreviewCurve> curves, string quantity, bool isLogarithmic = false) =>
        (Curves, Quantity, IsLogarithmic) = (curves, quantity, isLogarithmic);

    /// <summary>The lines. Those of schedules are all of one length, recorded ones may differ.</summary>
    public IReadOnlyList<PreviewCurve> Curves { get; }

    /// <summary>What the numbers are, as an axis says it.</summary>
    public string Quantity { get; }

    /// <summary>The number of steps that are shown.</summary>
    public int Steps => Curves.Max(curve => curve.Values.Count);

    /// <summary>Whether a picture shows the numbers on a logarithmic scale; see <see cref="OnLogarithmicScale"/>.</summary>
    public bool IsLogarithmic { get; }

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

    /// <summary>What was recorded in one or several runs, such as the loss, to be looked at beside the learning rate.</summary>
    /// <param name="quantity">What the numbers are, as the axis is to say it.</param>
    /// <param name="curves">
    /// The recorded numbers by their names, one for each step from step 0, at least one each. They may be of any size and sign; what is no finite number is a
    /// gap in the picture.
    /// </param>
    /// <returns>A preview of copies of the numbers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="quantity"/>, <paramref name="curves"/>, or a name or curve in it, is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="curves"/> or one of its curves is empty.</exception>
    public static Preview OfRecorded(string quantity, params KeyValuePair<string, IReadOnlyList<double>>[] curves)
    {
        Argument.NotNull(quantity, nameof(quantity));
        var copies = Argument.NotNull(curves, nameof(curves)).Select(Recorded).ToList();
        return copies.Count > 0 ? new(copies, quantity) : throw new ArgumentException("A preview needs at least one curve.", nameof(curves));
    }

    private static PreviewCurve Recorded(KeyValuePair<string, IReadOnlyList<double>> curve)
    {
        var name = Argument.NotNull(curve.Key, "curves");
        var values = Argument.NotNull(curve.Value, "curves");
        return values.Count > 0 ? new(name, [.. values]) : throw new ArgumentException($"The curve \"{name}\" has no numbers.", "curves");
    }

    internal static Preview Of(int steps, string quantity, IEnumerable<KeyValuePair<string, Func<long, double>>> lines)
    {
        Argument.Positive(steps, nameof(steps));
        var curves = lines.Select(line => new PreviewCurve(line.Key, [.. Enumerable.Range(0, steps).Select(step => line.Value(step))])).ToList();
        return curves.Count > 0 ? new(curves, quantity) : throw new ArgumentException("'schedules' must hold at least one schedule, but holds 0.", "schedules");
    }

    /// <summary>The same numbers, whose pictures show tenfold steps equally high: a loss that falls from 100 to 0.01 can be seen in all its length.</summary>
    /// <returns>A preview that differs in its pictures alone. Numbers that are not above 0 are gaps in them.</returns>
    public Preview OnLogarithmicScale() => new(Curves, Quantity, isLogarithmic: true);

    /// <summary>The first line as one line of text, scaled from 0 to its peak.</summary>
    /// <param name="width">The number of characters, at least 1; fewer where there are fewer steps. Default: 60.</param>
    /// <returns>Characters from ▁ to █; a space for 0 and what is below it; × for what is no finite number.</returns>
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
                text.Append(',').Append(Cell(curve.Values, step));
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

    /// <summary>Pictures of several previews, one below the other, such as the learning rate and the loss of the same run.</summary>
    /// <param name="title">The title above the first; left out, there is none.</param>
    /// <param name="previews">The previews from top to bottom, at least one, each in a picture of 640 by 320 pixels.</param>
    /// <returns>A document of SVG that stands alone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="previews"/>, or a preview in it, is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="previews"/> is empty.</exception>
    public static string Stacked(string? title, params Preview[] previews)
    {
        Argument.NotNull(previews, nameof(previews));
        foreach (var preview in previews)
            Argument.NotNull(preview, nameof(previews));
        return previews.Length > 0 ? Previews.SvgStack.Draw(title, previews) : throw new ArgumentException("There is no preview to draw.", nameof(previews));
    }

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

    private static string Cell(IReadOnlyList<double> values, int step) =>
        step < values.Count ? values[step].ToString("R", CultureInfo.InvariantCulture) : "";

    private static string Quoted(string name) =>
        name.IndexOfAny([',', '"', '\n', '\r']) < 0 ? name : "\"" + name.Replace("\"", "\"\"") + "\"";
}
