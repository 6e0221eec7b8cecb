using System;
using TorchSharp;
using static TorchSharp.torch;
using Schedule = TorchSharp.torch.optim.lr_scheduler;

const int Rounds = 64;
const int Slow = 8;

using var model = nn.Sequential(nn.Linear(14, 28), nn.Sigmoid(), nn.Linear(28, 7));
var optimizer = optim.SGD(model.parameters(), 0.2);
var warmup = Schedule.LinearLR(optimizer, start_factor: 0.125, total_iters: Slow);
var halving = Schedule.StepLR(optimizer, step_size: 16, gamma: 0.5);
var schedule = Schedule.ChainedLR(new[] { warmup, halving });

var round = 1;
while (round <= Rounds)
{
    model.train();
    var sum = 0f;
    for (var i = 0; i < 22; i++)
    {
        using var scope = NewDisposeScope();
        var x = rand(18, 14);
        optimizer.zero_grad();
        var loss = nn.functional.mse_loss(model.forward(x), x.narrow(1, 0, 7));
        loss.backward();
        optimizer.step();
        sum += loss.item<float>();
    }

    schedule.step();
    Console.WriteLine($"round {round} of {Rounds}: {sum / 22:F4}");
    round++;
}
