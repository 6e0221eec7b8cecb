using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>The package of the schedulers: it runs, and brings the analyzers with it.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class LibraryPackageTests(PackedPackages packages)
{
    private static readonly (string Name, string Text) s_program = ("Program.cs", """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using WarmupSchedulers;

        var optimizer = new FakeOptimizer(0.3);
        Rates.Print("extension", optimizer, torch.optim.lr_scheduler.LinearWarmupLR(optimizer, warmup_steps: 5));

        var another = new FakeOptimizer(0.1);
        Rates.Print("factory", another, LRSchedulers.LinearWarmupLR(another, 7));

        var third = new FakeOptimizer(0.1);
        Rates.Print("mistake", third, torch.optim.lr_scheduler.LambdaLR(third, k => k < 5 ? 0 : 1)); // WARM1001: for the first 5 steps: the factor runs 0, 0, 0, 0, 0, 1, …

        internal static class Trainer
        {
            internal static void Train(torch.nn.Module<torch.Tensor, torch.Tensor> model, torch.Tensor x)
            {
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = torch.optim.lr_scheduler.WarmupThenCosineLR(optimizer, warmup_steps: 5, total_steps: 50); // WARM3001: 0.2 of the base learning rate
                for (var step = 0; step < 50; step++)
                {
                    optimizer.zero_grad();
                    model.forward(x).mean().backward();
                    optimizer.step();
                }
            }
        }
        """);

    [Fact]
    public async Task One_reference_gives_schedulers_and_analyzers()
    {
        var project = ConsumerProject.Create(packages, "Library", [("WarmupSchedulers", packages.Version)], s_program, Programs.Rates);

        var findings = await project.Build();
        var marks = Programs.Marks(s_program).ToArray();
        Assert.Equal(marks.Select(mark => mark.Place), findings.Select(finding => finding.ToString()));
        Assert.All(marks.Zip(findings), pair => Assert.Contains(pair.First.Text, pair.Second.Message));
        Assert.Equal(
            ["extension: " + Programs.LinearWarmup(0.3, 5), "factory: " + Programs.LinearWarmup(0.1, 7), "mistake: 0 0 0 0 0 0.1 0.1 0.1 0.1 0.1"],
            await project.Run());
    }

    [Fact]
    public async Task A_project_without_TorchSharp_builds_in_silence()
    {
        var project = ConsumerProject.Create(
            packages,
            "WithoutTorchSharp",
            [("WarmupAnalyzers", packages.Version)],
            ("Program.cs", """
                using System;

                var scheduler = new LambdaLR(epoch => epoch / 5);
                Console.WriteLine(scheduler.Rate(0));

                internal sealed class LambdaLR(Func<int, double> factor)
                {
                    public double Rate(int epoch) => 0.1 * factor(epoch);
                }
                """),
            (".editorconfig", "[*.cs]\nwarmup.allow_zero_first_step = perhaps\n"));

        Assert.Empty(await project.Build());
        Assert.Equal(["0"], await project.Run());
    }
}
