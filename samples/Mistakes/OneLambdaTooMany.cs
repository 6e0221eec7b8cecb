using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Two functions, for the network and for its head. But the optimizer got all parameters as one group.</summary>
internal static class OneLambdaTooMany
{
    public static void Train()
    {
        const int epochs = 30;
        var warmup = 5;

        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var scheduler = new optim.lr_scheduler.impl.LambdaLR(
            optimizer,
            new Func<int, double>[]
            {
                epoch => Math.Min((epoch + 1) / (double)warmup, 1.0),
                epoch => 10 * Math.Min((epoch + 1) / (double)warmup, 1.0),
            });

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
