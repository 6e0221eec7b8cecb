using System;
using System.Globalization;
using System.IO;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tides;

public sealed class ResumedTraining
{
    private const int Epochs = 120;
    private const int WarmupEpochs = 10;
    private const string Weights = "tides.dat";
    private const string Progress = "tides.txt";

    private readonly Sequential network = nn.Sequential(nn.Linear(12, 48), nn.Softplus(), nn.Linear(48, 1));

    public static void Main() => new ResumedTraining().Go(randn(960, 12), randn(960, 1));

    private void Go(Tensor x, Tensor y)
    {
        var start = 0;
        if (File.Exists(Weights) && File.Exists(Progress))
        {
            network.load(Weights);
            start = int.Parse(File.ReadAllText(Progress), CultureInfo.InvariantCulture);
        }

        var optimizer = optim.SGD(network.parameters(), learningRate: 0.03);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min(1.0, (epoch + 1.0) / WarmupEpochs));
        for (var done = 0; done < start; done++)
        {
            scheduler.step();
        }

        for (var epoch = start; epoch < Epochs; epoch++)
        {
            network.train();
            var sum = 0f;
            foreach (var rows in randperm(960).split(80))
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = nn.functional.mse_loss(network.forward(x[rows]), y[rows]);
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            scheduler.step();
            network.save(Weights);
            File.WriteAllText(Progress, (epoch + 1).ToString(CultureInfo.InvariantCulture));
            Console.WriteLine($"{epoch}: {sum / 12:F4}");
        }
    }
}
