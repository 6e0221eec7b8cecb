using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class LinearWarmupSchedule(long warmupSteps, WarmupConvention convention, double startFactor) : Schedule
{
    public override long? Length => warmupSteps;

    private protected override string Call => Signature.Of("LinearWarmup", ("warmup_steps", warmupSteps), ("convention", convention), ("start_factor", startFactor));

    private protected override double FactorAt(long step) => LinearRamp.Factor(step, warmupSteps, convention, startFactor);
}
