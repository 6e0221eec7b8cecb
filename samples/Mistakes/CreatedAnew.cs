using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A property that makes a new scheduler at each access: every epoch steps another one.</summary>
internal sealed class CreatedAnew
{
    private readonly TorchSharp.Modules.Sequential _model = Digits.Network();
    private readonly optim.Optimizer _optimizer;

    public CreatedAnew() => _optimizer = optim.SGD(_model.parameters(), 0.1);

    private optim.lr_scheduler.LRScheduler Scheduler => optim.lr_scheduler.StepLR(_optimizer, 5);

    public void Train()
    {
        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                _optimizer.zero_grad();
                using var loss = Digits.Loss(_model, images, labels);
                loss.backward();
                _optimizer.step();
            }

            Scheduler.step();
        }
    }
}
