using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Assay;

internal static class CrossValidation
{
    private const int Folds = 5;
    private const int Epochs = 30;
    private const int WarmupEpochs = 4;
    private const int PerFold = 40;

    private static void Main()
    {
        manual_seed(2);
        var x = randn(Folds * PerFold, 15);
        var y = (x.sum(1, keepdim: true) > 0).to_type(ScalarType.Float32);
        var scores = new List<double>();

        for (var fold = 0; fold < Folds; fold++)
        {
            var held = arange(fold * PerFold, (fold + 1) * PerFold);
            var kept = tensor(Enumerable.Range(0, Folds * PerFold).Where(i => i / PerFold != fold).Select(i => (long)i).ToArray());

            using var model = nn.Sequential(nn.Linear(15, 30), nn.ReLU(), nn.Linear(30, 1));
            var optimizer = optim.Adam(model.parameters(), 5e-3);
            var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min(1.0, (epoch + 1) / (double)WarmupEpochs));

            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                model.train();
                foreach (var rows in kept.split(20))
                {
                    optimizer.zero_grad();
                    using var loss = nn.functional.binary_cross_entropy_with_logits(model.forward(x[rows]), y[rows]);
                    loss.backward();
                    optimizer.step();
                }

                scheduler.step();
            }

            model.eval();
            using (no_grad())
            {
                using var right = (model.forward(x[held]) > 0).to_type(ScalarType.Float32).eq(y[held]).to_type(ScalarType.Float64).mean();
                scores.Add(right.item<double>());
            }

            Console.WriteLine($"fold {fold + 1}: {scores[^1]:P1}");
        }

        Console.WriteLine($"mean {scores.Average():P1}");
    }
}
