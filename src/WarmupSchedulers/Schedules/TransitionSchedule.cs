using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class TransitionSchedule(double start, double end, long steps, TransitionShape shape) : Schedule
{
    public override long? Length => steps;

    private protected override string Call => Signature.Of("Transition", ("start_factor", start), ("end_factor", end), ("steps", steps), ("shape", shape));

    private protected override double FactorAt(long step) => Transitions.Factor(step, start, end, steps, shape);
}
