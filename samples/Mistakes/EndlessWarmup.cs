using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The ramp is right, but nothing ends it: in the last epoch the learning rate is six times what it should be.</summary>
internal static class EndlessWarmup
{
    public static void Train()
    {
        const int epochs = 30;
        const int warmupEpochs = 5;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => (epoch + 1.0) / warmupEpochs);

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
