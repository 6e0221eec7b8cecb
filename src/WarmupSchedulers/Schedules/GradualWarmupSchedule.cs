using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class GradualWarmupSchedule(long warmupSteps, double multiplier, WarmupConvention convention) : Schedule
{
    public override long? Length => warmupSteps;

    private protected override string Call => Signature.Of("GradualWarmup", ("warmup_steps", warmupSteps), ("multiplier", multiplier), ("convention", convention));

    private protected override double FactorAt(long step) => 1.0 + (multiplier - 1.0) * LinearRamp.Factor(step, warmupSteps, convention, 0.0);
}
