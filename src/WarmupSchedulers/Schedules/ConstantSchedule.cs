namespace WarmupSchedulers;

internal sealed class ConstantSchedule(double factor) : Schedule
{
    public override long? Length => null;

    private protected override double FactorAt(long step) => factor;
}
