using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Vibration;

public sealed class TrainerFields
{
    private const int Epochs = 60;
    private const int Warmup = 6;

    private readonly Sequential _net;
    private readonly Optimizer _optimizer;
    private readonly lr_scheduler.LRScheduler _scheduler;
    private readonly MSELoss _criterion = nn.MSELoss();
    private readonly List<(Tensor Signal, Tensor Wear)> _batches = new();

    public TrainerFields(int windows)
    {
        _net = nn.Sequential(nn.Linear(128, 64), nn.SiLU(), nn.Linear(64, 1));
        _optimizer = AdamW(_net.parameters(), lr: 1e-3);
        var warmup = lr_scheduler.LinearLR(_optimizer, 0.1, 1.0, Warmup);
        var cosine = lr_scheduler.CosineAnnealingLR(_optimizer, Epochs - Warmup);
        _scheduler = lr_scheduler.SequentialLR(_optimizer, new[] { warmup, cosine }, new[] { Warmup });
        for (var i = 0; i < windows; i++)
        {
            var signal = randn(16, 128);
            _batches.Add((signal, signal.abs().mean(new long[] { 1 }, keepdim: true)));
        }
    }

    public static void Main()
    {
        new TrainerFields(windows: 30).Fit();
    }

    public void Fit()
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            _net.train();
            var total = 0f;
            foreach (var (signal, wear) in _batches)
            {
                using var scope = NewDisposeScope();
                _optimizer.zero_grad();
                var loss = _criterion.forward(_net.forward(signal), wear);
                loss.backward();
                _optimizer.step();
                total += loss.item<float>();
            }

            _scheduler.step();
            Console.WriteLine($"epoch {epoch}: {total / _batches.Count:E2}");
        }
    }
}
