using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

const int maxEpochs = 150;
const double rate = 0.01;

var (trainX, trainY) = Curve(800);
var (validX, validY) = Curve(200);
var network = nn.Sequential(nn.Linear(1, 50), nn.Tanh(), nn.Linear(50, 50), nn.Tanh(), nn.Linear(50, 1));
var optimizer = optim.Adam(network.parameters(), lr: rate);
var plateau = optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode: "min", factor: 0.3, patience: 6, min_lr: new[] { 1e-6 });

for (var epoch = 0; epoch < maxEpochs; epoch++)
{
    network.train();
    foreach (var rows in randperm(800).split(100))
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = mse_loss(network.forward(trainX[rows]), trainY[rows]);
        loss.backward();
        optimizer.step();
    }

    network.eval();
    double validationLoss;
    using (no_grad())
    {
        using var loss = mse_loss(network.forward(validX), validY);
        validationLoss = loss.item<float>();
    }

    plateau.step(validationLoss);
    Console.WriteLine($"{epoch}: {validationLoss:E2}");
}

static (Tensor X, Tensor Y) Curve(int points)
{
    var x = rand(points, 1) * 6;
    return (x, sin(x) + 0.05 * randn(points, 1));
}
