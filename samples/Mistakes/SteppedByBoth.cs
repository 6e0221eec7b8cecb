using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>SequentialLR was put in later; the step of the warmup stayed where it was.</summary>
internal static class SteppedByBoth
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 10);
        var decay = optim.lr_scheduler.ExponentialLR(optimizer, gamma: 0.95);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, [warmup, decay], [10]);

        for (var epoch = 0; epoch < 40; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            warmup.step();
            scheduler.step();
        }
    }
}
