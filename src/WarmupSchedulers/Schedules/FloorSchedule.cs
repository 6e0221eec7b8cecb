using System;

namespace WarmupSchedulers;

internal sealed class FloorSchedule(Schedule schedule, double minFactor) : Schedule
{
    public override long? Length => schedule.Length;

    private protected override string Call => schedule + "." + Signature.Of("AtLeast", ("min_lr_factor", minFactor));

    private protected override double FactorAt(long step) => Math.Max(schedule.Factor(step), minFactor);
}
