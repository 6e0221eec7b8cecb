using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The cosine is made for the epochs and stepped with the batches: its learning rate runs up and down all the time.</summary>
internal static class CosineOnEveryBatch
{
    private const int Epochs = 20;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: Epochs);

        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var total = 0f;
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
                total += loss.item<float>();
            }

            Console.WriteLine($"epoch {epoch}: {total}");
        }
    }
}
