using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>What follows a schedule of its own beside the learning rate: momentum (the first beta of Adam and its kin) and weight decay.</summary>
internal sealed class Partners
{
    private readonly GroupSchedules? _momentum;
    private readonly GroupSchedules? _weightDecay;

    private Partners(Optimizer optimizer, (GroupSchedules? Schedules, string Name) momentum, (GroupSchedules? Schedules, string Name) weightDecay)
    {
        if (momentum.Schedules is not null && !optimizer.ParamGroups.All(group => group is IMomentum or IBetas))
            throw new ArgumentException($"'{momentum.Name}' is given, but the optimizer has a parameter group with neither a momentum nor betas.", momentum.Name);
        if (weightDecay.Schedules is not null && !optimizer.ParamGroups.All(WeightDecay.Has))
            throw new ArgumentException($"'{weightDecay.Name}' is given, but the optimizer has a parameter group without a weight decay.", weightDecay.Name);

        (_momentum, _weightDecay) = (momentum.Schedules, weightDecay.Schedules);
    }

    /// <summary>The same in all groups; <see langword="null"/> where there is none.</summary>
    internal static Partners? Shared(Optimizer optimizer, Schedule? momentum, Schedule? weight_decay) => momentum is null && weight_decay is null ? null : new(
        optimizer,
        (momentum is null ? null : GroupSchedules.Shared(momentum, nameof(momentum)), nameof(momentum)),
        (weight_decay is null ? null : GroupSchedules.Shared(weight_decay, nameof(weight_decay)), nameof(weight_decay)));

    /// <summary>For each group its own; <see langword="null"/> where there is none.</summary>
    internal static Partners? PerGroup(Optimizer optimizer, IEnumerable<Schedule>? momenta, IEnumerable<Schedule>? weight_decays) => momenta is null && weight_decays is null ? null : new(
        optimizer,
        (momenta is null ? null : GroupSchedules.PerGroup(momenta, nameof(momenta), optimizer), nameof(momenta)),
        (weight_decays is null ? null : GroupSchedules.PerGroup(weight_decays, nameof(weight_decays), optimizer), nameof(weight_decays)));

    internal void Apply(GroupList groups, long step)
    {
        var now = groups.Now();
        var (momentum, decay) = (_momentum?.Shared(step), _weightDecay?.Shared(step));
        for (var i = 0; i < now.Count; i++)
        {
            if (_momentum is not null)
                SetMomentum(now[i], momentum ?? _momentum.Factor(i, step));
            if (_weightDecay is not null)
                WeightDecay.Set(now[i], decay ?? _weightDecay.Factor(i, step));
        }
    }

    /// <inheritdoc />
    public override string ToString() =>
        (_momentum is null ? "" : $", momentum: {_momentum}") + (_weightDecay is null ? "" : $", weight_decay: {_weightDecay}");

    private static void SetMomentum(ILearningRateController group, double value)
    {
        if (group is IMomentum holder)
            holder.Momentum = value;
        else if (group is IBetas { Betas.Item2: var second } betas)
            betas.Betas = (value, second);
    }
}
