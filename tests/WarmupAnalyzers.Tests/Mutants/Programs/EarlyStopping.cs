using System;
using System.IO;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

const int MaxEpochs = 90;
const int Patience = 12;
const string Checkpoint = "best.dat";

var x = randn(900, 10);
var y = x.mul(linspace(-1, 1, 10)).sum(1, true) + 0.05 * randn(900, 1);
var (trainX, trainY) = (x[..720], y[..720]);
var (validX, validY) = (x[720..], y[720..]);

using var regressor = Sequential(Linear(10, 32), LeakyReLU(0.1), Linear(32, 1));
using var sgd = optim.SGD(regressor.parameters(), 0.03, momentum: 0.9, nesterov: true);
var cosine = optim.lr_scheduler.CosineAnnealingLR(sgd, MaxEpochs);

var best = float.MaxValue;
var waited = 0;
var epoch = 0;
while (epoch < MaxEpochs)
{
    regressor.train();
    foreach (var rows in randperm(720).chunk(12))
    {
        sgd.zero_grad();
        using var loss = functional.mse_loss(regressor.forward(trainX[rows]), trainY[rows]);
        loss.backward();
        sgd.step();
    }

    cosine.step();

    regressor.eval();
    float validation;
    using (no_grad())
    {
        using var loss = functional.mse_loss(regressor.forward(validX), validY);
        validation = loss.item<float>();
    }

    if (validation < best)
    {
        best = validation;
        waited = 0;
        regressor.save(Checkpoint);
    }
    else if (++waited >= Patience)
    {
        Console.WriteLine($"no progress for {Patience} epochs, stopping at {epoch}");
        break;
    }

    epoch++;
}

if (File.Exists(Checkpoint))
    regressor.load(Checkpoint);
Console.WriteLine($"best validation loss {best:F5}");
