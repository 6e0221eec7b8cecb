using System;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers;

/// <summary>How far a learning rate is reduced: by a factor, to a least rate, and not at all where it would hardly change.</summary>
internal sealed class Reduction(double factor, double minRate, double eps)
{
    /// <inheritdoc />
    public override string ToString() => Signature.Of("Reduction", ("factor", factor), ("min_lr", minRate), ("eps", eps));

    internal void Apply(Optimizer optimizer)
    {
        foreach (var group in optimizer.ParamGroups)
        {
            var reduced = Math.Max(group.LearningRate * factor, minRate);
            if (group.LearningRate - reduced > eps)
                group.LearningRate = reduced;
        }
    }
}
