using System;

namespace WarmupSchedulers;

internal sealed class ExponentialDecaySchedule(double gamma, long decaySteps) : Schedule
{
    public override long? Length => null;

    private protected override double FactorAt(long step) => Math.Pow(gamma, step / (double)decaySteps);
}
