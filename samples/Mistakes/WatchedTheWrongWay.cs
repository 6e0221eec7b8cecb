using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A plateau that waits for the accuracy to fall: the better the model, the lower its rate.</summary>
internal static class WatchedTheWrongWay
{
    public static void Train()
    {
        using var model = Digits.Network();
        using var optimizer = optim.Adam(model.parameters(), 1e-3);
        var plateau = optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor: 0.5, patience: 3);

        for (var epoch = 0; epoch < 20; epoch++)
        {
            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(model, images, labels);
                loss.backward();
                optimizer.step();
            }

            var accuracy = Digits.Batches().Average(batch => model.forward(batch.Images).argmax(1).eq(batch.Labels).@float().mean().item<float>());
            plateau.step(accuracy);
        }
    }
}
