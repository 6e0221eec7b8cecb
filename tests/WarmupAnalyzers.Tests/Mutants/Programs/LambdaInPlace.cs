using System;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Forecast
{
    class LambdaInPlace
    {
        static void Main(string[] args)
        {
            int epochs = args.Length > 0 ? int.Parse(args[0]) : 40;
            double[] series = Enumerable.Range(0, 400).Select(t => Math.Sin(t / 9.0) + 0.1 * Math.Cos(t / 2.0)).ToArray();

            Tensor windows = stack(Enumerable.Range(0, 376).Select(t => tensor(series.Skip(t).Take(24).ToArray(), dtype: ScalarType.Float32)));
            Tensor next = tensor(series.Skip(24).Take(376).ToArray(), dtype: ScalarType.Float32).unsqueeze(1);

            var model = nn.Sequential(nn.Linear(24, 24), nn.Tanh(), nn.Linear(24, 1));
            var optimizer = optim.Adagrad(model.parameters(), lr: 0.02);
            var scheduler = optim.lr_scheduler.StepLR(optimizer, 10, 0.5);

            Func<Tensor, Tensor, double> fit = (x, y) =>
            {
                optimizer.zero_grad();
                using var loss = nn.functional.smooth_l1_loss(model.forward(x), y);
                loss.backward();
                optimizer.step();
                return loss.item<float>();
            };

            Func<double> validate = () =>
            {
                model.eval();
                using (no_grad())
                {
                    using var error = (model.forward(windows) - next).abs().mean();
                    return error.item<float>();
                }
            };

            for (int epoch = 0; epoch < epochs; epoch++)
            {
                model.train();
                double total = 0;
                for (int b = 0; b < 8; b++)
                {
                    using var x = windows.narrow(0, b * 47, 47);
                    using var y = next.narrow(0, b * 47, 47);
                    total += fit(x, y);
                }

                scheduler.step();

                if (epoch % 5 == 4)
                {
                    Console.WriteLine("{0,3} {1:F5} {2:F5}", epoch + 1, total / 8, validate());
                }
            }
        }
    }
}
