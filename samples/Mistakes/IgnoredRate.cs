using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The rate is set on the groups, and the scheduler starts from the one that the optimizer was made with.</summary>
internal static class IgnoredRate
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        foreach (var group in optimizer.ParamGroups)
        {
            group.LearningRate = 0.02;
        }

        var warmup = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0));

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
