using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A loop that was typed from memory: every batch is trained with again in each step after it.</summary>
internal static class SummedGradients
{
    private const int Epochs = 20;

    public static void Train()
    {
        using var model = Digits.Network();
        var optimizer = optim.SGD(model.parameters(), learningRate: 0.01, momentum: 0.9);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                using var scope = NewDisposeScope();
                var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            warmup.step();
        }
    }
}
