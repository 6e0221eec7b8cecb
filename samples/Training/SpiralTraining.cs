using System;
using TorchSharp;
using TorchSharp.Modules;
using WarmupSchedulers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Training;

/// <summary>The same training three times; only the learning rate differs.</summary>
public static class SpiralTraining
{
    private const int Seed = 2;
    private const double LearningRate = 0.05;

    public static Run WithoutWarmup(int steps, int seed = Seed)
    {
        using var data = new Spirals();
        using var model = DeepNetwork.Create(seed);
        using var optimizer = optim.SGD(model.parameters(), LearningRate, momentum: 0.9);

        var run = new Run("no warmup");
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            using var loss = Loss(model, data);
            loss.backward();
            optimizer.step();
            run.Record(optimizer, loss);
        }

        return run;
    }

    public static Run WithLambdaLR(int steps, int seed = Seed)
    {
        using var data = new Spirals();
        using var model = DeepNetwork.Create(seed);
        using var optimizer = optim.SGD(model.parameters(), LearningRate, momentum: 0.9);

        var n = steps / 3;
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, k => Math.Min((k + 1) / (double)n, 1.0));

        var run = new Run("LambdaLR");
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            using var loss = Loss(model, data);
            loss.backward();
            optimizer.step();
            run.Record(optimizer, loss);
            scheduler.step();
        }

        return run;
    }

    public static Run WithWarmupSchedulers(int steps, int seed = Seed)
    {
        using var data = new Spirals();
        using var model = DeepNetwork.Create(seed);
        using var optimizer = optim.SGD(model.parameters(), LearningRate, momentum: 0.9);

        var scheduler = optim.lr_scheduler.WarmupThenCosineLR(optimizer, warmup_steps: steps / 3, total_steps: steps);

        var run = new Run("WarmupThenCosineLR");
        for (var step = 0; step < steps; step++)
        {
            optimizer.zero_grad();
            using var loss = Loss(model, data);
            loss.backward();
            optimizer.step();
            run.Record(optimizer, loss);
            scheduler.step();
        }

        return run;
    }

    private static Tensor Loss(Sequential model, Spirals data)
    {
        using var scores = model.forward(data.Inputs);
        return functional.cross_entropy(scores, data.Labels);
    }
}
