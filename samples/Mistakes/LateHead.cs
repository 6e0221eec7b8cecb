using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The new layer joins the optimizer when its warmup has begun without it.</summary>
internal static class LateHead
{
    public static void Train()
    {
        const int epochs = 20;
        using var model = Digits.Network();
        using var bias = nn.Linear(1, 10);
        using var optimizer = optim.SGD(model.parameters(), 0.1, momentum: 0.9);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        optimizer.add_param_group(new TorchSharp.Modules.SGD.ParamGroup(bias.parameters(), lr: 0.1));

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            warmup.step();
        }
    }
}
