using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The training was made longer and the cosine was not: its learning rate climbs back in the last epochs.</summary>
internal static class ShortCosine
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 20);

        for (var epoch = 0; epoch < 30; epoch++)
        {
            using var images = rand(64, 1, 28, 28);
            using var labels = randint(10, 64, dtype: ScalarType.Int64);
            optimizer.zero_grad();
            using var loss = Digits.Loss(model, images, labels);
            loss.backward();
            optimizer.step();
            scheduler.step();
        }
    }
}
