using TorchSharp;
using static TorchSharp.torch;

namespace Mistakes;

/// <summary>The rate falls every ten epochs, and each time Adam forgets all it has seen.</summary>
internal sealed class RebuiltOptimizer
{
    private readonly TorchSharp.Modules.Sequential _model = Digits.Network();

    public void Train(int epochs)
    {
        var rate = 1e-3;
        var optimizer = optim.Adam(_model.parameters(), lr: rate);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            if (epoch > 0 && epoch % 10 == 0)
            {
                rate /= 2;
                optimizer = optim.Adam(_model.parameters(), lr: rate);
            }

            foreach (var (images, labels) in Digits.Batches())
            {
                optimizer.zero_grad();
                using var loss = Digits.Loss(_model, images, labels);
                loss.backward();
                optimizer.step();
            }
        }
    }
}
