using System;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Times gamma at every step.</summary>
internal sealed class ExponentialLR : SimulatedScheduler
{
    private readonly double _gamma;

    public ExponentialLR(double gamma, int lastEpoch = -1)
        : base(lastEpoch) => _gamma = gamma;

    protected override double Next(ScheduleRun run, int group) =>
        run.Index == 0 ? run.Groups[group].LearningRate : run.Groups[group].LearningRate * _gamma;

    protected override double? ClosedForm(ScheduleRun run, double baseRate) => baseRate * Math.Pow(_gamma, run.Index);
}
