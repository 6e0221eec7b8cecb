using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Ratings
{
    public class Factorization : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Embedding users;
        private readonly Embedding items;

        public Factorization(long userCount, long itemCount, long rank)
            : base("factorization")
        {
            users = nn.Embedding(userCount, rank);
            items = nn.Embedding(itemCount, rank);
            RegisterComponents();
        }

        public override Tensor forward(Tensor user, Tensor item)
        {
            return (users.forward(user) * items.forward(item)).sum(1);
        }
    }

    public static class ChainedFactors
    {
        public static void Main()
        {
            int epochs = 80;
            Tensor user = randint(200, 5000), item = randint(90, 5000);
            Tensor rating = randint(1, 6, 5000).to_type(ScalarType.Float32);

            using var model = new Factorization(200, 90, 8);
            var optimizer = optim.SGD(model.parameters(), 0.5);
            var slowStart = optim.lr_scheduler.ConstantLR(optimizer, factor: 0.25, total_iters: 6);
            var decay = optim.lr_scheduler.ExponentialLR(optimizer, gamma: 0.97);
            var scheduler = optim.lr_scheduler.ChainedLR(new[] { slowStart, decay });

            for (int epoch = 1; epoch <= epochs; epoch++)
            {
                double squared = 0;
                model.train();
                foreach (Tensor rows in randperm(5000).split(100))
                {
                    using var scope = NewDisposeScope();
                    optimizer.zero_grad();
                    Tensor error = nn.functional.mse_loss(model.forward(user[rows], item[rows]), rating[rows]);
                    error.backward();
                    optimizer.step();
                    squared += error.item<float>();
                }

                scheduler.step();
                Console.WriteLine("{0}: rmse {1:F3}, rate {2:G3}", epoch, Math.Sqrt(squared / 50), optimizer.ParamGroups.First().LearningRate);
            }
        }
    }
}
