using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Birds;

public static class TwoStages
{
    private const int HeadEpochs = 12;
    private const int FullEpochs = 30;
    private const int WarmupEpochs = 5;

    public static void Main()
    {
        var body = nn.Sequential(nn.Linear(90, 60), nn.ReLU());
        var head = nn.Linear(60, 20);
        var model = nn.Sequential(("body", body), ("head", head));
        var songs = randn(360, 90);
        var species = randint(20, 360);

        foreach (var parameter in body.parameters())
            parameter.requires_grad = false;
        var headOptimizer = optim.Adam(head.parameters(), lr: 1e-2);
        var headScheduler = optim.lr_scheduler.ExponentialLR(headOptimizer, gamma: 0.9);
        for (var epoch = 0; epoch < HeadEpochs; epoch++)
        {
            model.train();
            for (var i = 0; i < 6; i++)
            {
                headOptimizer.zero_grad();
                using var loss = nn.functional.cross_entropy(model.forward(songs.narrow(0, 60 * i, 60)), species.narrow(0, 60 * i, 60));
                loss.backward();
                headOptimizer.step();
            }

            headScheduler.step();
        }

        foreach (var parameter in body.parameters())
            parameter.requires_grad = true;
        var optimizer = optim.SGD(model.parameters(), learningRate: 1e-3, momentum: 0.9);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: WarmupEpochs);
        var cosine = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: FullEpochs - WarmupEpochs);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, new[] { warmup, cosine }, new[] { WarmupEpochs });
        for (var epoch = 0; epoch < FullEpochs; epoch++)
        {
            model.train();
            var sum = 0f;
            for (var i = 0; i < 12; i++)
            {
                using var scope = NewDisposeScope();
                var loss = nn.functional.cross_entropy(model.forward(songs.narrow(0, 30 * i, 30)), species.narrow(0, 30 * i, 30));
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            scheduler.step();
            Console.WriteLine($"fine-tuning {epoch + 1}/{FullEpochs}: {sum / 12:F3}");
        }
    }
}
