using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>OneCycleLR warms up by itself; the LinearLR from the last experiment is still there.</summary>
internal static class WarmupTwice
{
    public static void Train()
    {
        const int epochs = 20;
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 200);
        var cycle = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.5, total_steps: 1 + epochs * Digits.BatchesPerEpoch);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                cycle.step();
                warmup.step();
            }
        }
    }
}
