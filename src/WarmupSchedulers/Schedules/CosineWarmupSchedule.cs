using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class CosineWarmupSchedule(long warmupSteps, WarmupConvention convention, double startFactor) : Schedule
{
    public override long? Length => warmupSteps;

    private protected override string Call => Signature.Of("CosineWarmup", ("warmup_steps", warmupSteps), ("convention", convention), ("start_factor", startFactor));

    private protected override double FactorAt(long step) => startFactor + (1.0 - startFactor) * RampShapes.Cosine(LinearRamp.Factor(step, warmupSteps, convention, 0.0));
}
