using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>Programs whose mistakes are marked where they stand: a line that ends in <c>// WARM1001: text</c> is reported by that rule, with that text in the message.</summary>
internal static class Programs
{
    /// <summary>Prints a learning rate so that it reads back as the same double.</summary>
    public static readonly (string Name, string Text) Rates = ("Rates.cs", """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;

        internal static class Rates
        {
            public const int Shown = 10;

            /// <summary>Parameters for an optimizer that is asked for its learning rate alone.</summary>
            public static readonly List<Parameter> Nothing = new();

            /// <summary>Steps a schedule and prints the learning rates that it gives, the first being the one in force at the first step.</summary>
            public static void Print(string name, Optimizer optimizer, lr_scheduler.LRScheduler scheduler)
            {
                var rates = new List<string>();
                for (var step = 0; step < Shown; step++)
                {
                    rates.Add(optimizer.ParamGroups.First().LearningRate.ToString("R", CultureInfo.InvariantCulture));
                    scheduler.step();
                }

                Console.WriteLine(name + ": " + string.Join(" ", rates));
            }

            /// <summary>Prints the learning rates that were trained with since it was last asked.</summary>
            public static void PrintTrained(string name)
            {
                Console.WriteLine(name + ": " + string.Join(" ", FakeOptimizer.Trained.Select(rate => rate.ToString("R", CultureInfo.InvariantCulture))));
                FakeOptimizer.Trained.Clear();
            }
        }

        /// <summary>An optimizer of a learning rate alone, which needs no native library.</summary>
        internal sealed class FakeOptimizer : Optimizer
        {
            private readonly Group _group;

            public FakeOptimizer(double rate) : base(IntPtr.Zero) => _group = new Group(rate);

            public static FakeOptimizer SGD(IEnumerable<Parameter> parameters, double learningRate) => new(learningRate);

            /// <summary>The learning rates that steps were made with, of all optimizers.</summary>
            public static List<double> Trained { get; } = new();

            public override IEnumerable<ILearningRateController> ParamGroups => new[] { _group };

            public override Tensor step(Func<Tensor>? closure = null)
            {
                Trained.Add(_group.LearningRate);
                return null!;
            }

            public override void zero_grad()
            {
            }

            private sealed class Group : ILearningRateController
            {
                public Group(double rate) => LearningRate = InitialLearningRate = rate;

                public double LearningRate { get; set; }

                public double InitialLearningRate { get; set; }
            }
        }
        """);

    /// <summary>The diagnostics that the marks of a file claim.</summary>
    public static IEnumerable<(string Place, string Text)> Marks((string Name, string Text) file)
    {
        var lines = file.Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var mark = lines[i].IndexOf("// WARM", System.StringComparison.Ordinal);
            if (mark < 0)
                continue;
            var parts = lines[i][(mark + 3)..].Split(": ", 2);
            yield return ($"{parts[0].Trim()} {file.Name}:{i + 1}", parts[1].Trim());
        }
    }

    /// <summary>What TorchSharp makes of the base learning rate and the factor min((k + 1) / n, 1) at each step.</summary>
    public static string LinearWarmup(double rate, int n, int steps = 10, int batches = 1) => string.Join(
        ' ',
        Enumerable.Range(0, steps * batches)
            .Select(step => step / batches)
            .Select(k => (rate * System.Math.Min((k + 1) / (double)n, 1.0)).ToString("R", CultureInfo.InvariantCulture)));
}
