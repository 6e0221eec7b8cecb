using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class CosineHardRestartsSchedule(long decaySteps, double cycles, double minFactor) : Schedule
{
    public override long? Length => decaySteps;

    private protected override string Call => Signature.Of("CosineHardRestarts", ("decay_steps", decaySteps), ("cycles", cycles), ("min_lr_factor", minFactor));

    private protected override double FactorAt(long step) => Restarts.Hard(step, decaySteps, cycles, minFactor);
}
