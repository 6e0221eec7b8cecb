using Xunit;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What mutants have brought to light, made small.</summary>
public class FuzzFindingsTests
{
    private const int Rounds = 8;

    public static TheoryData<string, string> Found => new()
    {
        {
            "what is reached is known, what lies beyond is not", """
            using TorchSharp;
            using static TorchSharp.torch;
            var optimizer = optim.SGD(nn.Linear(1, 1).parameters(), 0.1);
            var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => { var x = 0; for (var i = 0; i < e; i++) x += i; return -1; });
            for (var i = 0; i < 5; i++)
            {
                optimizer.step();
                scheduler.step();
            }
            """
        },
        {
            "a member with the name of the index", """
            using static TorchSharp.torch;
            var optimizer = optim.Adam(;
            optim.lr_scheduler.LambdaLR(optimizer, WarmupThenCosine)double WarmupThenCosine(int step)
                {
                        return step                 scheduler.step
            """
        },
        {
            "training that calls itself in its loop", """
            using TorchSharp;
            using static TorchSharp.torch;

            class Trainer
            {
                private readonly nn.Module<Tensor, Tensor> _model = nn.Linear(1, 1);
                private readonly optim.Optimizer _optimizer;
                private readonly optim.lr_scheduler.LRScheduler _scheduler;

                public Trainer()
                {
                    _optimizer = optim.SGD(_model.parameters(), 0.1);
                    _scheduler = optim.lr_scheduler.LinearLR(_optimizer, 0.25, total_iters: 8);
                }

                public void Fit(int epochs)
                {
                    for (var epoch = 0; epoch < epochs; epoch++)
                    {
                        _optimizer.zero_grad();
                        _model.forward(rand(2, 1)).mean().backward();
                        _optimizer.step();
                        Fit(epoch);
                    }

                    _scheduler.step();
                }
            }
            """
        },
        {
            "a directive in the arguments of a step", """
            using System.Linq;
            using TorchSharp;
            using static TorchSharp.torch.nn;
            var model = Linear(1, 4);
            var optimizer = torch.optim.AdamW(model.parameters());
            var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer);
            foreach (var epoch in Enumerable.Range(0, 14))
            {
                optimizer.step();
                scheduler.step(epoch
            #line 100 "elsewhere.cs"
            );
            }
            """
        },
        {
            "an endif before the last statement of a block, which goes away", """
            using TorchSharp;
            using static TorchSharp.torch;

            class Trainer
            {
                private readonly optim.Optimizer _optimizer = optim.SGD(nn.Linear(1, 1).parameters(), 0.1);
                private readonly optim.lr_scheduler.LRScheduler _scheduler;

                public Trainer() => _scheduler = optim.lr_scheduler.LinearLR(_optimizer, 0.25, total_iters: 8);

                public void Fit()
                {
            #if NET || true
                    for (var epoch = 0; epoch < 17; epoch++)
                    {
                        _optimizer.step();
                        _scheduler.step();
                    }
            #else
                    faulty(
            #endif
                    _scheduler.step();
                }
            }
            """
        },
        {
            "two variables of one name", """
            using TorchSharp;
            using static TorchSharp.torch.nn;
            var model = Linear(4, 1);
            var scheduler = torch.optim.SGD(model.parameters(), 0.05);
            var scheduler = torch.optim.lr_scheduler.LinearLR(scheduler);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                scheduler.step();
            }
            """
        },
        {
            "a section that holds nothing but the step that goes away", """
            using TorchSharp;
            using static TorchSharp.torch.nn;
            var model = Linear(4, 1);
            {
                var optimizer = torch.optim.SGD(model.parameters(), 0.05);
                var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, 0.3);
                for (var epoch = 0; epoch < 10; epoch++)
                {
                    optimizer.step();
                    scheduler.step();
            #if !NEVER
            #endif
            #if true
                    scheduler.step(); // again
            #endif
                }
            }
            """
        },
        {
            "a scheduler that is called as a keyword is", """
            using TorchSharp;
            using static TorchSharp.torch.nn;
            var model = Linear(4, 1);
            var @class = torch.optim.SGD(model.parameters(), 0.05);
            var @for = torch.optim.lr_scheduler.LinearLR(@class, 0.3);
            for (var epoch = 0; epoch < 10; epoch++)
            {
                @class.step();
            }
            """
        },
        {
            "a product whose greatest factor is below zero", """
            using System;
            using TorchSharp;
            using static TorchSharp.torch;
            var optimizer = optim.SGD(nn.Linear(1, 1).parameters(), 0.1);
            var scheduler = new torch.optim.lr_scheduler.impl.MultiplicativeLR(optimizer, k => Math.Min((k + 1) / ~0, 1.0));
            for (var i = 0; i < 5; i++)
            {
                optimizer.step();
                scheduler.step();
            }
            """
        },
        {
            "a directive before the argument that goes away", """
            using TorchSharp;
            using static TorchSharp.torch.nn;
            var model = Linear(4, 1);
            var optimizer = torch.optim.SGD(model.parameters(), 0.1);
            var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, .25, 1, 4
            #nullable enable
                , 2);
            for (var i = 0; i < 5; i++)
            {
                optimizer.step();
                scheduler.step();
            }
            """
        },
    };

    /// <summary>The first file changes, the others stand beside it.</summary>
    public static TheoryData<string, string[]> FoundInSeveralFiles => new()
    {
        {
            "a helper that another file's round calls", [
                """
                using System;
                partial class Trainer { private void Lower(int e) { foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.1 * Math.Pow(e, 0.5); } }
                """,
                """
                using System;
                using TorchSharp;
                using static TorchSharp.torch;
                using static TorchSharp.torch.optim;
                partial class Trainer { private readonly nn.Module<Tensor, Tensor> model = nn.Linear(4, 1); private readonly Optimizer optimizer; public Trainer() { optimizer = SGD(model.parameters(), 0.1); } }
                """,
                """
                using TorchSharp;
                using static TorchSharp.torch;
                partial class Trainer { public void Fit() { for (var e = 0; e < 20; e++) { Lower(e); optimizer.zero_grad(); model.forward(rand(2, 4)).mean().backward(); optimizer.step(); } } }
                """,
            ]
        },
    };

    [Theory]
    [MemberData(nameof(FoundInSeveralFiles))]
    public void Nothing_throws_in_several_files(string name, string[] files) => Check(new FuzzProgram(name, files[0], files[1..]));

    [Theory]
    [MemberData(nameof(Found))]
    public void Nothing_throws_and_every_offer_is_good(string name, string text) => Check(new FuzzProgram(name, text));

    private static void Check(FuzzProgram program)
    {
        var figures = new FuzzFigures();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var failure = FuzzCheck.Of(program, program.Text, seed, figures, default);
            Assert.True(failure is null, $"{failure?.Kind}\n{failure?.Details}");
        }
    }
}
