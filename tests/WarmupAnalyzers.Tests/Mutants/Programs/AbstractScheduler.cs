using System;
using System.IO;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Traffic;

public abstract class Experiment
{
    public const int Epochs = 48;

    public void Execute(TextWriter log)
    {
        var model = nn.Sequential(nn.Linear(12, 36), nn.LeakyReLU(0.1), nn.Linear(36, 1));
        var optimizer = CreateOptimizer(model);
        var scheduler = CreateScheduler(optimizer);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            for (var minute = 0; minute < 20; minute++)
            {
                using var flow = rand(30, 12);
                using var jam = flow.mean(new long[] { 1 }, keepdim: true);
                optimizer.zero_grad();
                using var loss = nn.functional.mse_loss(model.forward(flow), jam);
                loss.backward();
                optimizer.step();
            }

            scheduler.step();
            log.WriteLine($"{GetType().Name} {epoch}");
        }
    }

    protected abstract Optimizer CreateOptimizer(nn.Module model);

    protected abstract LRScheduler CreateScheduler(Optimizer optimizer);
}

public sealed class CosineExperiment : Experiment
{
    protected override Optimizer CreateOptimizer(nn.Module model) => AdamW(model.parameters(), 1e-3);

    protected override LRScheduler CreateScheduler(Optimizer optimizer) => CosineAnnealingLR(optimizer, Epochs);
}

public sealed class LinearExperiment : Experiment
{
    protected override Optimizer CreateOptimizer(nn.Module model) => NAdam(model.parameters(), 2e-3);

    protected override LRScheduler CreateScheduler(Optimizer optimizer)
    {
        return LinearLR(optimizer, start_factor: 1.0, end_factor: 0.05, total_iters: Epochs);
    }
}

public static class AbstractScheduler
{
    public static void Main()
    {
        foreach (var experiment in new Experiment[] { new CosineExperiment(), new LinearExperiment() })
            experiment.Execute(Console.Out);
    }
}
