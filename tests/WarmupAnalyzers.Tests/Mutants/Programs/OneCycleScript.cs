using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

const int epochs = 12;
const int stepsPerEpoch = 50;
const int totalSteps = epochs * stepsPerEpoch;

var net = nn.Sequential(
    nn.Conv2d(1, 8, 3L),
    nn.ReLU(),
    nn.Flatten(),
    nn.Linear(8 * 14 * 14, 10));
var sgd = optim.SGD(net.parameters(), learningRate: 0.01, momentum: 0.9);
var policy = OneCycleLR(sgd, max_lr: 0.2, total_steps: totalSteps, pct_start: 0.3);

var epoch = 0;
do
{
    net.train();
    var seen = 0L;
    for (var step = 0; step < stepsPerEpoch; step++)
    {
        using var scope = NewDisposeScope();
        var images = rand(16, 1, 16, 16);
        var labels = randint(10, 16);
        var loss = nn.functional.cross_entropy(net.forward(images), labels);
        sgd.zero_grad();
        loss.backward();
        sgd.step();
        policy.step();
        seen += 16;
    }

    epoch++;
    Console.WriteLine($"epoch {epoch}: {seen} images");
}
while (epoch < epochs);

net.eval();
using (no_grad())
{
    for (var i = 0; i < 3; i++)
    {
        using var digits = net.forward(rand(4, 1, 16, 16)).argmax(1);
        Console.WriteLine(digits.sum().item<long>());
    }
}
