using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Compression;

public static class Distillation
{
    private const int Epochs = 45;
    private const int WarmupEpochs = 5;
    private const double Temperature = 4;

    public static void Main()
    {
        Sequential teacher = Sequential(Linear(50, 200), ReLU(), Linear(200, 200), ReLU(), Linear(200, 10));
        Sequential student = Sequential(Linear(50, 30), ReLU(), Linear(30, 10));
        teacher.eval();

        Optimizer optimizer = SGD(student.parameters(), 0.1, momentum: 0.9, nesterov: true);
        LRScheduler warmup = LinearLR(optimizer, start_factor: 0.2, total_iters: WarmupEpochs);
        LRScheduler steps = StepLR(optimizer, step_size: 10, gamma: 0.3);
        LRScheduler scheduler = SequentialLR(optimizer, new List<LRScheduler> { warmup, steps }, new List<int> { WarmupEpochs });

        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            student.train();
            double total = 0;
            for (int i = 0; i < 16; i++)
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor x = randn(32, 50);
                Tensor soft;
                using (no_grad())
                {
                    soft = (teacher.forward(x) / Temperature).softmax(1);
                }

                optimizer.zero_grad();
                Tensor own = functional.log_softmax(student.forward(x) / Temperature, 1);
                Tensor loss = -(soft * own).sum(1).mean() * (Temperature * Temperature);
                loss.backward();
                optimizer.step();
                total += loss.item<float>();
            }

            scheduler.step();
            Console.WriteLine($"{epoch + 1}: {total / 16:F4}");
        }

        student.save("student.dat");
    }
}
