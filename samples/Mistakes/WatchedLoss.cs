using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A loop that looks at the loss and does not learn from it: backward() was lost while the loop was tidied up.</summary>
internal static class WatchedLoss
{
    private const int Epochs = 20;

    public static void Train()
    {
        using var model = Digits.Network();
        var optimizer = optim.Adam(model.parameters(), lr: 1e-3);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                if (loss.item<float>() > 100)
                    Console.WriteLine("diverged");
                optimizer.step();
            }
        }
    }
}
