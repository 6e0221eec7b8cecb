using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Captions;

public class Learner
{
    protected const int Epochs = 10;
    protected const int Batches = 60;

    protected readonly Sequential model = nn.Sequential(nn.Linear(32, 48), nn.ReLU(), nn.Linear(48, 16));

    public virtual void Learn()
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            model.train();
            for (var batch = 0; batch < Batches; batch++)
            {
                using var scope = NewDisposeScope();
                var images = randn(24, 32);
                var words = randint(16, 24);
                Update(nn.functional.cross_entropy(model.forward(images), words));
            }

            Console.WriteLine($"epoch {epoch} done");
        }
    }

    protected virtual void Update(Tensor loss)
    {
        loss.backward();
    }
}

public sealed class OverriddenUpdate : Learner
{
    private readonly optim.Optimizer optimizer;
    private readonly optim.lr_scheduler.LRScheduler oneCycle;

    private OverriddenUpdate()
    {
        optimizer = optim.SGD(model.parameters(), 0.004, momentum: 0.9);
        oneCycle = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.1, total_steps: Epochs * Batches);
    }

    public static void Main() => new OverriddenUpdate().Learn();

    protected override void Update(Tensor loss)
    {
        optimizer.zero_grad();
        base.Update(loss);
        nn.utils.clip_grad_norm_(model.parameters(), 5.0);
        optimizer.step();
        oneCycle.step();
    }
}
