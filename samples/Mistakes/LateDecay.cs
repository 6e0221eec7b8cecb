using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A cosine that is counted from the start of the training: by the end of the warmup a quarter of it is over.</summary>
internal static class LateDecay
{
    private const int Epochs = 30;
    private const int WarmupEpochs = 10;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, Factor);

        for (var epoch = 0; epoch < Epochs; epoch++)
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

    private static double Factor(int epoch)
    {
        if (epoch < WarmupEpochs)
            return (epoch + 1) / (double)WarmupEpochs;
        return 0.5 * (1 + Math.Cos(Math.PI * epoch / Epochs));
    }
}
