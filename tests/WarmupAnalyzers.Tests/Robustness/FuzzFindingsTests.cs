using Xunit;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What mutants have brought to light, made small.</summary>
public class FuzzFindingsTests
{
    private const int Rounds = 24;

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
    };

    [Theory]
    [MemberData(nameof(Found))]
    public void Nothing_throws_and_every_offer_is_good(string name, string text)
    {
        var program = new FuzzProgram(name, text);
        var figures = new FuzzFigures();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var failure = FuzzCheck.Of(program, text, seed, figures, default);
            Assert.True(failure is null, $"{failure?.Kind}\n{failure?.Details}");
        }
    }
}
