using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

const int epochs = 40;
const int warmupEpochs = 8;
const int batches = 25;
const double learningRate = 0.02;

manual_seed(41);
var weights = randn(6, 1);
using var net = nn.Sequential(nn.Linear(6, 24), nn.GELU(), nn.Linear(24, 1));
using var optimizer = optim.SGD(net.parameters(), learningRate, momentum: 0.8);
var scheduler = LambdaLR(optimizer, epoch => epoch < warmupEpochs ? (epoch + 1.0) / warmupEpochs : Math.Pow(0.9, epoch + 1 - warmupEpochs));

for (int epoch = 1; epoch <= epochs; epoch++)
{
    net.train();
    var mean = 0.0;
    for (int batch = 0; batch < batches; batch++)
    {
        using var scope = NewDisposeScope();
        var x = randn(32, 6);
        var y = x.matmul(weights) + 0.01 * randn(32, 1);
        var loss = nn.functional.mse_loss(net.forward(x), y);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        mean += loss.item<float>() / batches;
    }

    scheduler.step();
    Console.WriteLine($"{epoch,2}/{epochs}  {mean:F5}");
}

net.eval();
using (no_grad())
{
    double worst = 0;
    for (int i = 0; i < 10; i++)
    {
        var x = randn(16, 6);
        worst = Math.Max(worst, (net.forward(x) - x.matmul(weights)).abs().max().item<float>());
    }

    Console.WriteLine($"worst error {worst:F3}");
}
