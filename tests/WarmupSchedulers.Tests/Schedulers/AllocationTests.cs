using System;
using System.Linq;
using TorchSharp;
using Xunit;
using static TorchSharp.torch.optim;

namespace WarmupSchedulers.Tests.Schedulers;

/// <summary>What a step leaves behind for the garbage collector, beside TorchSharp's own schedulers in the same run.</summary>
public class AllocationTests
{
    private const int Steps = 1000;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(64)]
    public void A_step_allocates_less_than_a_step_of_the_built_in_schedulers(int groups)
    {
        var ours = LRSchedulers.WarmupThenCosineLR(Optimizer(groups), 100, 10_000);
        var lambda = lr_scheduler.LambdaLR(Optimizer(groups), k => 1.0 / (k + 1));
        var optimizer = Optimizer(groups);
        var sequence = lr_scheduler.SequentialLR(optimizer, [lr_scheduler.LinearLR(optimizer, 0.1, 1.0, 100), lr_scheduler.CosineAnnealingLR(optimizer, 10_000)], [100]);

        var bytes = Bytes(ours);

        Assert.InRange(bytes, 0, Bytes(lambda) - 1);
        Assert.InRange(bytes, 0, Bytes(sequence) - 1);
    }

    private static FakeOptimizer Optimizer(int groups) => new([.. Enumerable.Repeat(0.1, groups)]);

    private static long Bytes(lr_scheduler.LRScheduler scheduler)
    {
        // The first steps fill what is kept.
        for (var k = 0; k < 10; k++)
            scheduler.step();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var k = 0; k < Steps; k++)
            scheduler.step();

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Steps;
    }
}
