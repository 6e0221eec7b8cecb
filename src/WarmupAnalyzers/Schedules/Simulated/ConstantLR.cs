namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>A factor for some steps, undone at their end by its reciprocal: a factor of zero is never undone.</summary>
internal sealed class ConstantLR : SimulatedScheduler
{
    private readonly double _factor;
    private readonly int _total;

    public ConstantLR(double factor, int totalIters, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _factor = factor;
        _total = totalIters;
    }

    protected override double Next(ScheduleRun run, int group)
    {
        var rate = run.Groups[group].LearningRate;
        if (run.Index == 0)
            return rate * _factor;
        return run.Index == _total ? rate * (1.0 / _factor) : rate;
    }

    protected override double? ClosedForm(ScheduleRun run, double baseRate) => baseRate * (run.Index >= _total ? 1 : _factor);
}
