using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The decay is made for epochs, but the scheduler is stepped with every batch: from batch 22 on it trains backwards.</summary>
internal static class DecayBelowZero
{
    public static void Train()
    {
        const int epochs = 20;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, step => 1.0 - step / (double)epochs);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            for (var batch = 0; batch < Digits.BatchesPerEpoch; batch++)
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
}
