using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup from zero: the whole first epoch trains nothing.</summary>
internal static class ZeroStart
{
    private const int WarmupEpochs = 5;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 3e-4);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((double)epoch / WarmupEpochs, 1.0));

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
