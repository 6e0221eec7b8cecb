using System;
using System.Collections.Generic;
using WarmupAnalyzers.Schedules.Simulated;

namespace WarmupAnalyzers.Schedules;

/// <summary>Two schedulers at work on one optimizer, where the work of one is lost.</summary>
/// <param name="FirstIsLost">Whether it is that of the one that was made first.</param>
/// <param name="At">After so many steps the loss shows.</param>
/// <param name="Together">The learning rates of both.</param>
/// <param name="Meant">Those that would be there if both counted.</param>
internal sealed record JointRun(bool FirstIsLost, int At, IReadOnlyList<double> Together, IReadOnlyList<double> Meant)
{
    private const double Tolerance = 1e-9;

    /// <summary>Null where both count, or where not enough is known.</summary>
    /// <param name="stepsSecondFirst">Whether the second is stepped before the first.</param>
    /// <param name="rate">The learning rate of the optimizer.</param>
    /// <param name="count">So many rates are trained with at most.</param>
    public static JointRun? Of(SimulatedScheduler first, SimulatedScheduler second, bool stepsSecondFirst, double rate, int count)
    {
        var (one, other) = (Run([first], rate, count), Run([second], rate, count));
        var both = Run([first, second], rate, count, stepsSecondFirst);
        var length = Math.Min(both.Count, Math.Min(one.Count, other.Count));
        var meant = new double[length];
        for (var step = 0; step < length; step++)
            meant[step] = one[step] * other[step] / rate;
        if (LostAt(one, other, both, meant, rate) is { } at)
            return new JointRun(true, at, both, meant);
        return LostAt(other, one, both, meant, rate) is { } lost ? new JointRun(false, lost, both, meant) : null;
    }

    // Its work is lost where only its last step, or none, is seen in the rate; once in a while that may be a chance.
    private static int? LostAt(IReadOnlyList<double> one, IReadOnlyList<double> other, IReadOnlyList<double> both, double[] meant, double rate)
    {
        var (counted, lost, first) = (0, 0, 0);
        for (var step = 1; step < meant.Length; step++)
        {
            if (AreClose(one[step], rate))
                continue;
            counted++;
            var isLastStepOnly = !AreClose(one[step - 1], rate) && AreClose(both[step], other[step] * one[step] / one[step - 1]);
            if (AreClose(both[step], meant[step]) || !(isLastStepOnly || AreClose(both[step], other[step])))
                continue;
            if (lost++ == 0)
                first = step;
        }

        return lost * 2 > counted ? first : null;
    }

    private static bool AreClose(double left, double right) => Math.Abs(left - right) <= Tolerance * Math.Max(Math.Abs(left), Math.Abs(right));

    private static IReadOnlyList<double> Run(SimulatedScheduler[] schedulers, double rate, int count, bool isReversed = false)
    {
        var group = new ParameterGroup(rate, MomentumKind.Momentum, 0.9);
        ParameterGroup[] groups = [group];
        var runs = Array.ConvertAll(schedulers, scheduler => scheduler.Start(groups));
        if (isReversed)
            Array.Reverse(runs);
        var rates = new List<double>();
        while (rates.Count < count && Array.TrueForAll(runs, run => run.IsKnown))
        {
            rates.Add(group.LearningRate);
            Array.ForEach(runs, Step);
        }

        return rates;
    }

    // A metric that gets no better.
    private static void Step(ScheduleRun run)
    {
        if (run.Scheduler is ReduceLROnPlateau)
            run.StepWith(1);
        else
            run.Step();
    }
}
