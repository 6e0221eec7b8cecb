using System;

namespace WarmupSchedulers;

internal sealed class ExponentialDecaySchedule(double gamma, long decaySteps) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("ExponentialDecay", ("gamma", gamma), ("decay_steps", decaySteps));

    private protected override double FactorAt(long step) => Math.Pow(gamma, step / (double)decaySteps);
}
