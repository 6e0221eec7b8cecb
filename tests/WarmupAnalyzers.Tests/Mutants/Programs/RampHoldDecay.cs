using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Proteins
{
    internal class RampHoldDecay
    {
        private const int Ramp = 8;
        private const int Hold = 12;
        private const int Decay = 40;
        private const int Epochs = Ramp + Hold + Decay;

        private readonly Sequential model;
        private readonly Optimizer optimizer;
        private readonly lr_scheduler.LRScheduler schedule;

        internal RampHoldDecay(int residues)
        {
            this.model = torch.nn.Sequential(torch.nn.Linear(residues, 64), torch.nn.ReLU(), torch.nn.Linear(64, residues));
            this.optimizer = torch.optim.AdamW(this.model.parameters(), 5e-4);
            var ramp = lr_scheduler.LinearLR(this.optimizer, start_factor: 0.05, end_factor: 1.0, total_iters: Ramp);
            var hold = lr_scheduler.ConstantLR(this.optimizer, factor: 1.0, total_iters: Hold);
            var decay = lr_scheduler.PolynomialLR(this.optimizer, total_iters: Decay, power: 2.0);
            this.schedule = lr_scheduler.SequentialLR(this.optimizer, new[] { ramp, hold, decay }, new[] { Ramp, Ramp + Hold });
        }

        private static void Main()
        {
            new RampHoldDecay(30).Train(torch.rand(600, 30));
        }

        private void Train(torch.Tensor chains)
        {
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                this.model.train();
                double sum = 0;
                for (int batch = 0; batch < 20; batch++)
                {
                    sum += this.TrainBatch(chains.narrow(0, 30 * batch, 30));
                }

                this.schedule.step();
                Console.WriteLine("{0,3} {1:F4}", epoch + 1, sum / 20);
            }
        }

        private double TrainBatch(torch.Tensor chain)
        {
            using var mask = torch.rand_like(chain) > 0.15;
            this.optimizer.zero_grad();
            using var loss = torch.nn.functional.mse_loss(this.model.forward(chain * mask), chain);
            loss.backward();
            this.optimizer.step();
            return loss.item<float>();
        }
    }
}
