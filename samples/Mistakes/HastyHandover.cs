using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The warmup was made longer and the milestone forgotten: the rate jumps from a third of the way to the top.</summary>
internal static class HastyHandover
{
    public static void Train()
    {
        const int epochs = 40;

        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 2e-3);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.01, total_iters: 10);
        var decay = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 30);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, [warmup, decay], [5]);

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
