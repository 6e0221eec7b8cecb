using System;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Training programs round one scheduler that is made of others.</summary>
internal static class CompositionSource
{
    /// <summary>A script with these statements behind the optimizers, which declare <c>scheduler</c>, and a loop that steps it.</summary>
    public static string Script(string statements, string loop = "scheduler.step();", string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main(string[] args) => Train(args.Length);

            private static void Train(int open)
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var other = torch.optim.SGD(model.parameters(), 0.1);
                {{Spelled(statements)}}
                for (var epoch = 0; epoch < 40; epoch++)
                {
                    optimizer.step();
                    {{loop}}
                }
            }

            {{members}}
        }
        """;

    /// <summary>The usual parts by short names.</summary>
    public static string Spelled(string statements) => statements
        .Replace("WARMUP", "LinearLR(optimizer, start_factor: 0.1, total_iters: 5)", StringComparison.Ordinal)
        .Replace("COSINE", "CosineAnnealingLR(optimizer, T_max: 15)", StringComparison.Ordinal)
        .Replace("PLATEAU", "ReduceLROnPlateau(optimizer)", StringComparison.Ordinal)
        .Replace("STEP", "StepLR(optimizer, 3)", StringComparison.Ordinal);
}
