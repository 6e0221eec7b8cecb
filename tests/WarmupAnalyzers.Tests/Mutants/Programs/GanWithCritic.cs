using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Textures;

public sealed class GanWithCritic
{
    private const int Iterations = 3000;
    private const int CriticRounds = 5;
    private const double Clip = 0.01;

    private readonly Sequential generator = nn.Sequential(nn.Linear(8, 40), nn.ReLU(), nn.Linear(40, 20));
    private readonly Sequential critic = nn.Sequential(nn.Linear(20, 40), nn.ReLU(), nn.Linear(40, 1));
    private readonly Optimizer generatorOptimizer;
    private readonly Optimizer criticOptimizer;
    private readonly lr_scheduler.LRScheduler generatorDecay;
    private readonly lr_scheduler.LRScheduler criticDecay;

    public GanWithCritic()
    {
        generatorOptimizer = RMSProp(generator.parameters(), 5e-5);
        criticOptimizer = RMSProp(critic.parameters(), 5e-5);
        generatorDecay = lr_scheduler.ExponentialLR(generatorOptimizer, gamma: 0.9995);
        criticDecay = lr_scheduler.ExponentialLR(criticOptimizer, gamma: 0.9995);
    }

    public static void Main()
    {
        var gan = new GanWithCritic();
        gan.Train();
        using var sample = gan.generator.forward(randn(1, 8));
        Console.WriteLine(sample.mean().item<float>());
    }

    private void Train()
    {
        for (int iteration = 1; iteration <= Iterations; iteration++)
        {
            for (int round = 0; round < CriticRounds; round++)
            {
                using var scope = NewDisposeScope();
                criticOptimizer.zero_grad();
                var real = critic.forward(randn(32, 20)).mean();
                var fake = critic.forward(generator.forward(randn(32, 8)).detach()).mean();
                var distance = fake - real;
                distance.backward();
                criticOptimizer.step();
                ClipWeights();
            }

            using (NewDisposeScope())
            {
                generatorOptimizer.zero_grad();
                var score = -critic.forward(generator.forward(randn(32, 8))).mean();
                score.backward();
                generatorOptimizer.step();
            }

            criticDecay.step();
            generatorDecay.step();
        }
    }

    private void ClipWeights()
    {
        using var quiet = no_grad();
        foreach (var weight in critic.parameters())
            weight.clamp_(-Clip, Clip);
    }
}
