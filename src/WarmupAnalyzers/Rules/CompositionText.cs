using System;
using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Schedules;

namespace WarmupAnalyzers.Rules;

/// <summary>The run of a composition in a message.</summary>
internal static class CompositionText
{
    private const int MinimumBars = 8;
    private const int MaximumBars = 24;

    /// <summary><c>; the learning rate runs 0.01, 0.028, … ▁▂▇▇</c>, to some steps behind the last one named; empty where it is not known.</summary>
    public static string Run(Composition composition, double until)
    {
        var count = (int)Math.Max(MinimumBars, Math.Min(MaximumBars, until + 4));
        var (rates, _) = composition.Run(count);
        return rates.Count < count ? string.Empty : $"; {Subject(composition)} {Picture(rates)}";
    }

    /// <summary>What the numbers of a run are.</summary>
    public static string Subject(Composition composition) => composition.IsRateKnown ? "the learning rate runs" : "the learning rate is multiplied by";

    /// <summary>One rate of a run, or one factor.</summary>
    public static string Level(Composition composition, double factor) => composition.IsRateKnown
        ? CurveText.Number(factor * composition.Rate)
        : CurveText.Number(factor) + " of the base learning rate";

    /// <summary>The first numbers, and bars for all.</summary>
    public static string Picture(IReadOnlyList<double> rates) => CurveText.Numbers(rates.ToArray()) + " " + CurveText.Sparkline(rates.ToArray());
}
