using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class WarmRestartsSchedule(long firstCycle, double cycleMultiplier, double minFactor, double restartFactor) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("WarmRestarts", ("T_0", firstCycle), ("T_mult", cycleMultiplier), ("min_lr_factor", minFactor), ("restart_factor", restartFactor));

    private protected override double FactorAt(long step) => Restarts.Warm(step, firstCycle, cycleMultiplier, minFactor, restartFactor);
}
