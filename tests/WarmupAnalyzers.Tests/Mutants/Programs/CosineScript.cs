using System;
using TorchSharp;
using static TorchSharp.torch;

const int Epochs = 60;

random.manual_seed(7);
using var model = nn.Sequential(("first", nn.Linear(8, 32)), ("relu", nn.ReLU()), ("last", nn.Linear(32, 1)));
var optimizer = optim.SGD(model.parameters(), learningRate: 0.05, momentum: 0.9);
var scheduler = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 60);
var loss = nn.MSELoss();
for (var epoch = 0; epoch < Epochs; epoch++)
{
    model.train();
    double total = 0;
    for (var batch = 0; batch < 40; batch++)
    {
        using var scope = NewDisposeScope();
        var x = randn(16, 8);
        var y = x.sum(1, keepdim: true);
        optimizer.zero_grad();
        var error = loss.forward(model.forward(x), y);
        error.backward();
        optimizer.step();
        total += error.item<float>();
    }

    scheduler.step();
    Console.WriteLine($"{epoch} {total / 40}");
}
