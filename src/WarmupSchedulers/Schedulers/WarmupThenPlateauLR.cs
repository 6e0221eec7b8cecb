using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>
/// A warmup, and behind it a learning rate that is reduced whenever a metric has stopped getting better. Made by
/// <see cref="LRSchedulers.WarmupThenPlateauLR"/>.
/// </summary>
/// <remarks>
/// It is stepped with the metric, from the first step on: while the warmup lasts the metric is not looked at, since a loss that falls or jumps under a
/// rising learning rate says nothing about a plateau. It cannot be a part of <c>SequentialLR</c>, which steps without a metric.
/// </remarks>
public sealed class WarmupThenPlateauLR : lr_scheduler.LRScheduler
{
    private readonly Optimizer _optimizer;
    private readonly Schedule _warmup;
    private readonly long _warmupSteps;
    private readonly Plateau _plateau;
    private readonly Reduction _reduction;
    private readonly double[] _base;
    private long _step;

    internal WarmupThenPlateauLR(Optimizer optimizer, Schedule warmup, Plateau plateau, Reduction reduction)
        : base(optimizer)
    {
        _optimizer = optimizer;
        _warmup = warmup;
        _warmupSteps = warmup.Length ?? 0;
        _plateau = plateau;
        _reduction = reduction;
        _base = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
        Warm();
    }

    /// <summary>The learning rates as they are, one for each parameter group.</summary>
    /// <returns>A copy, which keeps its numbers when the scheduler moves on.</returns>
    public new IReadOnlyList<double> get_last_lr() => [.. _optimizer.ParamGroups.Select(group => group.LearningRate)];

    /// <summary>One step on: the warmup rises, or behind it the metric is looked at.</summary>
    /// <param name="current">The metric, such as the loss on data that is not trained on.</param>
    /// <param name="epoch">Not used: the scheduler counts by itself, as <c>ReduceLROnPlateau</c> of TorchSharp does.</param>
    public override void step(double current, int? epoch = null)
    {
        _step++;
        if (_step < _warmupSteps)
            Warm();
        else if (_step == _warmupSteps)
            Apply(1.0);
        else if (_plateau.IsReached(current))
            _reduction.Apply(_optimizer);
    }

    /// <summary>Throws: a plateau is seen in a metric.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void step() => throw WithoutMetric();

    /// <summary>Throws: a plateau is seen in a metric.</summary>
    /// <param name="epoch">Not used.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void step(int? epoch) => throw WithoutMetric();

    private void Warm() => Apply(_warmup.Factor(_step));

    private void Apply(double factor)
    {
        var i = 0;
        foreach (var group in _optimizer.ParamGroups)
        {
            group.LearningRate = (i < _base.Length ? _base[i] : group.InitialLearningRate) * factor;
            i++;
        }
    }

    private static InvalidOperationException WithoutMetric() =>
        new("This scheduler looks for a plateau of a metric: call step(metric), with a double.");
}
