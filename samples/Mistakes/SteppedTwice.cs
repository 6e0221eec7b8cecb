using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A step for each batch, and one more for each epoch: the schedule counts neither.</summary>
internal static class SteppedTwice
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 20);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
            }

            Console.WriteLine($"epoch {epoch} is done");
            scheduler.step();
        }
    }
}
