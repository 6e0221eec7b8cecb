using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Cycles with the settings that the documentation shows. At the top of each the momentum is 1 and nothing is forgotten.</summary>
internal static class RisingMomentum
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), learningRate: 0.1, momentum: 0.9);
        var scheduler = optim.lr_scheduler.CyclicLR(optimizer, base_lr: 0.01, max_lr: 0.1, step_size_up: 500);

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
