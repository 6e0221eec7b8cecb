using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class CosineDecaySchedule(long decaySteps, double minFactor, double cycles) : Schedule
{
    public override long? Length => decaySteps;

    private protected override string Call => Signature.Of("CosineDecay", ("decay_steps", decaySteps), ("min_lr_factor", minFactor), ("cycles", cycles));

    private protected override double FactorAt(long step) => Decay.Cosine(step, decaySteps, minFactor, cycles);
}
