using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Both operands are integers, so the ramp is zero for four epochs and then jumps.</summary>
internal static class IntegerDivision
{
    public static void Train()
    {
        const int epochs = 30;
        var warmupEpochs = 5;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.05);
        var scheduler = optim.lr_scheduler.LambdaLR(
            optimizer,
            epoch => epoch < warmupEpochs ? (epoch + 1) / warmupEpochs : 1.0);

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
