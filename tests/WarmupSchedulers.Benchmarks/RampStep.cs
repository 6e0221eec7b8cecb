using System;
using BenchmarkDotNet.Attributes;
using static TorchSharp.torch.optim.lr_scheduler;

namespace WarmupSchedulers.Benchmarks;

/// <summary>A step in the middle of a linear warmup.</summary>
[MemoryDiagnoser]
[MinColumn]
public class RampStep
{
    private LRScheduler _lambda = null!;
    private LRScheduler _sequential = null!;
    private LRScheduler _ours = null!;
    private LRScheduler _oursInSequential = null!;

    [Params(1, 4, 64)]
    public int Groups { get; set; }

    [GlobalSetup(Target = nameof(Lambda))]
    public void MakeLambda() => _lambda = LambdaLR(Training.Optimizer(Groups), k => Math.Min((k + 1.0) / Training.Total, 1.0));

    [GlobalSetup(Target = nameof(Sequential))]
    public void MakeSequential()
    {
        var optimizer = Training.Optimizer(Groups);
        LRScheduler[] parts = [LinearLR(optimizer, 0.1, 1.0, Training.Total), CosineAnnealingLR(optimizer, Training.Total)];
        _sequential = SequentialLR(optimizer, parts, [Training.Total]);
    }

    [GlobalSetup(Target = nameof(Ours))]
    public void MakeOurs() => _ours = LRSchedulers.LinearWarmupLR(Training.Optimizer(Groups), Training.Total);

    [GlobalSetup(Target = nameof(OursInSequential))]
    public void MakeOursInSequential()
    {
        var optimizer = Training.Optimizer(Groups);
        LRScheduler[] parts = [LRSchedulers.LinearWarmupLR(optimizer, Training.Total), CosineAnnealingLR(optimizer, Training.Total)];
        _oursInSequential = SequentialLR(optimizer, parts, [Training.Total]);
    }

    [Benchmark(Baseline = true, Description = "LambdaLR")]
    public void Lambda() => _lambda.step();

    [Benchmark(Description = "SequentialLR(LinearLR, CosineAnnealingLR)")]
    public void Sequential() => _sequential.step();

    [Benchmark(Description = "LinearWarmupLR (ours)")]
    public void Ours() => _ours.step();

    [Benchmark(Description = "SequentialLR(LinearWarmupLR (ours), CosineAnnealingLR)")]
    public void OursInSequential() => _oursInSequential.step();
}
