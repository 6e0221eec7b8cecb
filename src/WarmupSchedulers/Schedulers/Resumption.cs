using System;
using System.Linq;

namespace WarmupSchedulers;

/// <summary>Checks of the <c>last_epoch</c> argument.</summary>
internal static class Resumption
{
    /// <summary>
    /// An optimizer whose state was loaded carries the rate of the step it was saved at: of <paramref name="last_epoch"/>, or of the
    /// step after it where the scheduler was stepped before saving. A fresh one carries its initial rate; it is let through only
    /// where that is the same number.
    /// </summary>
    internal static int Checked(int last_epoch, GroupRates rates)
    {
        if (last_epoch < -1)
            throw Argument.OutOfRange(last_epoch, nameof(last_epoch), "must be -1 or the index of a step");
        if (last_epoch == int.MaxValue)
            throw Argument.OutOfRange(last_epoch, nameof(last_epoch), "must leave room for one more step");
        if (last_epoch >= 0 && !(Carries(rates, last_epoch) || Carries(rates, last_epoch + 1L)))
            throw new ArgumentException($"'last_epoch' is {last_epoch}, but the optimizer's learning rates ({Found(rates)}) are not those of that step: load the optimizer's state first, or leave last_epoch out and call step({last_epoch + 1}).", nameof(last_epoch));

        return last_epoch;
    }

    private static bool Carries(GroupRates rates, long step) =>
        rates.Optimizer.ParamGroups.Select((group, i) => group.LearningRate.Equals(rates.RateAt(i, step))).All(same => same);

    private static string Found(GroupRates rates) =>
        string.Join(", ", rates.Optimizer.ParamGroups.Select(group => Argument.Text(group.LearningRate)));
}
