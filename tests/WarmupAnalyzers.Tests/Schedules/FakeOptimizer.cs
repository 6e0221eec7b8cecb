using System;
using System.Collections.Generic;
using System.Linq;
using WarmupAnalyzers.Schedules.Simulated;
using static TorchSharp.torch.optim;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>An optimizer of rates alone, which needs no native library: without momentum, with it, or with betas.</summary>
internal class FakeOptimizer : Optimizer
{
    private readonly List<Group> _groups = [];

    private FakeOptimizer()
        : base(IntPtr.Zero)
    {
    }

    public override IEnumerable<ILearningRateController> ParamGroups => _groups;

    public IReadOnlyList<double> Rates => [.. _groups.Select(group => group.LearningRate)];

    public IReadOnlyList<double> InitialRates => [.. _groups.Select(group => group.InitialLearningRate)];

    public IReadOnlyList<double> Momenta => [.. _groups.Select(group => group.CurrentMomentum)];

    public Group this[int index] => _groups[index];

    public static FakeOptimizer Of(MomentumKind kind, params double[] rates)
    {
        var optimizer = kind switch
        {
            MomentumKind.Momentum => new WithMomentum(),
            MomentumKind.Betas => new WithBetas(),
            _ => new FakeOptimizer(),
        };
        foreach (var rate in rates)
            optimizer.Add(rate);
        return optimizer;
    }

    public void Add(double rate)
    {
        Group group = this switch
        {
            WithMomentum => new MomentumGroup(),
            WithBetas => new BetasGroup(),
            _ => new Group(),
        };
        group.LearningRate = group.InitialLearningRate = rate;
        _groups.Add(group);
    }

    internal class Group : ILearningRateController
    {
        public double LearningRate { get; set; }

        public double InitialLearningRate { get; set; }

        public virtual double CurrentMomentum { get; set; }
    }

    private sealed class MomentumGroup : Group, IMomentum
    {
        public double Momentum { get => CurrentMomentum; set => CurrentMomentum = value; }
    }

    private sealed class BetasGroup : Group, IBetas
    {
        public (double, double) Betas { get; set; } = (0, 0.999);

        public override double CurrentMomentum { get => Betas.Item1; set => Betas = (value, Betas.Item2); }
    }

    private sealed class WithMomentum : FakeOptimizer, IMomentum
    {
        public double Momentum { get; set; }
    }

    private sealed class WithBetas : FakeOptimizer, IBetas
    {
        public (double, double) Betas { get; set; }
    }
}
