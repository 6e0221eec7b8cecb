using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Flowers;

public sealed class Petals : utils.data.Dataset
{
    private readonly Tensor _petals = randn(480, 4);
    private readonly Tensor _kinds = randint(3, 480);

    public override long Count => 480;

    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        return new Dictionary<string, Tensor> { ["petal"] = _petals[index], ["kind"] = _kinds[index] };
    }
}

public static class NestedLoaders
{
    private static readonly int Epochs = 35;
    private const int BatchSize = 24;

    public static async Task Main()
    {
        using var training = utils.data.DataLoader(new Petals(), BatchSize, shuffle: true);
        using var validation = utils.data.DataLoader(new Petals(), BatchSize);
        var model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3));
        var criterion = nn.CrossEntropyLoss();
        var optimizer = optim.Adadelta(model.parameters(), lr: 1.0);
        var scheduler = optim.lr_scheduler.PolynomialLR(optimizer, total_iters: Epochs, power: 1.5);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            var trained = 0.0;
            foreach (var batch in training)
            {
                optimizer.zero_grad();
                var loss = criterion.forward(model.forward(batch["petal"]), batch["kind"]);
                loss.backward();
                optimizer.step();
                trained += loss.item<float>();
            }

            model.eval();
            var validated = 0.0;
            using (no_grad())
            {
                foreach (var batch in validation)
                {
                    var loss = criterion.forward(model.forward(batch["petal"]), batch["kind"]);
                    validated += loss.item<float>();
                }
            }

            scheduler.step();
            await Console.Out.WriteLineAsync($"{epoch} {trained / training.Count:F4} {validated / validation.Count:F4}");
        }
    }
}
