using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup without a scheduler: the rate is set by hand before each batch, and the first one is zero.</summary>
internal static class HandWrittenWarmup
{
    private const double LearningRate = 1e-3;
    private const int WarmupSteps = 200;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), lr: LearningRate);
        var step = 0;

        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                AdjustLearningRate(optimizer, step);
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                step++;
            }

            Console.WriteLine($"epoch {epoch}, {step} steps");
        }
    }

    private static void AdjustLearningRate(optim.Optimizer optimizer, int step)
    {
        var rate = LearningRate;
        if (step < WarmupSteps)
            rate = LearningRate * step / WarmupSteps;
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = rate;
    }
}
