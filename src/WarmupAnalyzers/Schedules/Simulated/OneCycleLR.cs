using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupAnalyzers.Schedules.Simulated;

/// <summary>
/// One rise and one long fall. The number of a group is taken for that of a phase, so that only the first phase ever ends for
/// the group that has the number of the last, and at the total the first group gets zero.
/// </summary>
internal sealed class OneCycleLR : SimulatedScheduler
{
    private readonly GroupValues _maximum;
    private readonly int _totalSteps;

    public OneCycleLR(GroupValues maxRate, int totalSteps = -1, int lastEpoch = -1)
        : base(lastEpoch)
    {
        _maximum = maxRate;
        _totalSteps = totalSteps;
    }

    public int Epochs { get; init; } = -1;

    public int StepsPerEpoch { get; init; } = -1;

    public double PctStart { get; init; } = 0.3;

    /// <summary>Straight lines instead of half cosines.</summary>
    public bool IsLinear { get; init; }

    public bool CyclesMomentum { get; init; } = true;

    public GroupValues BaseMomentum { get; init; } = 0.85;

    public GroupValues MaxMomentum { get; init; } = 0.95;

    public double DivFactor { get; init; } = 25;

    public double FinalDivFactor { get; init; } = 1e4;

    public bool HasThreePhases { get; init; }

    public override bool IsProportional => false;

    public override ScheduleRun Start(IReadOnlyList<ParameterGroup>? groups)
    {
        var run = new Run(this, groups);
        if (!IsAccepted(run.Groups))
            run.Fail(typeof(ArgumentException));
        run.Begin(LastEpoch == -1);
        run.Step();
        return run;
    }

    protected override void Prepare(ScheduleRun run)
    {
        if (run.Index > ((Run)run).TotalSteps)
            run.Fail(typeof(InvalidOperationException));
    }

    protected override double Next(ScheduleRun run, int group) => Next((Run)run, group);

    private bool IsAccepted(IReadOnlyList<ParameterGroup> groups)
    {
        if (CyclesMomentum && !groups.HasMomentum() && !groups.HasBetas())
            return false;
        if (PctStart < 0 || PctStart > 1)
            return false;
        return _totalSteps == -1 ? Epochs > 0 && StepsPerEpoch > 0 : _totalSteps > 0;
    }

    private double Next(Run run, int group)
    {
        var (start, rate, momentum) = (0.0, 0.0, 0.0);
        for (var i = 0; i < run.Phases.Length; i++)
        {
            var phase = run.Phases[i];
            if (run.Index <= phase.End || group == run.Phases.Length - 1)
            {
                var share = (run.Index - start) / (phase.End - start);
                rate = Anneal(run.ElementAt(phase.StartRates, group), run.ElementAt(phase.EndRates, group), share);
                if (CyclesMomentum)
                    momentum = Anneal(run.MomentumAt(phase.StartMomentum, group), run.MomentumAt(phase.EndMomentum, group), share);
                break;
            }

            start = phase.End;
        }

        if (CyclesMomentum)
            run.SetMomentum(group, momentum);
        return rate;
    }

    private double Anneal(double start, double end, double share) => IsLinear
        ? ((end - start) * share) + start
        : end + ((start - end) / 2.0 * (Math.Cos(Math.PI * share) + 1));

    private sealed class Run : ScheduleRun
    {
        private readonly OneCycleLR _scheduler;
        private readonly int _groups;
        private readonly IReadOnlyList<double> _baseMomentum;
        private readonly IReadOnlyList<double> _maxMomentum;
        private bool _knowsMomentum;

        public Run(OneCycleLR scheduler, IReadOnlyList<ParameterGroup>? groups)
            : base(scheduler, groups, scheduler.LastEpoch)
        {
            _scheduler = scheduler;
            _groups = Groups.Count;
            _baseMomentum = scheduler.BaseMomentum.For(_groups);
            _maxMomentum = scheduler.MaxMomentum.For(_groups);
            TotalSteps = scheduler._totalSteps != -1 ? scheduler._totalSteps : unchecked(scheduler.Epochs * scheduler.StepsPerEpoch);
            Phases = MakePhases();
        }

        public int TotalSteps { get; }

        public Phase[] Phases { get; }

        /// <summary>A fresh one sets the momentum; one that is resumed does not even know it.</summary>
        public void Begin(bool isNew)
        {
            if (!isNew || !_scheduler.CyclesMomentum)
                return;
            for (var group = 0; group < _groups && IsKnown; group++)
            {
                if (Groups[group].MomentumKind != MomentumKind.None)
                    SetMomentum(group, ElementAt(_maxMomentum, group));
            }

            _knowsMomentum = true;
        }

        public double MomentumAt(IReadOnlyList<double> values, int group)
        {
            if (!_knowsMomentum)
                Fail(typeof(KeyNotFoundException));
            return ElementAt(values, group);
        }

        public void SetMomentum(int group, double momentum)
        {
            if (group >= _groups)
                Fail(typeof(ArgumentOutOfRangeException));
            else if (Groups[group].MomentumKind == MomentumKind.None)
                Fail(typeof(NullReferenceException));
            if (IsKnown)
                Groups[group].Momentum = momentum;
        }

        private Phase[] MakePhases()
        {
            var maximum = _scheduler._maximum.For(_groups);
            var initial = maximum.Select(rate => rate / _scheduler.DivFactor).ToArray();
            var least = initial.Select(rate => rate / _scheduler.FinalDivFactor).ToArray();
            var rise = new Phase((_scheduler.PctStart * TotalSteps) - 1, initial, maximum, _maxMomentum, _baseMomentum);
            var end = unchecked(TotalSteps - 1);
            return _scheduler.HasThreePhases
                ? [rise, new((2 * _scheduler.PctStart * TotalSteps) - 2, maximum, initial, _baseMomentum, _maxMomentum), new(end, initial, least, _maxMomentum, _maxMomentum)]
                : [rise, new(end, maximum, least, _baseMomentum, _maxMomentum)];
        }
    }

    private sealed record Phase(
        double End,
        IReadOnlyList<double> StartRates,
        IReadOnlyList<double> EndRates,
        IReadOnlyList<double> StartMomentum,
        IReadOnlyList<double> EndMomentum);
}
