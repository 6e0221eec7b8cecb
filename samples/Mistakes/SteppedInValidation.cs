using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The loop of the validation was copied from the one of the training, its step with it.</summary>
internal static class SteppedInValidation
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 100);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            model.train();
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
            }

            model.eval();
            using var gradients = no_grad();
            foreach (var (images, labels) in Digits.Batches())
            {
                using var loss = Digits.Loss(model, images, labels);
                Console.WriteLine(loss.item<float>());
                scheduler.step();
            }
        }
    }
}
