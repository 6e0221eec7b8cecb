using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;
using F = TorchSharp.torch.nn.functional;

var encoder = nn.Sequential(nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 64));
var optimizer = optim.Adam(encoder.parameters(), 1e-4);
var scheduler = CyclicLR(optimizer, base_lr: 1e-4, max_lr: 2e-3, step_size_up: 200, cycle_momentum: false);

encoder.train();
for (int epoch = 0; epoch < 12; ++epoch)
{
    var (sum, count) = (0f, 0);
    await foreach (var batch in Signals.ReadAsync(100, 24))
    {
        using (batch)
        {
            optimizer.zero_grad();
            using var restored = encoder.forward(batch);
            using var loss = F.mse_loss(restored, batch);
            loss.backward();
            optimizer.step();
            scheduler.step();
            sum += loss.item<float>();
            count++;
        }
    }

    Console.WriteLine($"epoch {epoch}: reconstruction {sum / count:F5}");
}

encoder.eval();
using (no_grad())
{
    await foreach (var batch in Signals.ReadAsync(1, 100))
    {
        using var loss = F.mse_loss(encoder.forward(batch), batch);
        Console.WriteLine($"held out {loss.item<float>():F5}");
    }
}

internal static class Signals
{
    public static async IAsyncEnumerable<Tensor> ReadAsync(int batches, int size, [EnumeratorCancellation] CancellationToken token = default)
    {
        using var time = linspace(0, 6.28, 64);
        for (var i = 0; i < batches; i++)
        {
            await Task.Delay(1, token);
            using var phase = rand(size, 1);
            yield return sin(time + 6.28 * phase);
        }
    }
}
