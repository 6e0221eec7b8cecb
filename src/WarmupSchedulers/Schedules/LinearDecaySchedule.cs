using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class LinearDecaySchedule(long decaySteps, double minFactor) : Schedule
{
    public override long? Length => decaySteps;

    private protected override string Call => Signature.Of("LinearDecay", ("decay_steps", decaySteps), ("min_lr_factor", minFactor));

    private protected override double FactorAt(long step) => Decay.Linear(step, decaySteps, minFactor);
}
