using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;

namespace Weather
{
    public abstract class TrainerBase
    {
        protected const int EpochCount = 36;

        protected readonly torch.optim.Optimizer optimizer;
        protected readonly torch.optim.lr_scheduler.LRScheduler scheduler;

        protected TrainerBase(torch.nn.Module module, double rate)
        {
            this.optimizer = torch.optim.RMSProp(module.parameters(), lr: rate);
            this.scheduler = torch.optim.lr_scheduler.MultiStepLR(this.optimizer, new[] { 12, 24 }, gamma: 0.2);
        }

        public void Run()
        {
            for (int epoch = 1; epoch <= EpochCount; epoch++)
            {
                double loss = this.RunEpoch();
                this.scheduler.step();
                Console.WriteLine("Epoch {0:D2}: {1:F4}", epoch, loss);
            }
        }

        protected abstract double RunEpoch();
    }

    public sealed class TemplateTrainer : TrainerBase
    {
        private readonly Sequential net;
        private readonly torch.Tensor pressure;
        private readonly torch.Tensor rain;

        public TemplateTrainer(Sequential net, torch.Tensor pressure, torch.Tensor rain)
            : base(net, 2e-3)
        {
            this.net = net;
            this.pressure = pressure;
            this.rain = rain;
        }

        public static void Main()
        {
            var net = torch.nn.Sequential(torch.nn.Linear(10, 30), torch.nn.Tanh(), torch.nn.Linear(30, 1));
            new TemplateTrainer(net, torch.randn(300, 10), torch.rand(300, 1)).Run();
        }

        protected override double RunEpoch()
        {
            this.net.train();
            double sum = 0;
            foreach (int part in Enumerable.Range(0, 10))
            {
                using var x = this.pressure.narrow(0, 30 * part, 30);
                using var y = this.rain.narrow(0, 30 * part, 30);
                this.optimizer.zero_grad();
                using var loss = torch.nn.functional.l1_loss(this.net.forward(x), y);
                loss.backward();
                this.optimizer.step();
                sum += loss.item<float>();
            }

            return sum / 10;
        }
    }
}
