using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Summaries;

public static class Accumulation
{
    private const int Epochs = 16;
    private const int MicroBatches = 64;
    private const int AccumulationSteps = 8;
    private const int Updates = Epochs * MicroBatches / AccumulationSteps;
    private const int WarmupUpdates = 12;

    public static void Main(string[] args)
    {
        var device = torch.device(args.Length > 0 ? args[0] : "cpu");
        var model = nn.Sequential(nn.Linear(256, 256), nn.GELU(), nn.Linear(256, 64)).to(device);
        var optimizer = optim.AdamW(model.parameters(), lr: 3e-4, weight_decay: 0.1);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.02, total_iters: WarmupUpdates);
        var decay = optim.lr_scheduler.PolynomialLR(optimizer, total_iters: Updates - WarmupUpdates, power: 1);
        var scheduler = optim.lr_scheduler.SequentialLR(optimizer, new[] { warmup, decay }, new[] { WarmupUpdates });

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            var sum = 0.0;
            optimizer.zero_grad();
            for (var i = 0; i < MicroBatches; i++)
            {
                using var scope = NewDisposeScope();
                var text = randn(4, 256, device: device);
                var target = randint(64, 4, device: device);
                var loss = nn.functional.cross_entropy(model.forward(text), target) / AccumulationSteps;
                loss.backward();
                sum += loss.item<float>();

                if ((i + 1) % AccumulationSteps == 0)
                {
                    nn.utils.clip_grad_norm_(model.parameters(), 1.0);
                    optimizer.step();
                    scheduler.step();
                    optimizer.zero_grad();
                }
            }

            Console.WriteLine($"epoch {epoch}: {sum / MicroBatches * AccumulationSteps:F3}");
        }
    }
}
