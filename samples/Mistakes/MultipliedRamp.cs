using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A ramp for LambdaLR in a MultiplicativeLR: its factors are multiplied with each other.</summary>
internal static class MultipliedRamp
{
    public static void Train()
    {
        const int epochs = 30;
        const int warmupEpochs = 5;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        var scheduler = optim.lr_scheduler.MultiplicativeLR(
            optimizer,
            epoch => Math.Min(1.0, (epoch + 1) / (double)warmupEpochs));

        for (var epoch = 0; epoch < epochs; epoch++)
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
