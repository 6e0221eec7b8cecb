using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>An optimizer of someone's own may hand out its groups in any way.</summary>
public class GroupListTests
{
    [Fact]
    public void Groups_that_are_no_list_are_scheduled_as_well()
    {
        var optimizer = new OwnOptimizer(groups => groups.Where(_ => true));
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);
        Assert.Equal([0.25, 0.125], optimizer.Rates);

        scheduler.step();
        Assert.Equal([0.5, 0.25], optimizer.Rates);

        optimizer.Groups.Add(new(2.0));
        scheduler.step();
        Assert.Equal([0.75, 0.375, 1.5], optimizer.Rates);
    }

    [Fact]
    public void A_list_that_is_made_anew_is_looked_at_anew()
    {
        var optimizer = new OwnOptimizer(groups => groups.ToArray());
        var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 4);

        optimizer.Groups[1] = new(4.0);
        optimizer.Groups.Add(new(2.0));
        scheduler.step();

        Assert.Equal([0.5, 0.25, 1.0], optimizer.Rates);
    }

    private sealed class OwnOptimizer(Func<List<FakeOptimizer.Group>, IEnumerable<ILearningRateController>> show) : Optimizer(IntPtr.Zero)
    {
        internal List<FakeOptimizer.Group> Groups { get; } = [new(1.0), new(0.5)];

        internal double[] Rates => [.. Groups.Select(group => group.LearningRate)];

        public override IEnumerable<ILearningRateController> ParamGroups => show(Groups);
    }
}
