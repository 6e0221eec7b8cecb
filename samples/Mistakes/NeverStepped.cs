using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Mistakes;

/// <summary>A trainer that makes a warmup and forgets it: all epochs run at a tenth of the learning rate.</summary>
internal sealed class Finetuning
{
    private readonly Sequential _model = Digits.Network();
    private readonly Optimizer _optimizer;
    private readonly lr_scheduler.LRScheduler _scheduler;

    public Finetuning()
    {
        _optimizer = AdamW(_model.parameters(), lr: 1e-4);
        _scheduler = lr_scheduler.LinearLR(_optimizer, start_factor: 0.1, total_iters: 3);
    }

    public void Fit(int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
            RunEpoch();
    }

    private void RunEpoch()
    {
        foreach (var (images, labels) in Digits.Batches())
        {
            _optimizer.zero_grad();
            using var loss = Digits.Loss(_model, images, labels);
            loss.backward();
            _optimizer.step();
        }
    }
}
