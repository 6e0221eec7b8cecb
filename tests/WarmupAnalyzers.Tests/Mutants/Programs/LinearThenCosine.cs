using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Spectra;

internal static class LinearThenCosine
{
    private const int TotalEpochs = 100;
    private const int WarmupEpochs = 10;
    private const double BaseRate = 0.08;

    private static void Main()
    {
        var spectra = rand(320, 128);
        var materials = randint(5, 320);

        var model = nn.Sequential(
            nn.Linear(128, 64),
            nn.BatchNorm1d(64),
            nn.ReLU(),
            nn.Linear(64, 5));
        var optimizer = optim.SGD(model.parameters(), learningRate: BaseRate, weight_decay: 5e-4);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.05, total_iters: WarmupEpochs);
        var cosine = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: TotalEpochs - WarmupEpochs);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, new[] { warmup, cosine }, new[] { WarmupEpochs });

        for (int epoch = 0; epoch < TotalEpochs; epoch++)
        {
            double loss = RunEpoch(model, optimizer, spectra, materials);
            scheduler.step();
            if ((epoch + 1) % 10 == 0)
                Console.WriteLine($"after {epoch + 1} epochs: {loss:F4}, accuracy {Accuracy(model, spectra, materials):P1}");
        }
    }

    private static double RunEpoch(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, Tensor x, Tensor y)
    {
        model.train();
        double sum = 0;
        for (int batch = 0; batch < 10; batch++)
        {
            using var _ = NewDisposeScope();
            var logits = model.forward(x.narrow(0, batch * 32, 32));
            var loss = nn.functional.cross_entropy(logits, y.narrow(0, batch * 32, 32));
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            sum += loss.item<float>();
        }

        return sum / 10;
    }

    private static double Accuracy(nn.Module<Tensor, Tensor> model, Tensor x, Tensor y)
    {
        model.eval();
        using (inference_mode())
        {
            return model.forward(x).argmax(1).eq(y).to_type(ScalarType.Float64).mean().item<double>();
        }
    }
}
