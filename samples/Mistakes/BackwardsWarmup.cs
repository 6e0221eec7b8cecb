using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup that runs backwards: it starts at the full rate, which it is there to avoid, and comes down to nothing.</summary>
internal static class BackwardsWarmup
{
    private const int WarmupEpochs = 5;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 3e-4);
        var scheduler = optim.lr_scheduler.LambdaLR(
            optimizer,
            epoch => epoch < WarmupEpochs ? 1.0 - (double)epoch / WarmupEpochs : 1.0);

        for (var epoch = 0; epoch < 30; epoch++)
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
