using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests;

/// <summary>An optimizer of learning rates alone, which needs no native library.</summary>
public sealed class FakeOptimizer : Optimizer
{
    private readonly List<Group> _groups;

    public FakeOptimizer(params double[] rates)
        : base(IntPtr.Zero) => _groups = [.. rates.Select(rate => new Group(rate))];

    public override IEnumerable<ILearningRateController> ParamGroups => _groups;

    public Group this[int index] => _groups[index];

    public double[] Rates => [.. _groups.Select(g => g.LearningRate)];

    public void Add(double rate) => _groups.Add(new(rate));

    public void Share(int index) => _groups.Add(_groups[index]);

    public sealed class Group(double rate) : ILearningRateController
    {
        public double LearningRate { get; set; } = rate;

        public double InitialLearningRate { get; set; } = rate;
    }
}
