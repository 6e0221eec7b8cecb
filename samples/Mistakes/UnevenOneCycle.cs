using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>One cycle for the network and its head. The head goes up with the network and never comes down.</summary>
internal static class UnevenOneCycle
{
    public static void Train()
    {
        const int epochs = 30;

        using var model = Digits.Network();
        using var head = nn.Linear(10, 10);
        using var optimizer = optim.SGD(
            new SGD.ParamGroup[]
            {
                new() { Parameters = model.parameters() },
                new() { Parameters = head.parameters() },
            },
            learningRate: 0.1);
        var scheduler = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.1, epochs: epochs, steps_per_epoch: Digits.BatchesPerEpoch);

        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
                scheduler.step();
            }
        }
    }
}
