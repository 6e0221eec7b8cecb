using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>One ramp after the other, made by a query. TorchSharp runs the query again at every step.</summary>
internal static class RebuiltChain
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), learningRate: 0.1);
        var lengths = new[] { 5, 10 };
        var scheduler = optim.lr_scheduler.ChainedLR(lengths.Select(length => optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.5, total_iters: length)));

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
