using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A loss for a scheduler that counts and does not look: the rate decays however well the training goes.</summary>
internal static class IgnoredLoss
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: 5, gamma: 0.5);

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

            scheduler.step(worst);
        }
    }
}
