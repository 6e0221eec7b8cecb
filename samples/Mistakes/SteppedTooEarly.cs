using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A step at the top of the loop: the first value of the warmup is never trained with.</summary>
internal static class SteppedTooEarly
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.2, total_iters: 4);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            scheduler.step();
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }
        }
    }
}
