using System;

namespace WarmupSchedulers;

internal sealed class ScaledSchedule(double factor, Schedule schedule) : Schedule
{
    public override long? Length => schedule.Length;

    private protected override string Call => Signature.Of("Scaled", ("factor", factor), ("schedule", schedule));

    private protected override double FactorAt(long step) => Math.Min(double.MaxValue, factor * schedule.Factor(step));
}
