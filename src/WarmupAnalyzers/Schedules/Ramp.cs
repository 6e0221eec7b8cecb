using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Schedules;

/// <summary>A curve that rises to a plateau.</summary>
internal static class Ramp
{
    private const double Tolerance = 1e-9;

    /// <summary>Where a rising curve first reaches what it then stays at; null for one that does not do so.</summary>
    public static int? EndOf(IReadOnlyList<double> curve)
    {
        var plateau = curve[curve.Count - 1];
        var done = 0;
        while (curve[done] < plateau * (1 - Tolerance))
        {
            if (++done == curve.Count || curve[done] < curve[done - 1])
                return null;
        }

        return done > 0 && curve[0] >= 0 && curve.Skip(done).All(factor => Math.Abs(factor - plateau) <= plateau * Tolerance) ? done : null;
    }
}
