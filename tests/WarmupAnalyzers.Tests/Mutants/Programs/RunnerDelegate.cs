using System;
using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

const int rounds = 60;
const int warmup = 6;

var device = cuda.is_available() ? CUDA : CPU;
manual_seed(3);

var net = Sequential(
    ("in", Linear(12, 48)),
    ("act", GELU()),
    ("out", Linear(48, 1)));
net.to(device);

var inputs = rand(256, 12, device: device);
var wanted = inputs.pow(2).sum(1, keepdim: true);
var criterion = MSELoss();

var adam = optim.AdamW(net.parameters(), lr: 2e-3, weight_decay: 0.01);
var schedule = optim.lr_scheduler.LambdaLR(adam, k => Math.Min(1.0, (k + 1) / (double)warmup));

var runner = new Runner(rounds);
runner.Run(round =>
{
    net.train();
    adam.zero_grad();
    using var prediction = net.forward(inputs);
    using var loss = criterion.forward(prediction, wanted);
    loss.backward();
    adam.step();
    schedule.step();
    return loss.item<float>();
});

Console.WriteLine($"took {runner.Elapsed.TotalSeconds:F1} s, best {runner.Best:F5}");

internal sealed class Runner
{
    private readonly int _count;
    private readonly Stopwatch _watch = new();

    public Runner(int count) => _count = count;

    public TimeSpan Elapsed => _watch.Elapsed;

    public double Best { get; private set; } = double.PositiveInfinity;

    public void Run(Func<int, double> body)
    {
        _watch.Start();
        for (var i = 0; i < _count; i++)
        {
            var result = body(i);
            if (result < Best)
                Best = result;
        }

        _watch.Stop();
    }
}
