using System;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Half a cosine down to a least rate, and up again if it is stepped on.</summary>
internal sealed class CosineAnnealingLR : SimulatedScheduler
{
    private readonly double _period;
    private readonly double _least;

    public CosineAnnealingLR(double periodMax, double etaMin, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _period = periodMax;
        _least = etaMin;
    }

    // A least rate is absolute.
    public override bool IsProportional => _least == 0;

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        if (run.Index == 0)
            return rate;
        if ((run.Index - 1 - _period) % (2 * _period) == 0)
            return rate + ((BaseRate(run, group) - _least) * (1 - Math.Cos(Math.PI / _period)) / 2);
        return ((1 + Math.Cos(Math.PI * run.Index / _period)) / (1 + Math.Cos(Math.PI * (run.Index - 1) / _period)) * (rate - _least)) + _least;
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) =>
        _least + ((baseRate - _least) * (1 + Math.Cos(Math.PI * run.Index / _period)) / 2);
}
