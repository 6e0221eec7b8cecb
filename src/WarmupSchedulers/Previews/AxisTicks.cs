using System;
using System.Collections.Generic;

namespace WarmupSchedulers.Previews;

/// <summary>Round numbers along an axis that starts at 0.</summary>
internal static class AxisTicks
{
    /// <summary>About <paramref name="wanted"/> multiples of 1, 2 or 5 times a power of ten, from 0 to <paramref name="end"/>.</summary>
    internal static IReadOnlyList<double> Of(double end, int wanted)
    {
        if (!(end > 0.0))
            return [0.0];

        var distance = Distance(end / wanted);
        var ticks = new List<double> { 0.0 };
        // By multiples and not by adding, so that the hundredth tick is as round as the first. At the ends of what a double can be there may be none.
        for (var i = 1; i <= wanted && distance > 0.0 && i * distance * (1.0 - 1e-12) <= end; i++)
            ticks.Add(i * distance);

        return ticks;
    }

    private static double Distance(double least)
    {
        var power = Math.Pow(10.0, Math.Floor(Math.Log10(least)));
        foreach (var step in new[] { 1.0, 2.0, 5.0 })
        {
            if (step * power >= least * (1.0 - 1e-12))
                return step * power;
        }

        return 10.0 * power;
    }
}
