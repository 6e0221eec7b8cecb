using System.Collections.Generic;
using System.Linq;

namespace WarmupSchedulers.Previews;

/// <summary>From 0, or from the least number where that is below 0, to a little above the peak.</summary>
internal sealed class LinearAxis : ValueAxis
{
    private const double Headroom = 0.04;

    private readonly double _least;
    private readonly double _peak;

    internal LinearAxis(IEnumerable<double> values)
    {
        var finite = values.Where(IsFinite).Append(0.0).ToArray();
        (_least, _peak) = (finite.Min(), finite.Max());
    }

    // Halved: from one end to the other of what a double can be is more than it can be.
    private double Half => _peak / 2.0 - _least / 2.0;

    internal override bool Shows(double value) => IsFinite(value);

    internal override double Share(double value) => Half > 0.0 ? (value / 2.0 - _least / 2.0) / Half / (1.0 + Headroom) : 0.0;

    internal override IEnumerable<double> Ticks(int wanted) => AxisTicks.Of(_least, _peak, wanted);
}
