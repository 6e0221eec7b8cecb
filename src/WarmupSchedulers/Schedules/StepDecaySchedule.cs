using System;

namespace WarmupSchedulers;

internal sealed class StepDecaySchedule(long stepSize, double gamma) : Schedule
{
    public override long? Length => null;

    private protected override double FactorAt(long step) => Math.Pow(gamma, step / stepSize);
}
