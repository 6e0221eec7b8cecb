using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;
using ReduceLROnPlateau = TorchSharp.torch.optim.lr_scheduler.impl.ReduceLROnPlateau;

namespace Bench;

public enum Policy
{
    Plateau,
    Exponential,
    Cosine,
}

public sealed class Config
{
    public int Epochs { get; init; } = 36;

    public double Rate { get; init; } = 1e-2;

    public Policy Policy { get; init; } = Policy.Plateau;
}

public static class SchedulerOfChoice
{
    public static void Main(string[] args)
    {
        var config = new Config { Policy = args.Length > 0 ? Enum.Parse<Policy>(args[0], true) : Policy.Cosine };
        Train(config, randn(400, 6), randn(100, 6));
    }

    private static LRScheduler Create(Optimizer optimizer, Config config)
    {
        switch (config.Policy)
        {
            case Policy.Plateau:
                return lr_scheduler.ReduceLROnPlateau(optimizer, patience: 3);
            case Policy.Exponential:
                return ExponentialLR(optimizer, gamma: 0.93);
            default:
                return CosineAnnealingLR(optimizer, T_max: config.Epochs);
        }
    }

    private static void Train(Config config, Tensor data, Tensor held)
    {
        var net = nn.Sequential(nn.Linear(6, 3), nn.Softplus(), nn.Linear(3, 6));
        var optimizer = RMSProp(net.parameters(), config.Rate, momentum: 0.5);
        var scheduler = Create(optimizer, config);

        for (var epoch = 0; epoch < config.Epochs; epoch++)
        {
            net.train();
            for (var i = 0; i < 10; i++)
            {
                using var batch = data.narrow(0, 40 * i, 40);
                optimizer.zero_grad();
                using var loss = nn.functional.l1_loss(net.forward(batch), batch);
                loss.backward();
                optimizer.step();
            }

            var validation = Validate(net, held);
            if (scheduler is ReduceLROnPlateau plateau)
            {
                plateau.step(validation);
            }
            else
            {
                scheduler.step();
            }

            Console.WriteLine($"{config.Policy} {epoch}: {validation:F4}");
        }
    }

    private static double Validate(nn.Module<Tensor, Tensor> net, Tensor held)
    {
        net.eval();
        using var quiet = no_grad();
        using var loss = nn.functional.l1_loss(net.forward(held), held);
        return loss.item<float>();
    }
}
