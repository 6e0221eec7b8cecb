using System.IO;
using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>A training that goes on where it was stopped, but for its warmup.</summary>
internal static class WarmedUpAgain
{
    private const string Saved = "digits.optimizer";

    public static void Train()
    {
        const int epochs = 20;
        using var model = Digits.Network();
        var optimizer = optim.Adam(model.parameters(), lr: 1e-3);
        if (File.Exists(Saved))
            optimizer.load_state_dict(Saved);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);

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
