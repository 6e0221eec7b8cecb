using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupSchedulers.Previews;

/// <summary>A curve as one line of text.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    internal static string Of(IReadOnlyList<double> values, int width)
    {
        var columns = Math.Min(width, values.Count);
        var peak = values.Where(ValueAxis.IsFinite).DefaultIfEmpty(0.0).Max();
        return new string([.. Enumerable.Range(0, columns).Select(column => Bar(values[At(column, columns, values.Count)], peak))]);
    }

    // The first and the last number are always shown.
    private static int At(int column, int columns, int count) =>
        columns == 1 ? 0 : (int)Math.Round(column * (count - 1.0) / (columns - 1.0));

    private static char Bar(double value, double peak)
    {
        if (!ValueAxis.IsFinite(value))
            return '×';

        return value <= 0.0 ? ' ' : Bars[Math.Min(Bars.Length - 1, (int)(value / peak * Bars.Length))];
    }
}
