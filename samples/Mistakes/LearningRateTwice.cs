using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The factor is multiplied by the learning rate already: here training ends at 1e-6 in place of 1e-3.</summary>
internal static class LearningRateTwice
{
    public static void Train()
    {
        const double learningRate = 1e-3;
        const int warmup = 10;

        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), learningRate);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => learningRate * Math.Min(1.0, (epoch + 1.0) / warmup));

        for (var epoch = 0; epoch < 40; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            scheduler.step();
        }
    }
}
