using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>It is called a warmup, but it starts with the full learning rate and lowers it every five epochs.</summary>
internal sealed class WarmupByName
{
    private readonly TorchSharp.Modules.Sequential _model = Digits.Network();
    private readonly optim.Optimizer _optimizer;
    private readonly optim.lr_scheduler.LRScheduler _warmup;

    public WarmupByName()
    {
        _optimizer = optim.AdamW(_model.parameters(), lr: 1e-3);
        _warmup = optim.lr_scheduler.StepLR(_optimizer, step_size: 5);
    }

    public void Train(int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                _optimizer.zero_grad();
                using var loss = Digits.Loss(_model, images, labels);
                loss.backward();
                _optimizer.step();
            }

            _warmup.step();
        }
    }
}
