using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>Two groups with the optimizer's learning rate, says the code. But each has taken the default of its own constructor.</summary>
internal static class OwnGroupRate
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var head = nn.Linear(10, 10);
        using var optimizer = optim.SGD(
            new[]
            {
                new SGD.ParamGroup(model.parameters()),
                new SGD.ParamGroup(head.parameters(), lr: 0.01),
            },
            learningRate: 0.1);
        var scheduler = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.2, total_iters: 5);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            scheduler.step();
        }
    }
}
