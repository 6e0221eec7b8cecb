using System;

namespace WarmupSchedulers;

internal sealed class ExponentialWarmupSchedule(double period) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("ExponentialWarmup", ("warmup_period", period));

    private protected override double FactorAt(long step) => 1.0 - Math.Exp(-(step + 1.0) / period);
}
