using System;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>From a start factor to an end factor in equal steps; computed by multiplying, and so NaN from a start of zero.</summary>
internal sealed class LinearLR : SimulatedScheduler
{
    private readonly double _start;
    private readonly double _end;
    private readonly int _total;

    public LinearLR(double startFactor, double endFactor, int totalIters, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _start = startFactor;
        _end = endFactor;
        _total = totalIters;
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        if (run.Index == 0)
            return rate * _start;
        return run.Index > _total ? rate : rate * (1 + ((_end - _start) / ((_total * _start) + ((run.Index - 1) * (_end - _start)))));
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) =>
        baseRate * (_start + ((_end - _start) * Math.Min(_total, run.Index) / _total));
}
