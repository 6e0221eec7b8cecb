using WarmupSchedulers.Arithmetic;

namespace WarmupSchedulers;

internal sealed class OneCycleSchedule(OneCyclePhases phases, double initial, double last) : Schedule
{
    public override long? Length => phases.TotalSteps - 1;

    private protected override double FactorAt(long step) => phases.At(step, initial, 1.0, last);
}
