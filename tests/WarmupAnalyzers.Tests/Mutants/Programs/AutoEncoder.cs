using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Anomalies;

internal sealed class AutoEncoder : nn.Module<Tensor, Tensor>
{
    public const int WarmupEpochs = 6;
    public const int HoldEpochs = 4;
    public const int TotalEpochs = 50;

    private readonly Sequential _encoder = nn.Sequential(nn.Linear(60, 20), nn.ReLU(), nn.Linear(20, 5));
    private readonly Sequential _decoder = nn.Sequential(nn.Linear(5, 20), nn.ReLU(), nn.Linear(20, 60));

    public AutoEncoder()
        : base("anomalies") => RegisterComponents();

    public override Tensor forward(Tensor x) => _decoder.forward(_encoder.forward(x));

    public void Fit(Tensor normal)
    {
        var optimizer = optim.Adagrad(parameters(), lr: 0.01);
        var rise = optim.lr_scheduler.LinearLR(optimizer, 0.1, 1.0, WarmupEpochs);
        var fall = optim.lr_scheduler.CosineAnnealingLR(optimizer, TotalEpochs - WarmupEpochs - HoldEpochs);
        var schedule = optim.lr_scheduler.SequentialLR(optimizer, [rise, fall], [WarmupEpochs + HoldEpochs]);

        foreach (var epoch in Enumerable.Range(1, TotalEpochs))
        {
            train();
            var errors = 0.0;
            foreach (var part in normal.chunk(10))
            {
                using var scope = NewDisposeScope();
                var noisy = part + 0.1 * randn_like(part);
                var error = nn.functional.mse_loss(forward(noisy), part);
                optimizer.zero_grad();
                error.backward();
                optimizer.step();
                errors += error.item<float>();
            }

            schedule.step();
            Console.WriteLine($"{epoch}: {errors / 10:F4}");
        }
    }

    public float Score(Tensor one)
    {
        eval();
        using var quiet = inference_mode();
        return nn.functional.mse_loss(forward(one), one).item<float>();
    }
}

internal static class Program
{
    private static void Main()
    {
        using var model = new AutoEncoder();
        model.Fit(rand(300, 60));
        Console.WriteLine(model.Score(rand(1, 60)) < model.Score(10 * rand(1, 60)));
    }
}
