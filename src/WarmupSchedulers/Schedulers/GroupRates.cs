using System;
using System.Collections.Generic;
using System.Linq;
#if WARMUP_ANALYZERS
using Optimizer = WarmupAnalyzers.Schedules.Simulated.OptimizerGroups;
#else
using static TorchSharp.torch.optim;
#endif

namespace WarmupSchedulers;

/// <summary>The learning rates of an optimizer's groups under their schedules, at one step.</summary>
internal sealed class GroupRates
{
    private readonly GroupSchedules _schedules;
    private double[] _base;
    private double[] _rates;
    private bool _isComputed;

    internal GroupRates(Optimizer optimizer, GroupSchedules schedules)
    {
        Optimizer = optimizer;
        _schedules = schedules;
        Groups = new(optimizer);
        _base = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToArray();
        _rates = new double[_base.Length];
    }

    internal Optimizer Optimizer { get; }

    internal GroupList Groups { get; }

    internal GroupSchedules Schedules => _schedules;

    /// <summary>The step of the rates.</summary>
    internal int Step { get; private set; }

    /// <summary>The base rate of every group that was seen.</summary>
    internal IReadOnlyList<double> Base => _base;

    /// <summary>The rates that were computed last.</summary>
    internal IReadOnlyList<double> Last => _rates;

    /// <summary>TorchSharp's count of the steps, as a delegate was told it last.</summary>
    internal int? Told { get; set; }

    /// <summary>
    /// One delegate per group for <c>LambdaLR</c>, whose constructor makes the first step with them. After that they only listen: TorchSharp tells its count
    /// of the steps to nothing else.
    /// </summary>
    internal List<Func<int, double>> Lambdas() =>
        Enumerable.Range(0, _base.Length).Select(group => (Func<int, double>)(step => Factor(group, step))).ToList();

    /// <summary>Computes the rates of all groups at a step, those of groups that came later included.</summary>
    internal void Compute(int step)
    {
        Step = step;
        _isComputed = true;
        TakeInAddedGroups();
        if (_schedules.Shared(step) is { } factor)
            ComputeShared(factor);
        else
            ComputeEach();
    }

    /// <summary>Writes the rates to the groups.</summary>
    internal void Apply()
    {
        var groups = Groups.Now();
        var rates = _rates;
        for (var i = 0; i < rates.Length; i++)
            groups[i].LearningRate = rates[i];
    }

    /// <summary>Writes the rates into a list for as many groups as it has.</summary>
    internal void CopyTo(IList<double> list)
    {
        var rates = _rates;
        for (var i = 0; i < list.Count; i++)
            list[i] = rates[i];
    }

    /// <summary>Takes the base rates of a run that was saved.</summary>
    internal void Restore(double[] rates) => (_base, _rates) = (rates, new double[rates.Length]);

    internal double RateAt(int group, long step) => _base[group] * _schedules.Factor(group, step);

    private double Factor(int group, int step)
    {
        Told = step;
        return _isComputed ? 0.0 : _schedules.Factor(group, step);
    }

    private void TakeInAddedGroups()
    {
        var (groups, seen) = (Groups.Now(), _base.Length);
        if (groups.Count <= seen)
            return;

        Array.Resize(ref _base, groups.Count);
        Array.Resize(ref _rates, groups.Count);
        for (var i = seen; i < groups.Count; i++)
            _base[i] = groups[i].InitialLearningRate;
    }

    private void ComputeShared(double factor)
    {
        var rates = _rates;
        for (var i = 0; i < rates.Length; i++)
            rates[i] = _base[i] * factor;
    }

    private void ComputeEach()
    {
        for (var i = 0; i < _rates.Length; i++)
            _rates[i] = _base[i] * _schedules.Factor(i, Step);
    }
}
