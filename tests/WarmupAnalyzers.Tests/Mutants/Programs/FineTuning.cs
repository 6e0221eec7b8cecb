using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Transfer;

internal sealed class Classifier : nn.Module<Tensor, Tensor>
{
    public readonly Sequential backbone;
    public readonly Linear head;

    public Classifier(long classes)
        : base(nameof(Classifier))
    {
        backbone = nn.Sequential(nn.Linear(100, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU());
        head = nn.Linear(32, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => head.forward(backbone.forward(input));
}

internal static class FineTuning
{
    private const int Epochs = 25;
    private const int BackboneWarmup = 10;
    private const int HeadWarmup = 3;

    private static void Main(string[] args)
    {
        using var model = new Classifier(7);
        if (args.Length > 0)
            model.backbone.load(args[0]);

        var groups = new List<AdamW.ParamGroup>
        {
            new(model.backbone.parameters(), lr: 1e-4, weight_decay: 0.05),
            new(model.head.parameters(), lr: 1e-2),
        };
        var optimizer = optim.AdamW(groups, lr: 1e-2);
        var scheduler = new optim.lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[]
        {
            epoch => Math.Min(1.0, (epoch + 1.0) / BackboneWarmup),
            epoch => Math.Min(1.0, (epoch + 1.0) / HeadWarmup),
        });

        var features = randn(700, 100);
        var classes = randint(7, 700);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            Console.WriteLine($"epoch {epoch}: {Pass(model, optimizer, features, classes):F4}");
            scheduler.step();
        }
    }

    private static double Pass(Classifier model, optim.Optimizer optimizer, Tensor features, Tensor classes)
    {
        model.train();
        var sum = 0.0;
        for (var i = 0; i < 14; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var output = model.forward(features.narrow(0, i * 50, 50));
            var loss = nn.functional.cross_entropy(output, classes.narrow(0, i * 50, 50));
            loss.backward();
            optimizer.step();
            sum += loss.item<float>();
        }

        return sum / 14;
    }
}
