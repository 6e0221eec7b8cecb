using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class OneCycleSchedule(OneCyclePhases phases, double initial, double peak, double last) : Schedule
{
    public override long? Length => phases.TotalSteps - 1;

    private protected override string Call => Signature.Of("OneCycle", ("phases", phases), ("initial", initial), ("peak", peak), ("last", last));

    private protected override double FactorAt(long step) => phases.At(step, initial, peak, last);
}
