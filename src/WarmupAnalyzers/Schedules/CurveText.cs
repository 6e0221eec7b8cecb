using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace WarmupAnalyzers.Schedules;

/// <summary>How a curve reads in a message: its first numbers and a sparkline.</summary>
internal static class CurveText
{
    private const string Levels = "▁▂▃▄▅▆▇█";
    private const int ShownNumbers = 6;

    /// <summary>At most six numbers, three significant digits each: <c>0, 0.2, 0.4, 0.6, 0.8, 1, …</c>.</summary>
    public static string Numbers(IReadOnlyList<double> curve)
    {
        var shown = string.Join(", ", curve.Take(ShownNumbers).Select(Number));
        return curve.Count > ShownNumbers ? shown + ", …" : shown;
    }

    /// <summary>One number at three significant digits, in the invariant culture.</summary>
    public static string Number(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "-∞";
        if (value == 0)
            return "0"; // never "-0"
        // As text: the largest doubles are no doubles any more when they are rounded up.
        var rounded = value.ToString("E2", CultureInfo.InvariantCulture);
        var split = rounded.IndexOf('E');
        var exponent = int.Parse(rounded.Substring(split + 1), CultureInfo.InvariantCulture);
        return exponent is >= -4 and < 6
            ? decimal.Parse(rounded, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture)
            : rounded.Substring(0, split).TrimEnd('0').TrimEnd('.') + "e" + exponent.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A bar for each value from the curve's zero (or minimum, if negative) to its maximum.</summary>
    public static string Sparkline(IReadOnlyList<double> curve)
    {
        var finite = curve.Where(value => !double.IsNaN(value) && !double.IsInfinity(value)).ToArray();
        if (finite.Length == 0)
            return string.Empty;
        var low = Math.Min(0, finite.Min());
        var range = finite.Max() - low;
        // From one end of the doubles to the other the range is no double: half of everything.
        var scale = double.IsInfinity(range) ? 0.5 : 1;
        if (scale < 1)
            (low, range) = (low * scale, (finite.Max() * scale) - (low * scale));
        var bars = new StringBuilder(curve.Count);
        foreach (var value in curve)
            bars.Append(Bar(value * scale, low, range));
        return bars.ToString();
    }

    private static char Bar(double value, double low, double range)
    {
        if (double.IsNaN(value))
            return '?';
        if (range <= 0)
            return Levels[0];
        var share = (value - low) / range;
        return Levels[(int)Math.Round(Math.Max(0, Math.Min(1, share)) * (Levels.Length - 1))];
    }
}
