using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>An inverse square root decay counted from zero: the first epoch runs at an infinite learning rate.</summary>
internal static class InverseSquareRoot
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => 1 / Math.Sqrt(epoch));

        for (var epoch = 0; epoch < 20; epoch++)
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
}
