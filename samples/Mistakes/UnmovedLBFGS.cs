using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A warmup for an optimizer that has its learning rate elsewhere.</summary>
internal static class UnmovedLBFGS
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var optimizer = optim.LBFGS(model.parameters(), lr: 0.5);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.step(() =>
                {
                    optimizer.zero_grad();
                    var loss = Digits.Loss(model, images, labels);
                    loss.backward();
                    return loss;
                });
            }

            scheduler.step();
        }
    }
}
