using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class NoamSchedule(long warmupSteps, double peak) : Schedule
{
    public override long? Length => null;

    private protected override string Call => Signature.Of("Noam", ("warmup_steps", warmupSteps), ("peak", peak));

    private protected override double FactorAt(long step) => InverseSquareRoot.Noam(step, warmupSteps, peak);
}
