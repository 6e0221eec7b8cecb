using System;

namespace WarmupSchedulers.Arithmetic;

/// <summary>Cosines that begin anew, in closed form.</summary>
internal static class Restarts
{
    // From here on the second cycle outlasts all steps that there are, and a larger number would only leave the range of a double.
    private const double EndlessGrowth = 1e30;

    /// <summary>
    /// A number of equal half cosines over D steps, and the minimum from step D on.
    /// </summary>
    internal static double Hard(long step, long decaySteps, double cycles, double minFactor)
    {
        if (step >= decaySteps)
            return minFactor;

        return HalfCosine(IsStart(step, decaySteps, cycles) ? 0.0 : cycles * (step / (double)decaySteps) % 1.0, 1.0, minFactor);
    }

    // In whole numbers, where a share of the way may be rounded to just before the next cycle: 49 · (1 / 49) is not 1.
    private static bool IsStart(long step, long decaySteps, double cycles) =>
        cycles <= int.MaxValue && cycles == Math.Floor(cycles) && step <= long.MaxValue / (long)cycles && step * (long)cycles % decaySteps == 0;

    /// <summary>
    /// Half cosines without an end: the first is T steps long, each that follows longer by a factor, and begins lower by another.
    /// </summary>
    internal static double Warm(long step, long firstCycle, double cycleMultiplier, double minFactor, double restartFactor)
    {
        if (cycleMultiplier == 1.0)
            return HalfCosine(step % firstCycle / (double)firstCycle, Math.Pow(restartFactor, step / firstCycle), minFactor);

        var growth = Math.Min(cycleMultiplier, EndlessGrowth);
        var cycle = CycleOf(step, firstCycle, growth);
        var position = (step - StartOf(cycle, firstCycle, growth)) / (firstCycle * Math.Pow(growth, cycle));
        return HalfCosine(Math.Min(1.0, Math.Max(0.0, position)), Math.Pow(restartFactor, cycle), minFactor);
    }

    // A peak that fell below the minimum leaves the minimum.
    private static double HalfCosine(double position, double peak, double minFactor)
    {
        var top = Math.Max(peak, minFactor);
        return minFactor + (top - minFactor) * (0.5 * (1.0 + Math.Cos(Math.PI * position)));
    }

    // The logarithm may land beside a start: the starts themselves decide.
    private static double CycleOf(long step, long firstCycle, double cycleMultiplier)
    {
        var cycle = Math.Floor(Math.Log(step * (cycleMultiplier - 1.0) / firstCycle + 1.0) / Math.Log(cycleMultiplier));
        if (cycle > 0.0 && StartOf(cycle, firstCycle, cycleMultiplier) > step)
            return cycle - 1.0;

        return StartOf(cycle + 1.0, firstCycle, cycleMultiplier) <= step ? cycle + 1.0 : cycle;
    }

    // A start that is a step but for the rounding is that step: beside it a cycle would begin one step late, after one more at the minimum.
    private static double StartOf(double cycle, long firstCycle, double cycleMultiplier)
    {
        var start = firstCycle * ((Math.Pow(cycleMultiplier, cycle) - 1.0) / (cycleMultiplier - 1.0));
        var step = Math.Round(start);
        return Math.Abs(start - step) <= 1e-12 * start ? step : start;
    }
}
