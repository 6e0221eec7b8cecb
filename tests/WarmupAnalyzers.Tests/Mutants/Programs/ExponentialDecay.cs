using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;

namespace Dynamics;

public interface IProgress
{
    void Report(int epoch, double value);
}

public sealed class ConsoleProgress : IProgress
{
    public void Report(int epoch, double value) => Console.WriteLine($"#{epoch}: {value:E3}");
}

public sealed class ExponentialDecay
{
    private readonly IProgress _progress;

    public ExponentialDecay(IProgress progress)
    {
        _progress = progress;
        Network = torch.nn.Sequential(torch.nn.Linear(4, 64), torch.nn.ELU(1.0), torch.nn.Linear(64, 4));
        Optimizer = torch.optim.Adam(Network.parameters(), lr: 1e-2, beta1: 0.85);
        Scheduler = torch.optim.lr_scheduler.ExponentialLR(Optimizer, gamma: 0.96);
    }

    public Sequential Network { get; }

    public torch.optim.Optimizer Optimizer { get; }

    private torch.optim.lr_scheduler.LRScheduler Scheduler { get; }

    public int Epochs { get; set; } = 100;

    public void Learn(IReadOnlyList<(torch.Tensor Now, torch.Tensor Next)> transitions)
    {
        Network.train();
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            double mean = 0;
            for (int i = 0; i < transitions.Count; i++)
            {
                mean += Step(transitions[i].Now, transitions[i].Next) / transitions.Count;
            }

            _progress.Report(epoch, mean);
            Scheduler.step();
        }
    }

    private double Step(torch.Tensor now, torch.Tensor next)
    {
        using var loss = torch.nn.functional.mse_loss(now + Network.forward(now), next);
        Optimizer.zero_grad();
        loss.backward();
        Optimizer.step();
        return loss.item<float>();
    }

    public static void Main()
    {
        var transitions = new List<(torch.Tensor, torch.Tensor)>();
        var rotation = torch.eye(4) + 0.01 * torch.randn(4, 4);
        for (int i = 0; i < 25; i++)
        {
            var state = torch.randn(32, 4);
            transitions.Add((state, state.matmul(rotation)));
        }

        new ExponentialDecay(new ConsoleProgress()).Learn(transitions);
    }
}
