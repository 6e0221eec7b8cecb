using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Housing;

internal sealed class AsyncLoading
{
    private const int Epochs = 20;
    private const int BatchesPerEpoch = 50;
    private const int BatchSize = 16;
    private const int TotalSteps = Epochs * BatchesPerEpoch;

    private readonly nn.Module<Tensor, Tensor> _model = nn.Sequential(
        nn.Linear(8, 32),
        nn.ReLU(),
        nn.Dropout(0.1),
        nn.Linear(32, 1));

    public static async Task<int> Main(string[] args)
    {
        if (args.Length != 1)
        {
            Console.Error.WriteLine("usage: housing <file.csv>");
            return 1;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, _) => stop.Cancel();
        await new AsyncLoading().TrainAsync(args[0], stop.Token).ConfigureAwait(false);
        return 0;
    }

    private async Task TrainAsync(string path, CancellationToken cancellationToken)
    {
        var (x, y) = await LoadAsync(path, cancellationToken).ConfigureAwait(false);

        var optimizer = optim.SGD(_model.parameters(), learningRate: 0.002, momentum: 0.9);
        var scheduler = optim.lr_scheduler.OneCycleLR(optimizer, max_lr: 0.02, total_steps: TotalSteps);

        _model.train();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var running = 0.0;
            for (var batch = 0; batch < BatchesPerEpoch; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var rows = randint(0, x.shape[0], BatchSize, dtype: ScalarType.Int64);

                optimizer.zero_grad();
                var loss = nn.functional.mse_loss(_model.forward(x[rows]), y[rows]);
                loss.backward();
                optimizer.step();
                scheduler.step();
                running += loss.item<float>();
            }

            Console.WriteLine($"{epoch}: {running / BatchesPerEpoch:F4}");
            await Task.Yield();
        }
    }

    private static async Task<(Tensor X, Tensor Y)> LoadAsync(string path, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(path, cancellationToken).ConfigureAwait(false);
        var rows = lines
            .Skip(1)
            .Select(line => line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        var all = tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, 9);
        return (all.narrow(1, 0, 8), all.narrow(1, 8, 1));
    }
}
