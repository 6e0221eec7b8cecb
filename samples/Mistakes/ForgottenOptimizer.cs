using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A trainer that does everything but train: the learning rate moves and no weight does.</summary>
internal sealed class ForgottenOptimizer
{
    private readonly Sequential _model = Digits.Network();
    private readonly optim.Optimizer _optimizer;
    private readonly optim.lr_scheduler.LRScheduler _scheduler;

    public ForgottenOptimizer()
    {
        _optimizer = optim.AdamW(_model.parameters(), lr: 1e-3);
        _scheduler = optim.lr_scheduler.LinearLR(_optimizer, start_factor: 0.1, total_iters: 5);
    }

    public void Fit(int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                _optimizer.zero_grad();
                using var loss = Digits.Loss(_model, images, labels);
                loss.backward();
            }

            _scheduler.step();
        }
    }
}
