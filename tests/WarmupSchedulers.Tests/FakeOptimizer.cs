using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests;

/// <summary>An optimizer of learning rates alone, which needs no native library.</summary>
internal sealed class FakeOptimizer : Optimizer
{
    private readonly List<Group> _groups;

    internal FakeOptimizer(params double[] rates)
        : base(IntPtr.Zero) => _groups = [.. rates.Select(rate => new Group(rate))];

    public override IEnumerable<ILearningRateController> ParamGroups => _groups;

    internal Group this[int index] => _groups[index];

    internal double[] Rates => [.. _groups.Select(g => g.LearningRate)];

    internal void Add(double rate) => _groups.Add(new(rate));

    internal void Share(int index) => _groups.Add(_groups[index]);

    internal sealed class Group(double rate) : ILearningRateController
    {
        public double LearningRate { get; set; } = rate;

        public double InitialLearningRate { get; set; } = rate;
    }
}
