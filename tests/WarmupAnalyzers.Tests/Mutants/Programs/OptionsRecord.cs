using System;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Acoustics;

internal sealed record TrainingOptions
{
    public int Epochs { get; init; } = 80;

    public int BatchesPerEpoch { get; init; } = 12;

    public double LearningRate { get; init; } = 4e-3;

    public double MinLearningRate { get; init; } = 1e-5;
}

internal sealed class OptionsRecord(TrainingOptions options)
{
    private readonly Module<Tensor, Tensor> _model = Sequential(Linear(40, 80), ReLU(), Dropout(0.2), Linear(80, 8));

    public static int Main(string[] args)
    {
        var options = new TrainingOptions();
        if (args.Length > 0)
            options = options with { Epochs = int.Parse(args[0]) };
        new OptionsRecord(options).Train();
        return 0;
    }

    public void Train()
    {
        var loss = CrossEntropyLoss();
        var optimizer = optim.Adam(_model.parameters(), options.LearningRate);
        var annealing = optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: options.Epochs, eta_min: options.MinLearningRate);

        var epoch = 0;
        while (epoch < options.Epochs)
        {
            _model.train();
            var sum = 0.0;
            for (var batch = 0; batch < options.BatchesPerEpoch; batch++)
            {
                using var scope = NewDisposeScope();
                var sounds = randn(48, 40);
                var labels = randint(8, 48);
                optimizer.zero_grad();
                var error = loss.forward(_model.forward(sounds), labels);
                error.backward();
                optimizer.step();
                sum += error.item<float>();
            }

            annealing.step();
            epoch++;
            Report(epoch, sum / options.BatchesPerEpoch);
        }
    }

    private void Report(int epoch, double loss)
    {
        _model.eval();
        using var quiet = no_grad();
        using var scores = _model.forward(randn(8, 40)).softmax(1);
        Console.WriteLine($"{epoch}/{options.Epochs} {loss:F4} {scores.max().item<float>():F3}");
    }
}
