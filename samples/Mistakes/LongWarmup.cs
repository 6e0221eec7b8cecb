using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The training was made shorter for a try and the warmup was not: it ends on the way to the full rate.</summary>
internal static class LongWarmup
{
    public static void Train()
    {
        const int epochs = 8;
        const int warmupEpochs = 10;

        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 2e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.01, total_iters: warmupEpochs);

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
        }
    }
}
