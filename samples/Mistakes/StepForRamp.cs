using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Five epochs at a tenth of the rate and then all of it at once: the jump that a warmup is there to avoid.</summary>
internal static class StepForRamp
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.2, momentum: 0.9);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, Warmup);

        for (var epoch = 0; epoch < 30; epoch++)
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

    private static double Warmup(int epoch) => epoch < 5 ? 0.1 : 1.0;
}
