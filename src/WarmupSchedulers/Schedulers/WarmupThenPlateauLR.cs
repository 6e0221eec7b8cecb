using System;
using System.Collections.Generic;
using System.IO;
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
    private readonly GroupList _groups;
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
        _groups = new(optimizer);
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
            _reduction.Apply(_groups);
    }

    /// <summary>Throws: a plateau is seen in a metric.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void step() => throw WithoutMetric();

    /// <summary>Throws: a plateau is seen in a metric.</summary>
    /// <param name="epoch">Not used.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override void step(int? epoch) => throw WithoutMetric();

    /// <summary>What is to be saved, so that another run can go on from this step.</summary>
    /// <returns>The scheduler with its arguments, its step, the learning rates, and what it knows of the metric.</returns>
    public SchedulerState state_dict() => new(
        Text,
        _step,
        [
            .. SchedulerState.Named("base_lr", _base),
            .. SchedulerState.Named("lr", get_last_lr()),
            new(nameof(Plateau.Best), _plateau.Best),
            new(nameof(Plateau.BadSteps), _plateau.BadSteps),
            new(nameof(Plateau.CooldownLeft), _plateau.CooldownLeft),
        ]);

    /// <summary>Goes on from a step that was saved.</summary>
    /// <param name="state">The state of a scheduler with the same arguments.</param>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="state"/> is that of another scheduler, of one with other arguments, or of an optimizer with another number of parameter groups.
    /// </exception>
    public void load_state_dict(SchedulerState state)
    {
        Argument.NotNull(state, nameof(state)).For(Text, nameof(state));
        var groups = _optimizer.ParamGroups.ToList();
        var (rates, bases) = (state.OfGroups("lr", groups.Count, nameof(state)), state.OfGroups("base_lr", _base.Length, nameof(state)));
        var (best, bad) = (state.Number(nameof(Plateau.Best), nameof(state)), state.Number(nameof(Plateau.BadSteps), nameof(state)));
        var cooldown = state.Number(nameof(Plateau.CooldownLeft), nameof(state));

        // Nothing is changed before everything is there.
        bases.CopyTo(_base, 0);
        for (var i = 0; i < groups.Count; i++)
            groups[i].LearningRate = rates[i];
        _step = state.Step;
        (_plateau.Best, _plateau.BadSteps, _plateau.CooldownLeft) = (best, (int)bad, (int)cooldown);
    }

    /// <summary>Saves the state to a file.</summary>
    /// <param name="location">The file, which is written anew.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void save_state_dict(string location) => state_dict().Save(location);

    /// <summary>Writes the state where TorchSharp's modules and optimizers can be written too.</summary>
    /// <param name="writer">A writer, which stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    public void save_state_dict(BinaryWriter writer) => state_dict().Write(writer);

    /// <summary>Goes on from a step that was saved to a file.</summary>
    /// <param name="location">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is null.</exception>
    /// <exception cref="ArgumentException">The state is that of another scheduler; see <see cref="load_state_dict(SchedulerState)"/>.</exception>
    /// <exception cref="InvalidDataException">The file holds no state of a scheduler, or a damaged one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void load_state_dict(string location) => load_state_dict(SchedulerState.Load(location));

    /// <summary>Goes on from a step that was written by <see cref="save_state_dict(BinaryWriter)"/>.</summary>
    /// <param name="reader">A reader at the place where the state was written; it stays open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    /// <exception cref="ArgumentException">The state is that of another scheduler; see <see cref="load_state_dict(SchedulerState)"/>.</exception>
    /// <exception cref="InvalidDataException">There is no state of a scheduler, or a damaged one.</exception>
    public void load_state_dict(BinaryReader reader) => load_state_dict(SchedulerState.Read(reader));

    private string Text => $"WarmupThenPlateauLR({_warmup}, {_plateau}, {_reduction})";

    private void Warm() => Apply(_warmup.Factor(_step));

    private void Apply(double factor)
    {
        var now = _groups.Now();
        for (var i = 0; i < now.Count; i++)
            now[i].LearningRate = (i < _base.Length ? _base[i] : now[i].InitialLearningRate) * factor;
    }

    private static InvalidOperationException WithoutMetric() =>
        new("This scheduler looks for a plateau of a metric: call step(metric), with a double.");
}
