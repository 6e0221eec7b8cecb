using System;
using System.Collections.Generic;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The factor function writes down what it gives. With a second parameter group every value stands there twice.</summary>
internal sealed class RecordedFactors
{
    private readonly List<double> _history = [];

    public void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, Factor);

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

        Console.WriteLine(string.Join(", ", _history));
    }

    private double Factor(int epoch)
    {
        var factor = Math.Min((epoch + 1) / 5.0, 1.0);
        _history.Add(factor);
        return factor;
    }
}
