using System;
using System.Collections.Generic;

namespace WarmupSchedulers.Previews;

/// <summary>Round numbers along an axis that holds 0.</summary>
internal static class AxisTicks
{
    /// <summary>About <paramref name="wanted"/> multiples of 1, 2 or 5 times a power of ten, from 0 to <paramref name="end"/>.</summary>
    internal static IReadOnlyList<double> Of(double end, int wanted) => Of(0.0, end, wanted);

    /// <summary>The same from a number that is not above 0 to one that is not below it.</summary>
    internal static IReadOnlyList<double> Of(double start, double end, int wanted)
    {
        if (!(end - start > 0.0))
            return [0.0];

        var distance = Distance((end - start) / wanted);
        if (!(distance > 0.0) || double.IsInfinity(distance))
            return [0.0]; // at the ends of what a double can be there is no round number

        var ticks = new List<double>();
        var first = (long)Math.Ceiling(start / distance * (1.0 + 1e-12));
        // By multiples and not by adding, so that the hundredth tick is as round as the first.
        for (var i = first; i <= first + wanted && i * distance * (1.0 - 1e-12) <= end; i++)
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
