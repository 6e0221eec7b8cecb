using System;
using TorchSharp;
using TorchSharp.Modules;

namespace Robotics
{
    public interface IScheduleFactory
    {
        torch.optim.lr_scheduler.LRScheduler Create(torch.optim.Optimizer optimizer, int epochs);
    }

    public sealed class WarmupFactory : IScheduleFactory
    {
        private readonly int warmupEpochs;

        public WarmupFactory(int warmupEpochs)
        {
            this.warmupEpochs = warmupEpochs;
        }

        public torch.optim.lr_scheduler.LRScheduler Create(torch.optim.Optimizer optimizer, int epochs)
        {
            double length = this.warmupEpochs;
            return torch.optim.lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / length, 1.0));
        }
    }

    public sealed class ArmController
    {
        private readonly IScheduleFactory factory;
        private readonly Sequential policy = torch.nn.Sequential(torch.nn.Linear(9, 40), torch.nn.Tanh(), torch.nn.Linear(40, 3));

        public ArmController(IScheduleFactory factory)
        {
            this.factory = factory;
        }

        public void Imitate(torch.Tensor states, torch.Tensor actions, int epochs = 32)
        {
            var optimizer = torch.optim.Adam(this.policy.parameters(), lr: 5e-4);
            var scheduler = this.factory.Create(optimizer, epochs);
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                this.policy.train();
                double sum = 0;
                foreach (torch.Tensor rows in torch.randperm(states.shape[0]).split(50))
                {
                    optimizer.zero_grad();
                    using torch.Tensor loss = torch.nn.functional.smooth_l1_loss(this.policy.forward(states[rows]), actions[rows]);
                    loss.backward();
                    optimizer.step();
                    sum += loss.item<float>();
                }

                scheduler.step();
                Console.WriteLine("{0}: {1:F5}", epoch, sum);
            }
        }
    }

    public static class SchedulerFactory
    {
        public static void Main()
        {
            new ArmController(new WarmupFactory(5)).Imitate(torch.randn(500, 9), torch.randn(500, 3));
        }
    }
}
