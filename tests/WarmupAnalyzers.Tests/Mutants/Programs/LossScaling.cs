using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Precision;

/// <summary>Scales the loss so that small gradients survive, and leaves out the updates that overflow.</summary>
public sealed class LossScaler
{
    private readonly Optimizer _optimizer;
    private double _scale = 1024;
    private int _good;

    public LossScaler(Optimizer optimizer)
    {
        _optimizer = optimizer;
    }

    public bool Step(Tensor loss)
    {
        _optimizer.zero_grad();
        using (var scaled = loss * _scale)
        {
            scaled.backward();
        }

        var finite = true;
        foreach (var parameter in _optimizer.parameters())
        {
            if (parameter.grad is not { } gradient)
                continue;
            gradient.div_(_scale);
            finite &= gradient.isfinite().all().item<bool>();
        }

        if (!finite)
        {
            _scale /= 2;
            _good = 0;
            return false;
        }

        _optimizer.step();
        if (++_good % 200 == 0)
            _scale *= 2;
        return true;
    }
}

public static class LossScaling
{
    private const int Epochs = 32;
    private const int WarmupEpochs = 4;

    public static void Main()
    {
        var model = nn.Sequential(nn.Linear(30, 60), nn.ReLU(), nn.Linear(60, 30));
        var optimizer = AdamW(model.parameters(), lr: 2e-3, weight_decay: 1e-2);
        var warmup = lr_scheduler.LinearLR(optimizer, 0.25, 1.0, WarmupEpochs);
        var decay = lr_scheduler.PolynomialLR(optimizer, Epochs - WarmupEpochs, power: 1.0);
        var scheduler = lr_scheduler.SequentialLR(optimizer, new[] { warmup, decay }, new[] { WarmupEpochs });
        var scaler = new LossScaler(optimizer);
        var mixing = randn(30, 30) / Math.Sqrt(30);

        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            var (sum, skipped) = (0.0, 0);
            for (var batch = 0; batch < 40; batch++)
            {
                using var scope = NewDisposeScope();
                var x = randn(32, 30);
                var loss = nn.functional.mse_loss(model.forward(x), x.matmul(mixing));
                if (!scaler.Step(loss))
                    skipped++;
                sum += loss.item<float>();
            }

            scheduler.step();
            Console.WriteLine($"epoch {epoch + 1}: {sum / 40:F4} ({skipped} skipped)");
        }
    }
}
