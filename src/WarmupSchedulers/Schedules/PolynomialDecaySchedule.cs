using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class PolynomialDecaySchedule(long decaySteps, double power, double minFactor) : Schedule
{
    public override long? Length => decaySteps;

    private protected override string Call => Signature.Of("PolynomialDecay", ("decay_steps", decaySteps), ("power", power), ("min_lr_factor", minFactor));

    private protected override double FactorAt(long step) => Decay.Polynomial(step, decaySteps, power, minFactor);
}
