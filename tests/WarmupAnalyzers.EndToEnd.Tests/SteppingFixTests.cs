using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>Schedulers that are stepped never or too early: reported, mended by <c>dotnet format</c>, and then trained with the right learning rates.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class SteppingFixTests(PackedPackages packages)
{
    private const string Usings = """
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;


        """;

    // TorchSharp's own optimizer when it is analysed and mended; when it is run, one that needs no native library.
    private const string RecordedUsings = """
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;
        #if RECORD
        using Optimizers = FakeOptimizer;
        #else
        using Optimizers = TorchSharp.torch.optim;
        #endif


        """;

    private static readonly (string Name, string Text) s_neverStepped = ("Program.cs", Usings + """
        Epochs();
        Rates.PrintTrained("epochs");
        Batches();
        Rates.PrintTrained("batches");
        new Trainer().Fit(10);
        Rates.PrintTrained("trainer");

        static void Epochs()
        {
            var optimizer = new FakeOptimizer(0.3);
            var scheduler = lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0)); // WARM3001: The scheduler is never stepped, so the learning rate stays at
            for (var epoch = 0; epoch < 10; epoch++)
            {
                optimizer.zero_grad();
                optimizer.step();
            }
        }

        static void Batches()
        {
            var optimizer = new FakeOptimizer(0.3);
            var scheduler = lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0)); // WARM3001: The scheduler is never stepped, so the learning rate stays at
            for (var epoch = 0; epoch < 10; epoch++)
            {
                for (var batch = 0; batch < 2; batch++)
                {
                    optimizer.zero_grad();
                    optimizer.step();
                }
            }
        }

        internal sealed class Trainer
        {
            private readonly FakeOptimizer _optimizer = new(0.3);
            private readonly lr_scheduler.LRScheduler _scheduler;

            public Trainer() => _scheduler = lr_scheduler.LambdaLR(_optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0)); // WARM3001: The scheduler is never stepped, so the learning rate stays at

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _optimizer.zero_grad();
                    _optimizer.step();
                }
            }
        }

        """);

    private static readonly (string Name, string Text) s_steppedTooEarly = ("Program.cs", RecordedUsings + """
        Epochs();
        Rates.PrintTrained("epochs");
        Batches();
        Rates.PrintTrained("batches");
        new Trainer().Fit(10);
        Rates.PrintTrained("trainer");

        static void Epochs()
        {
            var optimizer = Optimizers.SGD(Rates.Nothing, 0.3);
            var scheduler = lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0));
            for (var epoch = 0; epoch < 10; epoch++)
            {
                scheduler.step(); // WARM3002: the first value of the schedule is never trained with
                optimizer.step();
            }
        }

        static void Batches()
        {
            var optimizer = Optimizers.SGD(Rates.Nothing, 0.3);
            var scheduler = lr_scheduler.LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0));
            for (var epoch = 0; epoch < 10; epoch++)
            {
                scheduler.step(); // WARM3002: the first value of the schedule is never trained with
                for (var batch = 0; batch < 2; batch++)
                {
                    optimizer.step();
                }
            }
        }

        internal sealed class Trainer
        {
            private readonly Optimizer _optimizer = Optimizers.SGD(Rates.Nothing, 0.3);
            private readonly lr_scheduler.LRScheduler _scheduler;

            public Trainer() => _scheduler = lr_scheduler.LambdaLR(_optimizer, epoch => Math.Min((epoch + 1) / 5.0, 1.0));

            public void Fit(int epochs)
            {
                for (var epoch = 0; epoch < epochs; epoch++)
                {
                    _scheduler.step(); // WARM3002: the first value of the schedule is never trained with
                    _optimizer.step();
                }
            }
        }

        """);

    [Fact]
    public Task Never_stepped() => Mended("WARM3001", s_neverStepped);

    [Fact]
    public Task Stepped_too_early() => Mended("WARM3002", s_steppedTooEarly);

    private async Task Mended(string id, (string Name, string Text) program)
    {
        var project = ConsumerProject.Create(
            packages, id, [("WarmupAnalyzers", packages.Version), ("TorchSharp", EndToEnd.Tests.Build.TorchSharpVersion)], program, Programs.Rates);
        string[] right =
        [
            "epochs: " + Programs.LinearWarmup(0.3, 5),
            "batches: " + Programs.LinearWarmup(0.3, 5, batches: 2),
            "trainer: " + Programs.LinearWarmup(0.3, 5),
        ];

        var found = await project.Build();
        var marks = Programs.Marks(program).ToArray();
        Assert.Equal(marks.Select(mark => mark.Place), found.Select(finding => finding.ToString()));
        Assert.All(found, finding => Assert.Equal("warning", finding.Level));
        Assert.All(found.Zip(marks), pair => Assert.Contains(pair.Second.Text, pair.First.Message));
        await project.Build("RECORD");
        Assert.Empty((await project.Run()).Intersect(right));

        await project.Format("WARM1001", "WARM1002", "WARM1003", "WARM3001", "WARM3002");

        Assert.Empty(await project.Build());
        await project.Build("RECORD");
        Assert.Equal(right, await project.Run());
        Assert.Equal(marks.Length, Programs.Marks(("Program.cs", project.Read("Program.cs"))).Count());
    }
}
