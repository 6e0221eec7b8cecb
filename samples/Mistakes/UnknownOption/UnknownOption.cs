using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Right training, beside an .editorconfig whose option has a value that is not known.</summary>
internal static class UnknownOption
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0));

        for (var epoch = 0; epoch < 20; epoch++)
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
