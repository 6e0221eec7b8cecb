using System.Collections.Generic;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Warm up, then wait for the loss to stand still. It runs for eight epochs and throws.</summary>
internal static class WarmupThenPlateau
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var schedulers = new List<optim.lr_scheduler.LRScheduler>
        {
            optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 8),
            optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 3),
        };
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, schedulers, [8]);

        for (var epoch = 0; epoch < 50; epoch++)
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
