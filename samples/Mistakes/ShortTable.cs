using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A table of factors that ends after six epochs, and the program with it.</summary>
internal static class ShortTable
{
    private static readonly double[] s_factors = { 0.1, 0.3, 0.6, 1.0, 0.5, 0.25 };

    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => s_factors[epoch]);

        for (var epoch = 0; epoch < 12; epoch++)
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
