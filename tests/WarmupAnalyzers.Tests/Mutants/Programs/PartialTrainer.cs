using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;

namespace Digits;

public partial class DigitTrainer
{
    private readonly Settings settings;
    private readonly Sequential network;
    private readonly torch.optim.Optimizer optimizer;
    private readonly torch.optim.lr_scheduler.LRScheduler decay;

    public DigitTrainer(Settings settings)
    {
        this.settings = settings;
        network = torch.nn.Sequential(
            torch.nn.Flatten(),
            torch.nn.Linear(64, 96),
            torch.nn.ReLU(),
            torch.nn.Linear(96, 10),
            torch.nn.LogSoftmax(1));
        optimizer = torch.optim.RMSProp(network.parameters(), lr: settings.LearningRate);
        decay = torch.optim.lr_scheduler.MultiplicativeLR(optimizer, _ => 0.95);
    }

    public static void Main()
    {
        var trainer = new DigitTrainer(new Settings(Epochs: 30, BatchSize: 64, LearningRate: 1e-3));
        trainer.Run(torch.rand(1280, 1, 8, 8), torch.randint(10, 1280));
    }

    public void Run(torch.Tensor images, torch.Tensor digits)
    {
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            var losses = Train(images, digits).ToList();
            decay.step();
            Console.WriteLine($"{epoch}\t{losses.Average():F4}\t{Test(images, digits):P2}");
        }
    }
}

public partial class DigitTrainer
{
    private IEnumerable<float> Train(torch.Tensor images, torch.Tensor digits)
    {
        network.train();
        var losses = new List<float>();
        foreach (var rows in torch.randperm(images.shape[0]).split(settings.BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            using var loss = torch.nn.functional.nll_loss(network.forward(images[rows]), digits[rows]);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        return losses;
    }

    private double Test(torch.Tensor images, torch.Tensor digits)
    {
        network.eval();
        using var guard = torch.no_grad();
        using var hits = network.forward(images).argmax(1).eq(digits).sum();
        return hits.item<long>() / (double)digits.shape[0];
    }

    public sealed record Settings(int Epochs, int BatchSize, double LearningRate);
}
