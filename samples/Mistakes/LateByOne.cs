using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The number of the epoch that is over for the index of the next: the first rate of the warmup is there for two epochs, and the rest comes late.</summary>
internal static class LateByOne
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.2, total_iters: 4);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            scheduler.step(epoch);
        }
    }
}
