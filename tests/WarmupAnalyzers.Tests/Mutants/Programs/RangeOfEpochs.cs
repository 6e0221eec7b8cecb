using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Gestures;

internal static class RangeOfEpochs
{
    private static void Main()
    {
        const int epochs = 50;
        const int warmupEpochs = 8;
        const int classes = 6;

        var recordings = randn(480, 3, 32);
        var gestures = randint(classes, 480);

        using var net = new ConvNet(classes);
        var optimizer = optim.Adamax(net.parameters(), lr: 2e-3);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, epoch =>
        {
            if (epoch < warmupEpochs)
            {
                return (epoch + 1) / (double)warmupEpochs;
            }

            double progress = (epoch - warmupEpochs) / (double)(epochs - warmupEpochs);
            return 0.5 * (1 + Math.Cos(Math.PI * progress));
        });

        foreach (var epoch in Enumerable.Range(0, epochs))
        {
            net.train();
            var loss = 0.0;
            foreach (var part in Enumerable.Range(0, 15))
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var output = net.forward(recordings.narrow(0, part * 32, 32));
                var error = nn.functional.cross_entropy(output, gestures.narrow(0, part * 32, 32));
                error.backward();
                optimizer.step();
                loss += error.item<float>() / 15;
            }

            scheduler.step();
            Console.WriteLine($"{epoch,3}  {loss:F4}");
        }
    }

    private sealed class ConvNet : nn.Module<Tensor, Tensor>
    {
        private readonly Conv1d _conv;
        private readonly BatchNorm1d _norm;
        private readonly Linear _classifier;

        public ConvNet(int classes)
            : base("ConvNet")
        {
            _conv = nn.Conv1d(3, 16, 5L, padding: 2L);
            _norm = nn.BatchNorm1d(16);
            _classifier = nn.Linear(16, classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var h = nn.functional.relu(_norm.forward(_conv.forward(x)));
            return _classifier.forward(h.mean(new long[] { 2 }));
        }
    }
}
