using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A decay by hand from the first draft, and the scheduler that was to replace it.</summary>
internal static class TwoHands
{
    public static void Train()
    {
        const int epochs = 20;
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = 1e-3 * Math.Pow(0.95, epoch);
            }

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
