using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The gradients of four batches for one step of the optimizer, and four steps of the schedule: the warmup is over in a quarter of its time.</summary>
internal static class GatheredGradients
{
    private const int Accumulate = 4;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 50);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            var batch = 0;
            foreach (var (images, labels) in Digits.Batches())
            {
                using var loss = Digits.Loss(model, images, labels) / Accumulate;
                loss.backward();
                if (++batch % Accumulate == 0)
                {
                    optimizer.step();
                    optimizer.zero_grad();
                }

                scheduler.step();
            }
        }
    }
}
