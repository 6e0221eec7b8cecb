using System;
using System.Collections.Generic;
using System.Linq;
#if WARMUP_ANALYZERS
using Optimizer = WarmupAnalyzers.Schedules.Simulated.OptimizerGroups;
#else
using static TorchSharp.torch.optim;
#endif

namespace WarmupSchedulers;

/// <summary>The learning rates of an optimizer's groups under their schedules, at the step that TorchSharp asked for last.</summary>
internal sealed class GroupRates
{
    private readonly GroupSchedules _schedules;
    private readonly List<double> _base = [];
    private readonly List<double> _last = [];
    private readonly int _first;
    private long _step;
    private bool _isAsking;
    private bool _wasTold;

    internal GroupRates(Optimizer optimizer, GroupSchedules schedules)
    {
        Optimizer = optimizer;
        _schedules = schedules;
        foreach (var group in optimizer.ParamGroups)
            _base.Add(group.InitialLearningRate);
        _first = _base.Count;
    }

    internal Optimizer Optimizer { get; }

    internal GroupSchedules Schedules => _schedules;

    /// <summary>The step that TorchSharp asked for last.</summary>
    internal long Step => _step;

    /// <summary>The base rate of every group that was seen.</summary>
    internal IReadOnlyList<double> Base => _base;

    internal IReadOnlyList<double> Last => _last;

    /// <summary>One delegate per group for <c>LambdaLR</c>. TorchSharp tells the step to nothing but these.</summary>
    internal List<Func<int, double>> Lambdas() =>
        Enumerable.Range(0, _base.Count).Select(group => (Func<int, double>)(step => Factor(group, step))).ToList();

    /// <summary>Learns the step from the rates of <c>LambdaLR</c>, which asks a delegate for the first of them.</summary>
    /// <returns>Whether a delegate was asked.</returns>
    internal bool Learn(IEnumerable<double> rates)
    {
        _wasTold = false;
        _isAsking = true;
        rates.First();
        _isAsking = false;
        return _wasTold;
    }

    /// <summary>The rates of all groups at the current step, those of groups that came later included.</summary>
    internal IReadOnlyList<double> Compute()
    {
        TakeInAddedGroups();
        var shared = _schedules.Shared(_step);
        for (var i = 0; i < _base.Count; i++)
            _last[i] = _base[i] * (shared ?? _schedules.Factor(i, _step));

        return _last;
    }

    /// <summary>Writes the rates that were computed last where TorchSharp does not: it knows the groups alone that there were at first.</summary>
    internal void ApplyToAddedGroups()
    {
        if (_base.Count == _first)
            return;

        var i = 0;
        foreach (var group in Optimizer.ParamGroups)
            group.LearningRate = _last[i++];
    }

    /// <summary>Takes the base rates of a run that was saved.</summary>
    internal void Restore(double[] rates)
    {
        _base.Clear();
        _base.AddRange(rates);
    }

    internal double RateAt(int group, long step) => _base[group] * _schedules.Factor(group, step);

    private double Factor(int group, int step)
    {
        _step = step;
        _wasTold = true;
        return _isAsking ? 0.0 : _schedules.Factor(group, step);
    }

    private void TakeInAddedGroups()
    {
        if (Optimizer.ParamGroups.Count() > _base.Count)
            _base.AddRange(Optimizer.ParamGroups.Skip(_base.Count).Select(group => group.InitialLearningRate));
        while (_last.Count < _base.Count)
            _last.Add(0.0);
    }
}
