using System;
using System.Collections.Generic;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// Up from a base rate to a maximum and down again, over and over. The momentum goes up from its maximum where it should go
/// down, and the scale of <see cref="CyclicMode.ExpRange"/> counts cycles where it should count steps.
/// </summary>
internal sealed class CyclicLR : SimulatedScheduler
{
    private readonly GroupValues _base;
    private readonly GroupValues _maximum;

    public CyclicLR(GroupValues baseRate, GroupValues maxRate, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _base = baseRate;
        _maximum = maxRate;
    }

    public int StepSizeUp { get; init; } = 2000;

    /// <summary>-1 stands for as many as up.</summary>
    public int StepSizeDown { get; init; } = -1;

    public CyclicMode Mode { get; init; }

    public double Gamma { get; init; } = 1;

    /// <summary>The user's scale; null where the mode decides.</summary>
    public Func<double, Value>? ScaleFunction { get; init; }

    public bool ScalesByIterations { get; init; }

    public bool CyclesMomentum { get; init; } = true;

    public GroupValues BaseMomentum { get; init; } = 0.8;

    public GroupValues MaxMomentum { get; init; } = 0.9;

    public override bool IsProportional => false;

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new Run(this, groups);
        run.Begin(LastEpoch == -1);
        run.Step();
        return run;
    }

    protected override double Next(ScheduleRun run, int group) => Next((Run)run, group);

    private double Next(Run run, int group)
    {
        var cycle = Math.Floor(1.0 + (run.Index / run.TotalSize));
        var x = 1.0 + (run.Index / run.TotalSize) - cycle;
        var height = x <= run.StepRatio ? x / run.StepRatio : (x - 1) / (run.StepRatio - 1);
        var argument = ScaleFunction is not null && ScalesByIterations ? run.Index : cycle;

        var rise = (run.ElementAt(run.Maximum, group) - run.ElementAt(run.BaseRates, group)) * height;
        var scale = Scale(argument, run);
        if (!run.IsKnown)
            return double.NaN;
        var rate = run.BaseRates[group] + (rise * scale);
        if (CyclesMomentum)
            SetMomentum(run, group, height, argument);
        return rate;
    }

    private void SetMomentum(Run run, int group, double height, double argument)
    {
        var top = run.ElementAt(run.MaxMomentum, group);
        var rise = (top - run.ElementAt(run.BaseMomentum, group)) * height;
        run.SetMomentum(group, top + (rise * Scale(argument, run)));
    }

    private double Scale(double argument, ScheduleRun run)
    {
        if (ScaleFunction is not null)
            return UserFunction.Call(ScaleFunction, argument, run);
        switch (Mode)
        {
            case CyclicMode.Triangular:
                return 1.0;
            case CyclicMode.Triangular2:
                return 1.0 / Math.Pow(2, argument - 1);
            case CyclicMode.ExpRange:
                return Math.Pow(Gamma, argument);
            default:
                run.Fail(typeof(NullReferenceException));
                return double.NaN;
        }
    }

    private sealed class Run : ScheduleRun
    {
        private readonly CyclicLR _scheduler;

        public Run(CyclicLR scheduler, IReadOnlyList<ParameterGroup>? groups)
            : base(scheduler, groups, scheduler.LastEpoch)
        {
            _scheduler = scheduler;
            TotalSize = scheduler.StepSizeUp + (double)(scheduler.StepSizeDown == -1 ? scheduler.StepSizeUp : scheduler.StepSizeDown);
            StepRatio = scheduler.StepSizeUp / TotalSize;
            Maximum = scheduler._maximum.For(Groups.Count);
            BaseRates = scheduler._base.For(Groups.Count);
            BaseMomentum = scheduler.BaseMomentum.For(Groups.Count);
            MaxMomentum = scheduler.MaxMomentum.For(Groups.Count);
        }

        public double TotalSize { get; }

        public double StepRatio { get; }

        public IReadOnlyList<double> Maximum { get; }

        public IReadOnlyList<double> BaseMomentum { get; }

        public IReadOnlyList<double> MaxMomentum { get; }

        public void Begin(bool isNew)
        {
            for (var group = 0; isNew && group < Groups.Count && IsKnown; group++)
                Groups[group].LearningRate = group < BaseRates.Count ? BaseRates[group] : Missing(group);
            if (!_scheduler.CyclesMomentum)
                return;
            if (!Groups.HasMomentum())
                Fail(typeof(ArgumentException));
            for (var group = 0; isNew && group < Groups.Count && IsKnown; group++)
                SetMomentum(group, ElementAt(BaseMomentum, group));
        }

        public void SetMomentum(int group, double momentum)
        {
            if (IsKnown && Groups[group].MomentumKind != MomentumKind.Momentum)
                Fail(typeof(NullReferenceException));
            if (IsKnown)
                Groups[group].Momentum = momentum;
        }

        // The rate stays as it was.
        private double Missing(int group)
        {
            Fail(typeof(ArgumentOutOfRangeException));
            return Groups[group].LearningRate;
        }
    }
}

/// <summary>How the cycles of a <c>CyclicLR</c> are scaled, in the order in which TorchSharp has them.</summary>
internal enum CyclicMode
{
    Triangular,
    Triangular2,
    ExpRange,
}
