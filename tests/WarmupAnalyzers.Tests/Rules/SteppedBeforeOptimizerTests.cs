using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, WarmupAnalyzers.Fixes.SteppedBeforeOptimizerFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class SteppedBeforeOptimizerTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        """;

    private const string Setup = """
        var model = Linear(10, 1);
        var data = new List<(Tensor x, Tensor y)>();
        var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.1);

        """;

    private static Task Reported(string source, string fixedSource) => Verify.Fix(Usings + source, Usings + fixedSource);

    private static Task Silent(string source) => Verify.Silent(Usings + source);

    [Fact]
    public Task Step_at_the_top_of_the_epoch_loop() => Reported(
        Setup + """
        var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            [|scheduler.step()|];
            foreach (var (x, y) in data)
            {
                optimizer.zero_grad();
                var loss = functional.mse_loss(model.forward(x), y);
                loss.backward();
                optimizer.step();
            }
        }
        """,
        Setup + """
        var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                optimizer.zero_grad();
                var loss = functional.mse_loss(model.forward(x), y);
                loss.backward();
                optimizer.step();
            }
            scheduler.step();
        }
        """);

    [Fact]
    public Task Step_behind_the_optimizer_is_right() => Silent(
        Setup + """
        var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var (x, y) in data)
            {
                optimizer.zero_grad();
                var loss = functional.mse_loss(model.forward(x), y);
                loss.backward();
                optimizer.step();
            }
            scheduler.step();
        }
        """);
}
