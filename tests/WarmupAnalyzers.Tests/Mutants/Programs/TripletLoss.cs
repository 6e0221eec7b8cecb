using System;
using TorchSharp;
using TorchSharp.Modules;

namespace Faces;

public sealed class TripletLoss : IDisposable
{
    private readonly Settings _settings;
    private readonly Sequential _embed;
    private readonly torch.optim.Optimizer _adam;
    private readonly torch.optim.lr_scheduler.LRScheduler _decay;

    public TripletLoss(Settings settings)
    {
        _settings = settings;
        _embed = torch.nn.Sequential(torch.nn.Linear(100, 64), torch.nn.PReLU(64), torch.nn.Linear(64, 16));
        _adam = torch.optim.NAdam(_embed.parameters(), lr: settings.Rate);
        _decay = torch.optim.lr_scheduler.MultiplicativeLR(_adam, epoch => 0.97);
    }

    public static void Main()
    {
        using var training = new TripletLoss(new Settings { Epochs = 50 });
        training.Train();
    }

    public void Train()
    {
        var margin = torch.nn.TripletMarginLoss();
        for (var epoch = 1; epoch <= _settings.Epochs; epoch++)
        {
            _embed.train();
            var last = 0.0;
            for (var triple = 0; triple < _settings.Triples; triple++)
            {
                using var scope = torch.NewDisposeScope();
                var anchor = torch.randn(20, 100);
                var same = anchor + 0.1 * torch.randn(20, 100);
                var other = torch.randn(20, 100);
                _adam.zero_grad();
                var loss = margin.forward(_embed.forward(anchor), _embed.forward(same), _embed.forward(other));
                loss.backward();
                _adam.step();
                last = loss.item<float>();
            }

            _decay.step();
            Console.WriteLine($"{epoch}: {last:F3}");
        }
    }

    public void Dispose()
    {
        _adam.Dispose();
        _embed.Dispose();
    }

    public sealed class Settings
    {
        public int Epochs { get; set; } = 30;

        public int Triples { get; set; } = 40;

        public double Rate { get; set; } = 1e-3;
    }
}
