using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class RAdamWarmupSchedule(double beta2) : Schedule
{
    private readonly int _offset = Rectification.Offset(beta2);

    public override long? Length => null;

    private protected override string Call => Signature.Of("RAdamWarmup", ("beta2", beta2));

    private protected override double FactorAt(long step) => Rectification.Factor(step, beta2, _offset);
}
