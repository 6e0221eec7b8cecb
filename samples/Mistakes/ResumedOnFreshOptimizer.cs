using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Goes on after epoch 2 with the weights of that time, but with an optimizer that knows nothing of it.</summary>
internal static class ResumedOnFreshOptimizer
{
    public static void Train()
    {
        using var model = Digits.Network();
        model.load("digits.dat");
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5, last_epoch: 2);

        for (var epoch = 3; epoch < 30; epoch++)
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
