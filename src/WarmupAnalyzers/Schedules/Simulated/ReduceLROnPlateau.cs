using System;
using System.Collections.Generic;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>Times a factor when a metric has not got better for long. Steps with a metric only.</summary>
internal sealed class ReduceLROnPlateau : SimulatedScheduler
{
    private readonly string? _mode;
    private readonly double _factor;

    public ReduceLROnPlateau(string? mode = "min", double factor = 0.1)
        : base(-1)
    {
        _mode = mode;
        _factor = factor;
    }

    public int Patience { get; init; } = 10;

    public double Threshold { get; init; } = 1e-4;

    public string? ThresholdMode { get; init; } = "rel";

    public int Cooldown { get; init; }

    /// <summary>The least rates; none or one of them stand for all groups.</summary>
    public IReadOnlyList<double> Least { get; init; } = [];

    public double Eps { get; init; } = 1e-8;

    public override bool IsProportional => false;

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new Run(this, groups) { Best = _mode == "min" ? double.PositiveInfinity : double.NegativeInfinity };
        if (_factor >= 1.0 || _mode is not ("min" or "max") || ThresholdMode is not ("rel" or "abs"))
            run.Fail(typeof(ArgumentException));
        run.Least = Least.Count > 1 ? Least : ((GroupValues)(Least.Count == 1 ? Least[0] : 0.0)).For(run.Groups.Count);
        return run;
    }

    public override void Step(ScheduleRun run) => run.Fail(typeof(InvalidOperationException));

    public override void Step(ScheduleRun run, int? epoch) => run.Fail(typeof(InvalidOperationException));

    public override void Step(ScheduleRun run, double metric, int? epoch) => Observe((Run)run, metric, epoch);

    protected override double Next(ScheduleRun run, int group) => run.Groups[group].LearningRate;

    private void Observe(Run run, double metric, int? epoch)
    {
        run.Index = epoch ?? unchecked(run.Index + 1);
        if (IsBetter(metric, run.Best))
            (run.Best, run.BadSteps) = (metric, 0);
        else
            run.BadSteps = unchecked(run.BadSteps + 1);
        if (run.CooldownLeft > 0)
            (run.CooldownLeft, run.BadSteps) = (run.CooldownLeft - 1, 0);
        if (run.BadSteps <= Patience)
            return;
        Reduce(run);
        (run.CooldownLeft, run.BadSteps) = (Cooldown, 0);
    }

    private bool IsBetter(double metric, double best) => (_mode, ThresholdMode) switch
    {
        ("min", "rel") => metric < best * (1 - Threshold),
        ("min", _) => metric < best - Threshold,
        (_, "rel") => metric > best * (Threshold + 1),
        _ => metric > best + Threshold,
    };

    private void Reduce(Run run)
    {
        for (var group = 0; group < run.Groups.Count; group++)
        {
            var before = run.Groups[group].LearningRate;
            var after = Math.Max(before * _factor, run.ElementAt(run.Least, group));
            if (!run.IsKnown)
                return;
            if (before - after > Eps)
                run.Groups[group].LearningRate = after;
        }
    }

    private sealed class Run(ReduceLROnPlateau scheduler, IReadOnlyList<ParameterGroup>? groups) : ScheduleRun(scheduler, groups, -1)
    {
        public IReadOnlyList<double> Least { get; set; } = [];

        public double Best { get; set; }

        public int BadSteps { get; set; }

        public int CooldownLeft { get; set; }
    }
}
