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
}
