using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A decay that was tuned for epochs and is stepped for every batch: after the first third nothing is trained.</summary>
internal static class FadingRate
{
    private const int Epochs = 30;
    private const int BatchesPerEpoch = 50;
    private const int BatchSize = 64;

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.AdamW(model.parameters(), lr: 1e-3);
        var scheduler = optim.lr_scheduler.ExponentialLR(optimizer, gamma: 0.96);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            for (var batch = 0; batch < BatchesPerEpoch; batch++)
            {
                using var images = rand(BatchSize, 1, 28, 28);
                using var labels = randint(10, BatchSize, dtype: ScalarType.Int64);
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
            }
        }
    }
}
