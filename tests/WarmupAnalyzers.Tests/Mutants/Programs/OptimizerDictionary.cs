using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tasks;

public sealed class OptimizerDictionary
{
    private readonly int _epochs = 24;
    private readonly Dictionary<string, Sequential> _models = new();
    private readonly Dictionary<string, (optim.Optimizer Optimizer, optim.lr_scheduler.LRScheduler Scheduler)> _training = new();

    public OptimizerDictionary(params string[] tasks)
    {
        foreach (var task in tasks)
        {
            var model = nn.Sequential(nn.Linear(16, 24), nn.ReLU(), nn.Linear(24, 1));
            var optimizer = optim.Adamax(model.parameters(), lr: 2e-3);
            _models.Add(task, model);
            _training.Add(task, (optimizer, optim.lr_scheduler.ExponentialLR(optimizer, 0.95)));
        }
    }

    public static void Main()
    {
        new OptimizerDictionary("steer", "brake", "accelerate").Train(randn(256, 16));
    }

    public void Train(Tensor sensors)
    {
        for (var epoch = 0; epoch < _epochs; epoch++)
        {
            foreach (var (task, model) in _models)
            {
                model.train();
                var (optimizer, scheduler) = _training[task];
                foreach (var rows in randperm(256).split(32))
                {
                    optimizer.zero_grad();
                    using var loss = model.forward(sensors[rows]).pow(2).mean();
                    loss.backward();
                    optimizer.step();
                }

                scheduler.step();
            }

            Console.WriteLine($"{epoch}: {string.Join(" ", _training.Values.Select(pair => pair.Optimizer.ParamGroups.First().LearningRate.ToString("G3")))}");
        }
    }
}
