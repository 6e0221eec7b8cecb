using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The inner loop was copied from the outer one: the training is over after the first epoch.</summary>
internal static class SharedCounter
{
    public static void Train()
    {
        using var model = Digits.Network();
        var optimizer = optim.SGD(model.parameters(), learningRate: 0.05);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        var batches = Digits.Batches().ToArray();

        for (int i = 0; i < 20; i++)
        {
            for (int idx = 0; i < batches.Length; i++)
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, batches[idx].Images, batches[idx].Labels);
                loss.backward();
                optimizer.step();
            }

            warmup.step();
        }
    }
}
