using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Translation;

public sealed class NoamSchedule
{
    private readonly int modelSize;
    private readonly int warmup;

    public NoamSchedule(int modelSize, int warmup)
    {
        this.modelSize = modelSize;
        this.warmup = warmup;
    }

    public static void Main()
    {
        var noam = new NoamSchedule(modelSize: 64, warmup: 400);
        noam.Train(epochs: 20, batches: 100);
    }

    public double Rate(int step)
    {
        var k = step + 1;
        return Math.Pow(modelSize, -0.5) * Math.Min(Math.Pow(k, -0.5), k * Math.Pow(warmup, -1.5));
    }

    private void Train(int epochs, int batches)
    {
        var layer = nn.TransformerEncoderLayer(modelSize, 4, 128);
        var encoder = nn.TransformerEncoder(layer, 2);
        var adam = optim.Adam(encoder.parameters(), lr: 1.0, beta1: 0.9, beta2: 0.98, eps: 1e-9);
        var scheduler = optim.lr_scheduler.LambdaLR(adam, Rate);
        using var mask = zeros(10, 10);
        using var padding = zeros(8, 10);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            encoder.train();
            var sum = 0.0;
            for (var batch = 0; batch < batches; batch++)
            {
                using var scope = NewDisposeScope();
                var source = randn(10, 8, modelSize);
                adam.zero_grad();
                var loss = nn.functional.mse_loss(encoder.forward(source, mask, padding), source);
                loss.backward();
                adam.step();
                scheduler.step();
                sum += loss.item<float>();
            }

            Console.WriteLine($"epoch {epoch + 1}: {sum / batches:F4}");
        }
    }
}
