using System;

namespace WarmupSchedulers;

internal sealed class StepDecaySchedule(long stepSize, double gamma) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("StepDecay", ("step_size", stepSize), ("gamma", gamma));

    private protected override double FactorAt(long step) => Math.Pow(gamma, step / stepSize);
}
