using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Melodies
{
    public class CyclicTrainer
    {
        private const int Epochs = 18;
        private const int BatchesPerEpoch = 80;
        private const int HalfCycle = 4 * BatchesPerEpoch;

        private readonly Sequential net;
        private readonly optim.Optimizer optimizer;
        private readonly optim.lr_scheduler.LRScheduler cyclic;

        public CyclicTrainer()
        {
            this.net = nn.Sequential(nn.Linear(24, 64), nn.Tanh(), nn.Linear(64, 12));
            this.optimizer = optim.SGD(this.net.parameters(), 1e-3, momentum: 0.9);
            this.cyclic = optim.lr_scheduler.CyclicLR(this.optimizer, 1e-3, 1e-2, step_size_up: HalfCycle, cycle_momentum: false);
        }

        public static void Main()
        {
            new CyclicTrainer().Train();
        }

        public void Train()
        {
            for (int epoch = 1; epoch <= Epochs; epoch++)
            {
                this.net.train();
                float worst = 0;
                for (int batch = 0; batch < BatchesPerEpoch; batch++)
                {
                    float loss = this.TrainBatch(randn(20, 24), randint(12, 20));
                    worst = Math.Max(worst, loss);
                }

                Console.WriteLine("{0}: {1:F3} {2:F3}", epoch, worst, this.Validate());
            }
        }

        private float TrainBatch(Tensor notes, Tensor following)
        {
            this.optimizer.zero_grad();
            using Tensor loss = nn.functional.cross_entropy(this.net.forward(notes), following);
            loss.backward();
            this.optimizer.step();
            this.cyclic.step();
            return loss.item<float>();
        }

        private double Validate()
        {
            this.net.eval();
            double sum = 0;
            using (no_grad())
            {
                for (int i = 0; i < 5; i++)
                {
                    using Tensor loss = nn.functional.cross_entropy(this.net.forward(randn(20, 24)), randint(12, 20));
                    sum += loss.item<float>();
                }
            }

            return sum / 5;
        }
    }
}
