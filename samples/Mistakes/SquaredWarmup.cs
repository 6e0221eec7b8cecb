using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup from a tenth. RAdam trains with a hundredth.</summary>
internal static class SquaredWarmup
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var optimizer = optim.RAdam(model.parameters(), lr: 1e-2);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);

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
