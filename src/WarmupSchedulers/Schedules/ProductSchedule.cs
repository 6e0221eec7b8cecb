using System;

namespace WarmupSchedulers;

internal sealed class ProductSchedule(Schedule first, Schedule second) : Schedule
{
    public override long? Length => first.Length is { } a && second.Length is { } b ? Math.Max(a, b) : null;

    private protected override string Call => "(" + first + " * " + second + ")";

    private protected override double FactorAt(long step) => Math.Min(double.MaxValue, first.Factor(step) * second.Factor(step));
}
