using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>
/// The factor reads the loop's own variable. TorchSharp asks when the scheduler is made and at each step, before the loop
/// counts on, so the first value is trained with twice and all others come late.
/// </summary>
internal static class CapturedEpoch
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 3e-4);
        var epoch = 0;
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, _ => Math.Min((epoch + 1) / 5.0, 1.0));

        for (epoch = 0; epoch < 30; epoch++)
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
