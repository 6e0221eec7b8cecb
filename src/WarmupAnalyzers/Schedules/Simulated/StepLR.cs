using System;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Times gamma every so many steps.</summary>
internal sealed class StepLR : SimulatedScheduler
{
    private readonly int _size;
    private readonly double _gamma;

    public StepLR(int stepSize, double gamma, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _size = stepSize;
        _gamma = gamma;
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        if (run.Index == 0)
            return rate;
        return HasSize(run) && run.Index % _size == 0 ? rate * _gamma : rate;
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) =>
        HasSize(run) ? baseRate * Math.Pow(_gamma, run.Index / _size) : double.NaN;

    // The least integer by minus one is no integer any more.
    private bool HasSize(ScheduleRun run)
    {
        if (_size == 0)
            run.Fail(typeof(DivideByZeroException));
        else if (_size == -1 && run.Index == int.MinValue)
            run.Fail(typeof(OverflowException));
        return run.IsKnown;
    }
}
