using System;
using BenchmarkDotNet.Attributes;
using static TorchSharp.torch.optim.lr_scheduler;

namespace WarmupSchedulers.Benchmarks;

/// <summary>A step of the cosine decay behind a linear warmup.</summary>
[MemoryDiagnoser]
[MinColumn]
public class DecayStep
{
    private LRScheduler _lambda = null!;
    private LRScheduler _sequential = null!;
    private LRScheduler _ours = null!;
    private LRScheduler _oursInSequential = null!;

    [Params(1, 4, 64)]
    public int Groups { get; set; }

    [GlobalSetup(Target = nameof(Lambda))]
    public void MakeLambda() => _lambda = BehindTheWarmup(LambdaLR(Training.Optimizer(Groups), Factor));

    [GlobalSetup(Target = nameof(Sequential))]
    public void MakeSequential()
    {
        var optimizer = Training.Optimizer(Groups);
        LRScheduler[] parts = [LinearLR(optimizer, 0.1, 1.0, Training.Warmup), CosineAnnealingLR(optimizer, Training.Total - Training.Warmup)];
        _sequential = BehindTheWarmup(SequentialLR(optimizer, parts, [Training.Warmup]));
    }

    [GlobalSetup(Target = nameof(Ours))]
    public void MakeOurs() =>
        _ours = BehindTheWarmup(LRSchedulers.WarmupThenCosineLR(Training.Optimizer(Groups), Training.Warmup, Training.Total));

    [GlobalSetup(Target = nameof(OursInSequential))]
    public void MakeOursInSequential()
    {
        var optimizer = Training.Optimizer(Groups);
        var cosine = Schedule.CosineDecay(Training.Total - Training.Warmup);
        LRScheduler[] parts = [LRSchedulers.LinearWarmupLR(optimizer, Training.Warmup), LRSchedulers.ScheduleLR(optimizer, cosine)];
        _oursInSequential = BehindTheWarmup(SequentialLR(optimizer, parts, [Training.Warmup]));
    }

    [Benchmark(Baseline = true, Description = "LambdaLR")]
    public void Lambda() => _lambda.step();

    [Benchmark(Description = "SequentialLR(LinearLR, CosineAnnealingLR)")]
    public void Sequential() => _sequential.step();

    [Benchmark(Description = "WarmupThenCosineLR (ours)")]
    public void Ours() => _ours.step();

    [Benchmark(Description = "SequentialLR(LinearWarmupLR, ScheduleLR (ours))")]
    public void OursInSequential() => _oursInSequential.step();

    /// <summary>The factor of <see cref="Schedule.WarmupThenCosine(long, long, double, WarmupConvention, double?)"/>, written by hand.</summary>
    private static double Factor(int k) => k < Training.Warmup
        ? (k + 1.0) / Training.Warmup
        : 0.5 * (1.0 + Math.Cos(Math.PI * Math.Min(1.0, (k - Training.Warmup) / (double)(Training.Total - Training.Warmup))));

    private static LRScheduler BehindTheWarmup(LRScheduler scheduler)
    {
        for (var k = 0; k < Training.Warmup; k++)
            scheduler.step();

        return scheduler;
    }
}
