using System;

namespace WarmupSchedulers;

internal sealed class MultiStepDecaySchedule(long[] milestones, double gamma) : Schedule
{
    public override long? Length => milestones.Length == 0 ? 0 : milestones[milestones.Length - 1];

    private protected override string Call => Signature.Of("MultiStepDecay", ("milestones", "[" + string.Join(", ", milestones) + "]"), ("gamma", gamma));

    private protected override double FactorAt(long step) => Math.Pow(gamma, Passed(step));

    // How many milestones are at or before the step: found by halves, a milestone that is named twice counts twice.
    private int Passed(long step)
    {
        var (low, high) = (0, milestones.Length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (milestones[middle] <= step)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
