using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A ramp and a cosine in a function of its own, counted from zero.</summary>
internal static class TransformerSchedule
{
    private const int WarmupSteps = 400;
    private const int TotalSteps = 4_000;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, WarmupThenCosine);

        var step = 0;
        while (step < TotalSteps)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
                step++;
            }
        }
    }

    private static double WarmupThenCosine(int step)
    {
        if (step < WarmupSteps)
            return step / (double)WarmupSteps;

        var progress = Math.Min((step - WarmupSteps) / (double)(TotalSteps - WarmupSteps), 1.0);
        return 0.5 * (1.0 + Math.Cos(Math.PI * progress));
    }
}
