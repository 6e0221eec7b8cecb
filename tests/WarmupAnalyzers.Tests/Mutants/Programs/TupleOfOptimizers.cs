using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Pricing;

public static class TupleOfOptimizers
{
    private const int Epochs = 40;

    public static void Main()
    {
        var encoder = nn.Sequential(nn.Linear(18, 32), nn.ReLU());
        var head = nn.Linear(32, 1);
        var (encoderOptimizer, encoderScheduler) = Configure(encoder, 1e-4);
        var (headOptimizer, headScheduler) = Configure(head, 1e-3);
        var houses = randn(400, 18);
        var prices = randn(400, 1);

        for (int epoch = 0; epoch < Epochs; ++epoch)
        {
            encoder.train();
            head.train();
            double sum = 0;
            for (int i = 0; i < 8; ++i)
            {
                using var scope = NewDisposeScope();
                encoderOptimizer.zero_grad();
                headOptimizer.zero_grad();
                var guess = head.forward(encoder.forward(houses.narrow(0, 50 * i, 50)));
                var loss = nn.functional.huber_loss(guess, prices.narrow(0, 50 * i, 50));
                loss.backward();
                encoderOptimizer.step();
                headOptimizer.step();
                sum += loss.item<float>();
            }

            encoderScheduler.step();
            headScheduler.step();
            Console.WriteLine($"{epoch} {sum / 8:F4}");
        }
    }

    private static (Optimizer Optimizer, LRScheduler Scheduler) Configure(nn.Module module, double rate)
    {
        var optimizer = Adam(module.parameters(), rate);
        return (optimizer, CosineAnnealingLR(optimizer, Epochs, rate / 100));
    }
}
