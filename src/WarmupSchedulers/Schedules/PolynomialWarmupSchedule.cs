using System;
using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class PolynomialWarmupSchedule(long warmupSteps, double power, WarmupConvention convention, double startFactor) : Schedule
{
    public override long? Length => warmupSteps;

    private protected override string Call => Signature.Of("PolynomialWarmup", ("warmup_steps", warmupSteps), ("power", power), ("convention", convention), ("start_factor", startFactor));

    private protected override double FactorAt(long step) => startFactor + (1.0 - startFactor) * Math.Pow(LinearRamp.Factor(step, warmupSteps, convention, 0.0), power);
}
