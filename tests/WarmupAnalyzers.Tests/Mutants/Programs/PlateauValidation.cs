using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;

namespace Diagnosis;

public sealed class PlateauValidation : IDisposable
{
    private readonly Sequential model;
    private readonly Adam optimizer;
    private readonly torch.optim.lr_scheduler.LRScheduler plateau;
    private readonly BCEWithLogitsLoss criterion = torch.nn.BCEWithLogitsLoss();

    public PlateauValidation(int inputs)
    {
        model = torch.nn.Sequential(torch.nn.Linear(inputs, 50), torch.nn.ReLU(), torch.nn.Linear(50, 1));
        optimizer = torch.optim.Adam(model.parameters(), lr: 0.005);
        plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, mode: "min", factor: 0.5, patience: 4);
    }

    public void Train(int epochs, torch.Tensor x, torch.Tensor y, torch.Tensor validX, torch.Tensor validY)
    {
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            TrainOnce(x, y);
            double validationLoss = ComputeLoss(validX, validY);
            plateau.step(validationLoss);
            Console.WriteLine($"{epoch}: {validationLoss:F4} at rate {optimizer.ParamGroups.First().LearningRate:G3}");
        }
    }

    public void Dispose()
    {
        optimizer.Dispose();
        model.Dispose();
    }

    private void TrainOnce(torch.Tensor x, torch.Tensor y)
    {
        model.train();
        foreach (torch.Tensor rows in torch.randperm(x.shape[0]).split(25))
        {
            using var scope = torch.NewDisposeScope();
            var loss = criterion.forward(model.forward(x[rows]), y[rows]);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
        }
    }

    private double ComputeLoss(torch.Tensor x, torch.Tensor y)
    {
        model.eval();
        using (torch.no_grad())
        {
            using var loss = criterion.forward(model.forward(x), y);
            return loss.item<float>();
        }
    }

    public static void Main()
    {
        var x = torch.randn(600, 14);
        var y = (x.slice(1, 0, 3, 1).sum(1, keepdim: true) > 0.2).to_type(torch.float32);
        using var study = new PlateauValidation(14);
        study.Train(75, x.narrow(0, 0, 500), y.narrow(0, 0, 500), x.narrow(0, 500, 100), y.narrow(0, 500, 100));
    }
}
