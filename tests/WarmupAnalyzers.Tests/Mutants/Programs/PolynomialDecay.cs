using System;
using TorchSharp;
using static TorchSharp.torch;

namespace Segmentation;

public record struct Options(int Epochs, int ImageSize, double Rate);

public static class PolynomialDecay
{
    public static void Main()
    {
        Train(new Options(Epochs: 70, ImageSize: 32, Rate: 0.01));
    }

    public static void Train(Options options)
    {
        var size = options.ImageSize;
        var device = torch.device(cuda.is_available() ? "cuda" : "cpu");
        var net = nn.Sequential(
            nn.Conv2d(3, 16, 3L, padding: 1L),
            nn.ReLU(),
            nn.Conv2d(16, 16, 3L, padding: 1L),
            nn.ReLU(),
            nn.Conv2d(16, 1, 1L)).to(device);

        var epochs = options.Epochs;
        var optimizer = optim.ASGD(net.parameters(), lr: options.Rate);
        var poly = optim.lr_scheduler.PolynomialLR(optimizer, total_iters: epochs, power: 0.9);

        var epoch = 0;
        while (epoch < epochs)
        {
            net.train();
            var sum = 0f;
            for (var step = 0; step < 20; step++)
            {
                using var scope = NewDisposeScope();
                var images = rand(4, 3, size, size, device: device);
                var masks = (images.mean(new long[] { 1 }, keepdim: true) > 0.5).to_type(ScalarType.Float32);

                optimizer.zero_grad();
                var loss = nn.functional.binary_cross_entropy_with_logits(net.forward(images), masks);
                loss.backward();
                optimizer.step();
                sum += loss.item<float>();
            }

            poly.step();
            epoch++;
            Console.WriteLine($"{epoch}/{epochs} {sum / 20:F4}");
        }

        net.eval();
        net.save("segmentation.dat");
    }
}
