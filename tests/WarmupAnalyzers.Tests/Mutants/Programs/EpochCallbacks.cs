using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sentiment;

public static class EpochCallbacks
{
    private const int Epochs = 24;
    private const int BatchSize = 32;

    public static void Main()
    {
        random.manual_seed(7);
        var features = randn(512, 40);
        var labels = (features.sum(1) > 0).to_type(ScalarType.Int64);

        using Module network = new();
        var optimizer = optim.SGD(network.parameters(), learningRate: 0.05, momentum: 0.9);
        var scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: 8, gamma: 0.3);

        var history = new List<double>();
        var callbacks = new List<Action<int, double>>
        {
            (epoch, loss) => history.Add(loss),
            (epoch, loss) => Console.WriteLine($"epoch {epoch + 1,2}: {loss:F4}"),
            (epoch, loss) =>
            {
                scheduler.step();
            },
        };

        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            network.train();
            double sum = 0;
            long batches = 0;
            for (long start = 0; start < features.shape[0]; start += BatchSize)
            {
                using var scope = NewDisposeScope();
                var x = features.narrow(0, start, BatchSize);
                var y = labels.narrow(0, start, BatchSize);

                optimizer.zero_grad();
                var loss = nn.functional.cross_entropy(network.forward(x), y);
                loss.backward();
                optimizer.step();

                sum += loss.item<float>();
                batches++;
            }

            foreach (var callback in callbacks)
            {
                callback(epoch, sum / batches);
            }
        }

        Console.WriteLine($"last loss {history[^1]:F4}");
    }

    private sealed class Module : nn.Module<Tensor, Tensor>
    {
        private readonly Linear _hidden = nn.Linear(40, 64);
        private readonly Linear _head = nn.Linear(64, 2);

        public Module()
            : base(nameof(Module))
        {
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _head.forward(nn.functional.relu(_hidden.forward(input)));
    }
}
