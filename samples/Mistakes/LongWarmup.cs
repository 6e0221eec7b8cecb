using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The warmup counts batches and the scheduler is stepped once an epoch: the learning rate hardly leaves its start.</summary>
internal static class LongWarmup
{
    public static void Train()
    {
        const int epochs = 15;
        const int warmupSteps = 400;

        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 2e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.01, total_iters: warmupSteps);

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
