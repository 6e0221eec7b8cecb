using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A ramp from zero that is computed by quotients: after the first epoch there is no learning rate any more.</summary>
internal static class NotANumber
{
    private const int WarmupEpochs = 5;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.0, total_iters: WarmupEpochs);

        for (var epoch = 0; epoch < 30; epoch++)
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
