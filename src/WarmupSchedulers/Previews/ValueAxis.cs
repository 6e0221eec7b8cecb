using System.Collections.Generic;
using System.Linq;

namespace WarmupSchedulers.Previews;

/// <summary>Where a number stands between the foot and the head of a picture, and where the ticks are.</summary>
internal abstract class ValueAxis
{
    internal static ValueAxis Of(Preview preview)
    {
        var values = preview.Curves.SelectMany(curve => curve.Values);
        return preview.IsLogarithmic ? new LogarithmicAxis(values) : new LinearAxis(values);
    }

    internal static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    /// <summary>Whether there is a place for this number at all.</summary>
    internal abstract bool Shows(double value);

    /// <summary>From 0 at the foot to 1 at the head.</summary>
    internal abstract double Share(double value);

    /// <summary>About <paramref name="wanted"/> round numbers.</summary>
    internal abstract IEnumerable<double> Ticks(int wanted);
}
