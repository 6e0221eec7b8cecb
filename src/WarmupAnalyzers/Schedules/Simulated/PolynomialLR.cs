using System;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Down to zero as a power of what is left.</summary>
internal sealed class PolynomialLR : SimulatedScheduler
{
    private readonly double _total;
    private readonly double _power;

    public PolynomialLR(int totalIters, double power, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _total = totalIters;
        _power = power;
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        if (run.Index == 0 || run.Index > _total)
            return rate;
        var decay = (1.0 - (run.Index / _total)) / (1.0 - ((run.Index - 1) / _total));
        return rate * (_power != 1 ? Math.Pow(decay, _power) : decay);
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) =>
        baseRate * Math.Pow(1 - (Math.Min(_total, run.Index) / _total), _power);
}
