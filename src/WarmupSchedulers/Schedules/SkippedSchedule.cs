using System;

namespace WarmupSchedulers;

internal sealed class SkippedSchedule(Schedule schedule, long steps) : Schedule
{
    public override long? Length => schedule.Length is { } length ? Math.Max(0, length - steps) : null;

    private protected override string Call => schedule + "." + Signature.Of("Skip", ("steps", steps));

    // A sum above long.MaxValue is a step that is never reached: the schedule stays where it is at its last one.
    private protected override double FactorAt(long step) => schedule.Factor(step > long.MaxValue - steps ? long.MaxValue : step + steps);
}
