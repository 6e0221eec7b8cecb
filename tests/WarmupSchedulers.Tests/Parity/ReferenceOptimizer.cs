using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.Parity;

/// <summary>TorchSharp's own parameter groups, with momentum and weight decay, and no tensors.</summary>
public sealed class ReferenceOptimizer : Optimizer
{
    private readonly List<SGD.ParamGroup> _groups;

    public ReferenceOptimizer(IEnumerable<double> rates)
        : base(IntPtr.Zero) =>
        _groups = [.. rates.Select(rate => new SGD.ParamGroup([], new SGD.Options { LearningRate = rate, InitialLearningRate = rate, momentum = 0.0, weight_decay = 0.0 }))];

    public override IEnumerable<ILearningRateController> ParamGroups => _groups;

    public double Rate(int group) => _groups[group].LearningRate;

    public double Momentum => ((IMomentum)_groups[0]).Momentum;

    public double WeightDecay => ((SGD.Options)_groups[0].Options).weight_decay!.Value;
}
