using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Seeds;

public class WheatModel : nn.Module<Tensor, Tensor>
{
    private readonly Linear input;
    private readonly Linear output;

    public WheatModel()
        : base("wheat")
    {
        input = nn.Linear(7, 20);
        output = nn.Linear(20, 3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = nn.functional.relu(input.forward(x));
        return nn.functional.log_softmax(output.forward(x), 1);
    }
}

public static class StaticTrainEpoch
{
    private const int NumEpochs = 50;
    private const int BatchSize = 20;

    public static void Main()
    {
        Tensor kernels = randn(200, 7);
        Tensor kinds = randint(3, 200);
        WheatModel model = new WheatModel();
        optim.Optimizer optimizer = optim.Adam(model.parameters(), lr: 0.003);
        optim.lr_scheduler.LRScheduler scheduler = optim.lr_scheduler.StepLR(optimizer, step_size: 15, gamma: 0.5);

        for (int epoch = 0; epoch < NumEpochs; epoch++)
        {
            float loss = TrainEpoch(model, optimizer, kernels, kinds);
            scheduler.step();
            if (epoch % 10 == 9)
            {
                Console.WriteLine("epoch {0}: loss {1:F3}, accuracy {2:P0}", epoch + 1, loss, Accuracy(model, kernels, kinds));
            }
        }
    }

    private static float TrainEpoch(WheatModel model, optim.Optimizer optimizer, Tensor x, Tensor y)
    {
        model.train();
        float last = 0;
        for (long row = 0; row < x.shape[0]; row += BatchSize)
        {
            optimizer.zero_grad();
            using Tensor guess = model.forward(x.narrow(0, row, BatchSize));
            using Tensor loss = nn.functional.nll_loss(guess, y.narrow(0, row, BatchSize));
            loss.backward();
            optimizer.step();
            last = loss.item<float>();
        }

        return last;
    }

    private static double Accuracy(WheatModel model, Tensor x, Tensor y)
    {
        model.eval();
        using (no_grad())
        {
            return model.forward(x).argmax(1).eq(y).sum().item<long>() / (double)x.shape[0];
        }
    }
}
