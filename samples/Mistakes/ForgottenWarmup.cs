using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup was put in front of the cosine and the cosine was not shortened: the last epochs train too fast.</summary>
internal static class ForgottenWarmup
{
    public static void Train()
    {
        const int epochs = 30;
        const int warmupEpochs = 6;

        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 2e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.01, total_iters: warmupEpochs);
        var decay = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: epochs);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, [warmup, decay], [warmupEpochs]);

        for (var epoch = 0; epoch < epochs; epoch++)
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
