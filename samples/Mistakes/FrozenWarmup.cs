using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A "warmup" that switches the learning rate on after four epochs, and trains nothing until then.</summary>
internal static class FrozenWarmup
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => epoch < 4 ? 0 : 1);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            var total = 0.0;
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                total += loss.ToDouble();
            }

            scheduler.step();
            Console.WriteLine($"epoch {epoch}: {total / Digits.BatchesPerEpoch:F4}");
        }
    }
}
