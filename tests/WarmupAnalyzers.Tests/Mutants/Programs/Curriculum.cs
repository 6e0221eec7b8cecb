using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Arithmetic;

public sealed record Stage(string Name, int Digits, int Epochs, double Rate);

public sealed class Curriculum
{
    private static readonly IReadOnlyList<Stage> Stages = new[]
    {
        new Stage("single digits", 1, 10, 1.0),
        new Stage("two digits", 2, 20, 0.5),
        new Stage("three digits", 3, 40, 0.2),
    };

    private readonly Sequential _net = nn.Sequential(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 1));

    public static void Main() => new Curriculum().Learn();

    public void Learn()
    {
        foreach (var stage in Stages)
        {
            var optimizer = optim.Adadelta(_net.parameters(), lr: stage.Rate);
            var scheduler = optim.lr_scheduler.PolynomialLR(optimizer, total_iters: stage.Epochs, power: 2);
            Console.WriteLine($"-- {stage.Name}");

            for (var epoch = 0; epoch < stage.Epochs; epoch++)
            {
                _net.train();
                for (var i = 0; i < 30; i++)
                {
                    var (x, y) = Sums(stage.Digits, 64);
                    optimizer.zero_grad();
                    using var loss = nn.functional.huber_loss(_net.forward(x), y);
                    loss.backward();
                    optimizer.step();
                }

                scheduler.step();
            }

            Console.WriteLine($"error {Examine(stage.Digits):F3}");
        }
    }

    private double Examine(int digits)
    {
        _net.eval();
        using var quiet = no_grad();
        var (x, y) = Sums(digits, 500);
        return (_net.forward(x) - y).abs().mean().item<float>();
    }

    private static (Tensor X, Tensor Y) Sums(int digits, long count)
    {
        var limit = (long)Math.Pow(10, digits);
        var x = randint(limit, new[] { count, 2L }).to_type(ScalarType.Float32) / limit;
        return (x, x.sum(1, keepdim: true));
    }
}
