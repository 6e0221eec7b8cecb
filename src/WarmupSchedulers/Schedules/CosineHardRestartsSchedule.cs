using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class CosineHardRestartsSchedule(long decaySteps, double cycles, double minFactor) : Schedule
{
    public override long? Length => decaySteps;

    private protected override double FactorAt(long step) => Restarts.Hard(step, decaySteps, cycles, minFactor);
}
