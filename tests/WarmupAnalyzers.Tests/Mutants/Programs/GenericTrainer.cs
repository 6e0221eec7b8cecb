using System;
using System.Collections.Generic;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Toolbox.Training
{
    public class Trainer<TModel>
        where TModel : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        public const int MaxEpochs = 45;

        private readonly TModel model;
        private readonly Optimizer optimizer;
        private readonly lr_scheduler.LRScheduler scheduler;
        private readonly Loss<torch.Tensor, torch.Tensor, torch.Tensor> criterion;

        public Trainer(TModel model, double learningRate)
        {
            this.model = model;
            this.criterion = torch.nn.CrossEntropyLoss();
            this.optimizer = torch.optim.Adam(model.parameters(), lr: learningRate);
            this.scheduler = lr_scheduler.CosineAnnealingLR(this.optimizer, T_max: MaxEpochs, eta_min: 1e-6);
        }

        public void Fit(DataLoader train, DataLoader test)
        {
            for (int epoch = 1; epoch <= MaxEpochs; epoch++)
            {
                double trainLoss = this.TrainEpoch(train);
                this.scheduler.step();
                double accuracy = this.Evaluate(test);
                Console.WriteLine("{0}\t{1:F4}\t{2:P1}", epoch, trainLoss, accuracy);
            }
        }

        private double TrainEpoch(DataLoader loader)
        {
            double total = 0;
            int seen = 0;
            this.model.train();
            foreach (Dictionary<string, torch.Tensor> batch in loader)
            {
                this.optimizer.zero_grad();
                torch.Tensor loss = this.criterion.forward(this.model.forward(batch["data"]), batch["label"]);
                loss.backward();
                this.optimizer.step();
                total += loss.item<float>();
                seen++;
            }

            return total / Math.Max(seen, 1);
        }

        private double Evaluate(DataLoader loader)
        {
            long hits = 0, all = 0;
            this.model.eval();
            using (torch.no_grad())
            {
                foreach (Dictionary<string, torch.Tensor> batch in loader)
                {
                    torch.Tensor guess = this.model.forward(batch["data"]).argmax(1);
                    hits += guess.eq(batch["label"]).sum().item<long>();
                    all += batch["label"].shape[0];
                }
            }

            return all == 0 ? 0 : (double)hits / all;
        }
    }

    internal sealed class Points : torch.utils.data.Dataset
    {
        private readonly torch.Tensor points;

        public Points(long count) => this.points = torch.randn(count, 2);

        public override long Count => this.points.shape[0];

        public override Dictionary<string, torch.Tensor> GetTensor(long index) => new()
        {
            ["data"] = this.points[index],
            ["label"] = (this.points[index].norm() > 1).to_type(torch.ScalarType.Int64),
        };
    }

    internal static class Program
    {
        private static void Main()
        {
            var net = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 2));
            var trainer = new Trainer<Sequential>(net, 3e-3);
            using var train = torch.utils.data.DataLoader(new Points(2000), 50, shuffle: true);
            using var test = torch.utils.data.DataLoader(new Points(400), 50);
            trainer.Fit(train, test);
        }
    }
}
