using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup and a decay, each right by itself. The decay sets the rate, and the warmup never was.</summary>
internal static class TugOfWar
{
    public static void Train()
    {
        const int epochs = 20;
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        // Half a cosine over the whole training.
        var decay = optim.lr_scheduler.LambdaLR(optimizer, epoch => 0.5 * (1 + Math.Cos(Math.PI * epoch / epochs)));

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            warmup.step();
            decay.step();
        }
    }
}
