using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupSchedulers.Previews;

/// <summary>From the power of ten below the least number to the one above the peak; what is not above 0 has no place.</summary>
internal sealed class LogarithmicAxis : ValueAxis
{
    private readonly int _least;
    private readonly int _peak;

    internal LogarithmicAxis(IEnumerable<double> values)
    {
        var shown = values.Where(Shows).DefaultIfEmpty(1.0).ToArray();
        _least = (int)Math.Floor(Math.Log10(shown.Min()));
        _peak = Math.Max(_least + 1, (int)Math.Ceiling(Math.Log10(shown.Max())));
    }

    internal override bool Shows(double value) => IsFinite(value) && value > 0.0;

    internal override double Share(double value) => (Math.Log10(value) - _least) / (_peak - _least);

    internal override IEnumerable<double> Ticks(int wanted)
    {
        var every = Math.Max(1, (int)Math.Ceiling((_peak - _least) / (double)wanted));
        for (var power = _least; power <= _peak; power += every)
            yield return Math.Pow(10.0, power);
    }
}
