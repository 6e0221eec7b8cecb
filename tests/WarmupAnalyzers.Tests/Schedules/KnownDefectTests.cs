using System;
using System.Linq;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Real = TorchSharp.torch.optim.lr_scheduler;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>The table of TorchSharp's defects: each was run on the TorchSharp that these tests reference.</summary>
public sealed class KnownDefectTests
{
    /// <summary>Where this fails, run the tests below on the new version and add a row to <see cref="TorchSharpDefects"/>.</summary>
    [Fact]
    public void The_version_that_is_run_is_the_one_of_the_table() =>
        Assert.Equal(new Version(0, 107, 0, 0), typeof(TorchSharp.torch).Assembly.GetName().Version);

    [Fact]
    public void A_chain_never_has_rates()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.None, 1);
        var chained = Real.ChainedLR([Real.ConstantLR(optimizer, 0.5, 2), Real.ExponentialLR(optimizer, 0.9)]);
        Assert.Null(chained.get_last_lr());
        chained.step();
        Assert.Null(chained.get_last_lr());
    }

    [Fact]
    public void A_chain_does_nothing_but_step()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.None, 1);
        var chained = Real.ChainedLR([Real.ExponentialLR(optimizer, 0.5)]);
        chained.step();
        Assert.Throws<NullReferenceException>(() => chained.step(3));
        Assert.Throws<NullReferenceException>(() => chained.step(null));
        Assert.Throws<NullReferenceException>(() => chained.step(0.3));
        Assert.Throws<NullReferenceException>(() => chained.step(0.3, 1));
    }

    [Fact]
    public void A_chain_of_a_query_never_gets_anywhere()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.None, 1);
        var made = 0;
        var chained = Real.ChainedLR(Enumerable.Range(0, 1).Select(_ =>
        {
            made++;
            return Real.LinearLR(optimizer, 0.5);
        }));
        var rates = Enumerable.Range(0, 4).Select(_ =>
        {
            chained.step();
            return Math.Round(optimizer.Rates[0], 12);
        }).ToArray();
        Assert.Equal([0.6, 0.36, 0.216, 0.1296], rates);
        Assert.Equal(4, made);
    }

    [Fact]
    public void A_cycle_drives_the_momentum_up()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.Momentum, 1);
        var cyclic = Real.CyclicLR(optimizer, 0.1, 1, step_size_up: 4);
        var momenta = Enumerable.Range(0, 9).Select(_ =>
        {
            var momentum = Math.Round(optimizer.Momenta[0], 12);
            cyclic.step();
            return momentum;
        }).ToArray();
        Assert.Equal([0.9, 0.925, 0.95, 0.975, 1, 0.975, 0.95, 0.925, 0.9], momenta);
    }

    [Fact]
    public void A_cycle_needs_a_momentum()
    {
        foreach (var kind in new[] { MomentumKind.None, MomentumKind.Betas })
        {
            Assert.Throws<ArgumentException>(() => Real.CyclicLR(FakeOptimizer.Of(kind, 1), 0.1, 1));
            Real.CyclicLR(FakeOptimizer.Of(kind, 1), 0.1, 1, cycle_momentum: false);
        }
    }

    [Theory]
    [InlineData(Real.impl.CyclicLR.ScaleMode.Cycle)]
    [InlineData(Real.impl.CyclicLR.ScaleMode.Iterations)]
    public void ExpRange_scales_by_the_cycle(Real.impl.CyclicLR.ScaleMode scale)
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.None, 1);
        var cyclic = Real.CyclicLR(optimizer, 1, 11, 10, mode: Real.impl.CyclicLR.Mode.ExpRange, gamma: 0.9, scale_mode: scale, cycle_momentum: false);
        var rates = Enumerable.Range(0, 4).Select(_ =>
        {
            var rate = Math.Round(optimizer.Rates[0], 12);
            cyclic.step();
            return rate;
        }).ToArray();
        Assert.Equal([1, 1.9, 2.8, 3.7], rates);
    }

    /// <summary>The second of two groups goes on up, the third of three phases is the first's only one.</summary>
    [Theory]
    [InlineData(2, false, 1)]
    [InlineData(3, false, 1)]
    [InlineData(3, true, 2)]
    public void A_one_cycle_leaves_one_of_several_groups_behind(int groups, bool threePhases, int wrong)
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.Momentum, Enumerable.Repeat(1.0, groups).ToArray());
        var cycle = Real.OneCycleLR(optimizer, 25, 10, anneal_strategy: Real.impl.OneCycleLR.AnnealStrategy.Linear, three_phase: threePhases);
        for (var step = 1; step < 10; step++)
            cycle.step();
        for (var group = 0; group < groups; group++)
            Assert.Equal(group == wrong, Math.Abs(optimizer.Rates[group] - optimizer.Rates[0]) > 1);
        if (!threePhases)
            Assert.Equal(109, optimizer.Rates[wrong], 1e-9);
    }

    [Fact]
    public void A_one_cycle_of_three_phases_is_right_for_two_groups()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.Momentum, 1, 1);
        var cycle = Real.OneCycleLR(optimizer, 25, 10, three_phase: true);
        for (var step = 1; step < 10; step++)
        {
            cycle.step();
            Assert.Equal(optimizer.Rates[0], optimizer.Rates[1]);
        }
    }
}
