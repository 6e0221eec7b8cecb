using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A plateau scheduler stepped like the others: the first epoch ends with an exception.</summary>
internal static class ForgottenMetric
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 3);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            var worst = 0f;
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                worst = Math.Max(worst, loss.item<float>());
            }

            scheduler.step();
        }
    }
}
