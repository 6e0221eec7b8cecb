using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class InverseSquareRootDecaySchedule(long timescale) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("InverseSquareRootDecay", ("timescale", timescale));

    private protected override double FactorAt(long step) => InverseSquareRoot.Decay(step, timescale);
}
