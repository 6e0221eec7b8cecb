using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The share of the rise is no percentage; the constructor throws before anything is trained.</summary>
internal static class OutOfRange
{
    public static void Train()
    {
        const int epochs = 10;
        const int batches = 100;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.01, momentum: 0.9);
        var scheduler = optim.lr_scheduler.OneCycleLR(
            optimizer,
            max_lr: 0.1,
            epochs: epochs,
            steps_per_epoch: batches,
            pct_start: 30);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
            }
        }
    }
}
