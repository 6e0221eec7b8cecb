using System;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.optim;

const int epochs = 500;

double[] years = Enumerable.Range(0, 60).Select(i => i / 59.0).ToArray();
double[] level = years.Select(t => 1.5 + 2 * t - 3 * t * t).ToArray();

using var t = tensor(years, dtype: float32).unsqueeze(1);
using var x = cat(new[] { t, t * t, t * t * t }, 1);
using var y = tensor(level, dtype: float32).unsqueeze(1);

var line = Linear(3, 1);
var mse = MSELoss(Reduction.Mean);
var optimizer = Adam(line.parameters(), lr: 0.1);
var scheduler = lr_scheduler.CosineAnnealingLR(optimizer, T_max: epochs);

for (int epoch = 0; epoch < epochs; epoch++)
{
    using var prediction = line.forward(x);
    using var loss = mse.forward(prediction, y);

    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    scheduler.step();

    if (epoch % 100 == 99)
    {
        Console.WriteLine($"{epoch + 1,4} {loss.item<float>():E3}");
    }
}

line.eval();
using (no_grad())
{
    using var residual = (line.forward(x) - y).abs().max();
    Console.WriteLine($"largest residual {residual.item<float>():F4}");
    foreach (var (name, parameter) in line.named_parameters())
    {
        Console.WriteLine($"{name}: {string.Join(" ", parameter.data<float>().Select(v => v.ToString("F3")))}");
    }
}
