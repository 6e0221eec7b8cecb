using System;
using System.Linq;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>What follows a schedule of its own beside the learning rate: momentum (the first beta of Adam and its kin) and weight decay.</summary>
internal sealed class Partners(Schedule? momentum, Schedule? weightDecay)
{
    /// <summary>The partners there are; <see langword="null"/> where there is none.</summary>
    internal static Partners? Of(Optimizer optimizer, Schedule? momentum, Schedule? weightDecay)
    {
        if (momentum is not null && !optimizer.ParamGroups.All(group => group is IMomentum or IBetas))
            throw new ArgumentException("'momentum' is given, but the optimizer has a parameter group with neither a momentum nor betas.", nameof(momentum));
        if (weightDecay is not null && !optimizer.ParamGroups.All(group => WeightDecay.Has(group)))
            throw new ArgumentException("'weight_decay' is given, but the optimizer has a parameter group without a weight decay.", "weight_decay");

        return momentum is null && weightDecay is null ? null : new(momentum, weightDecay);
    }

    internal void Apply(GroupList groups, long step)
    {
        var now = groups.Now();
        var (newMomentum, newDecay) = (momentum?.Factor(step), weightDecay?.Factor(step));
        for (var i = 0; i < now.Count; i++)
        {
            if (newMomentum is { } value)
                SetMomentum(now[i], value);
            if (newDecay is { } decay)
                WeightDecay.Set(now[i], decay);
        }
    }

    /// <inheritdoc />
    public override string ToString() =>
        (momentum is null ? "" : $", momentum: {momentum}") + (weightDecay is null ? "" : $", weight_decay: {weightDecay}");

    private static void SetMomentum(ILearningRateController group, double value)
    {
        if (group is IMomentum holder)
            holder.Momentum = value;
        else if (group is IBetas { Betas.Item2: var second } betas)
            betas.Betas = (value, second);
    }
}
