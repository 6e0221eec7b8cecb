using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class PolynomialDecaySchedule(long decaySteps, double power, double minFactor) : Schedule
{
    public override long? Length => decaySteps;

    private protected override double FactorAt(long step) => Decay.Polynomial(step, decaySteps, power, minFactor);
}
