using System;
using TorchSharp;
using static TorchSharp.torch;

public static class LocalFunctions
{
    private const int Epochs = 30;
    private const int WarmupEpochs = 5;

    public static void Main()
    {
        set_default_device(CPU);
        var trainX = randn(640, 20);
        var trainY = trainX.matmul(randn(20, 3)).argmax(1);
        var validX = trainX.narrow(0, 0, 160);
        var validY = trainY.narrow(0, 0, 160);

        var mlp = nn.Sequential(nn.Linear(20, 80), nn.SiLU(), nn.Linear(80, 3));
        var lossFunction = nn.CrossEntropyLoss();
        var optimizer = optim.NAdam(mlp.parameters(), lr: 0.004);
        var warmup = optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.2, end_factor: 1.0, total_iters: WarmupEpochs);

        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var loss = TrainEpoch();
            var accuracy = Evaluate();
            Console.WriteLine($"[{epoch}/{Epochs}] loss {loss:F4}, accuracy {accuracy:P1}");
            warmup.step();
        }

        double TrainEpoch()
        {
            mlp.train();
            var sum = 0.0;
            for (var i = 0; i < 10; i++)
            {
                using var scope = NewDisposeScope();
                var x = trainX.narrow(0, i * 64, 64);
                var y = trainY.narrow(0, i * 64, 64);
                var loss = lossFunction.forward(mlp.forward(x), y);
                optimizer.zero_grad();
                loss.backward();
                optimizer.step();
                sum += loss.ToSingle();
            }

            return sum / 10;
        }

        double Evaluate()
        {
            mlp.eval();
            using (no_grad())
            {
                using var hits = mlp.forward(validX).argmax(1).eq(validY).to_type(ScalarType.Float32).mean();
                return hits.ToSingle();
            }
        }
    }
}
