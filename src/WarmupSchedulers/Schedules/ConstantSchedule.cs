namespace WarmupSchedulers;

internal sealed class ConstantSchedule(double factor) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("Constant", ("factor", factor));

    private protected override double FactorAt(long step) => factor;
}
