using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>A program with a mistake of every rule that has a safe fix on a curve or an argument: one run of <c>dotnet format</c> mends all of them.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class ManyMistakesFixTests(PackedPackages packages)
{
    private const string Program = """
        using System;
        using TorchSharp;
        using static TorchSharp.torch;

        Console.WriteLine("schedules");

        static void ByHand(nn.Module model, int warmup)
        {
            const double lr = 0.05;
            var optimizer = optim.SGD(model.parameters(), lr);
            for (int step = 0; step < 20; step++)
            {
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = [lr * step / warmup]; // ramp
                optimizer.step();
            }
        }

        static void Set(nn.Module model)
        {
            var optimizer = optim.SGD(model.parameters(), 0.1);
            foreach (var group in optimizer.ParamGroups) [group.LearningRate = 0.02];
            var scheduler = optim.lr_scheduler.LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0));
            Train(optimizer, scheduler);
        }

        static void Given(nn.Module model)
        {
            var optimizer = optim.SGD(model.parameters(), 0.1);
            var scheduler = optim.lr_scheduler.[SCHEDULER];
            Train(optimizer, scheduler);
        }

        static void Train(optim.Optimizer optimizer, optim.lr_scheduler.LRScheduler scheduler)
        {
            for (int epoch = 0; epoch < 20; epoch++)
            {
                optimizer.step();
                scheduler.step();
            }
        }
        """;

    private static readonly (string Id, string Wrong, string Right)[] s_mistakes =
    [
        ("WARM1001", "lr * step / warmup", "lr * Math.Min((step + 1) / (double)warmup, 1.0)"),
        ("WARM2004", "group.LearningRate = 0.02", "group.InitialLearningRate = group.LearningRate = 0.02"),
    ];

    private static readonly (string Id, string Wrong, string Right)[] s_schedulers =
    [
        ("WARM1002", "LinearLR(optimizer, start_factor: 1 / 10, total_iters: 4)", "LinearLR(optimizer, start_factor: 1.0 / 10, total_iters: 4)"),
        ("WARM1004", "LambdaLR(optimizer, e => (e + 1) / 5.0)", "LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0))"),
        ("WARM1005", "LambdaLR(optimizer, e => 1.0 / e)", "LambdaLR(optimizer, e => 1.0 / (e + 1))"),
        ("WARM1006", "LambdaLR(optimizer, e => 1 - e / 10.0)", "LambdaLR(optimizer, e => Math.Max(0.0, 1 - e / 10.0))"),
        ("WARM2001", "LinearLR(optimizer, start_factor: 0, total_iters: 4)", "LinearLR(optimizer, start_factor: 1.0 / 4, total_iters: 4)"),
        ("WARM2003", "ExponentialLR(optimizer, 0.9, 0, true)", "ExponentialLR(optimizer, 0.9, verbose: true)"),
        ("WARM2007", "MultiplicativeLR(optimizer, e => Math.Min(e / 5.0, 1))", "LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0))"),
    ];

    [Fact]
    public async Task One_run_mends_all()
    {
        var project = ConsumerProject.Create(
            packages, "ManyMistakes", [("WarmupAnalyzers", packages.Version), ("TorchSharp", EndToEnd.Tests.Build.TorchSharpVersion)], ("Program.cs", Written(mistake => mistake.Wrong)));

        var found = await project.Build();
        Assert.Equal(s_mistakes.Concat(s_schedulers).Select(mistake => mistake.Id).Order(), found.Where(finding => finding.IsPrinted).Select(finding => finding.Id).Order());

        await project.Format([.. s_mistakes.Concat(s_schedulers).Select(mistake => mistake.Id)]);
        Assert.Equal(Written(mistake => mistake.Right), project.Read("Program.cs"));
        Assert.Empty(await project.Build());
    }

    private static string Written(System.Func<(string Id, string Wrong, string Right), string> part)
    {
        var text = Program;
        foreach (var mistake in s_mistakes)
            text = text.Replace("[" + mistake.Wrong + "]", part(mistake));
        var (start, end) = (text.IndexOf("static void Given"), text.IndexOf("static void Train"));
        var given = text[start..end];
        var all = s_schedulers.Select((mistake, i) => given.Replace("Given", "Given" + i).Replace("[SCHEDULER]", part(mistake)));
        return text[..start] + string.Concat(all) + text[end..];
    }
}
