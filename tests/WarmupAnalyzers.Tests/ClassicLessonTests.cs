using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using NeverStepped = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.NeverSteppedFix>;
using TooEarly = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.SteppingAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.SteppedBeforeOptimizerFix>;
using Factor = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests;

/// <summary>
/// The snippets that every warmup tutorial shows, each with its report and its learning rates before and after the fix, as
/// shares of the base rate, run on TorchSharp.
/// </summary>
public class ClassicLessonTests
{
    private const string AtTheEnd = "optimizer.step(); scheduler.step();";
    private const string AtTheTop = "scheduler.step(); optimizer.step();";
    private const string Never = "optimizer.step();";

    private static string Lesson(string scheduler, string steps = AtTheEnd) => Script(
        "torch.optim.lr_scheduler." + scheduler,
        string.Join("\n", steps.Split("; ").Select(step => "            " + step.TrimEnd(';') + ";")));

    private static string Script(string scheduler, string steps) => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        public static class Program
        {
            public static void Main()
            {
                int warmupEpochs = 5;
                using var model = Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = {{scheduler}};
                for (int epoch = 0; epoch < 7; epoch++)
                {
                    optimizer.zero_grad();
                    using var loss = model.forward(randn(8, 4)).mean();
                    loss.backward();
        {{steps}}
                }
            }
        }
        """;

    private static void Trains(string source, params double[] shares)
    {
        var rates = TrainingRun.LearningRates(source);
        Assert.Equal(shares.Length, rates.Count);
        for (var i = 0; i < shares.Length; i++)
            Assert.Equal(0.1 * shares[i], rates[i], 15);
    }

    private static double[] Ramp(int length) => [.. Enumerable.Range(0, 7).Select(k => Math.Min((k + 1) / (double)length, 1.0))];

    [Fact]
    public async Task A_the_ramp_with_the_step_at_the_end_is_right()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / (double)5, 1))");
        Assert.Empty(await Findings.In(source));
        Trains(source, .2, .4, .6, .8, 1, 1, 1);
    }

    [Fact]
    public async Task B_the_same_with_the_step_at_the_top_runs_one_ahead()
    {
        const string Scheduler = "LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / (double)5, 1))";
        var source = Lesson(Scheduler, "{|WARM3002:scheduler.step()|}; optimizer.step();");
        var mended = Lesson(Scheduler);
        await TooEarly.Fix(source, mended);
        Trains(Plain(source), .4, .6, .8, 1, 1, 1, 1);
        Trains(mended, Ramp(5));
    }

    [Fact]
    public async Task C_integer_division()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => {|WARM1002:epoch / warmupEpochs|})");
        var mended = Lesson("LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0))");
        await Factor.Fix(source, mended);
        Trains(Plain(source), 0, 0, 0, 0, 0, 1, 1);
        Trains(mended, Ramp(5));
    }

    [Fact]
    public async Task C_zero_at_the_first_step()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => {|WARM1001:(double)epoch / warmupEpochs|})");
        var mended = Lesson("LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / (double)warmupEpochs, 1.0))");
        await Factor.Fix(source, mended);
        Trains(Plain(source), 0, .2, .4, .6, .8, 1, 1.2);
        Trains(mended, Ramp(5));
    }

    [Fact]
    public async Task D_the_base_rate_twice()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => {|WARM1003:0.1|} * Math.Min((epoch + 1) / 4.0, 1))");
        var mended = Lesson("LambdaLR(optimizer, epoch => Math.Min((epoch + 1) / 4.0, 1.0))");
        await Factor.Fix(source, mended);
        Trains(Plain(source), .025, .05, .075, .1, .1, .1, .1);
        Trains(mended, Ramp(4));
    }

    [Fact]
    public async Task E_zero_for_the_whole_warmup()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => epoch < 4 ? {|WARM1001:0|} : 1)");
        await Factor.NoFix(source);
        Trains(Plain(source), 0, 0, 0, 0, 1, 1, 1);
        var message = Assert.Single(await Findings.In(Plain(source))).GetMessage();
        Assert.Contains("for the first 4 steps", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task F_linear_warmup_with_the_step_at_the_end_is_right()
    {
        var source = Lesson("LinearLR(optimizer, start_factor: 0.1, total_iters: 5)");
        Assert.Empty(await Findings.In(source));
        Trains(source, .1, .28, .46, .64, .82, 1, 1);
    }

    [Fact]
    public async Task G_linear_warmup_without_a_step_stays_at_its_start()
    {
        var source = Lesson("LinearLR(optimizer, start_factor: 0.1, total_iters: 5)", Never)
            .Replace("torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5)", "{|WARM3001:torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.1, total_iters: 5)|}", StringComparison.Ordinal);
        var mended = Lesson("LinearLR(optimizer, start_factor: 0.1, total_iters: 5)");
        await NeverStepped.Fix(source, mended);
        Trains(Plain(source), .1, .1, .1, .1, .1, .1, .1);
        Trains(mended, .1, .28, .46, .64, .82, 1, 1);
    }

    [Fact]
    public async Task H_a_ramp_from_zero_with_the_step_at_the_top_is_right()
    {
        var source = Lesson("LambdaLR(optimizer, epoch => Math.Min(epoch / 5.0, 1))", AtTheTop);
        Assert.Empty(await Findings.In(source));
        Trains(source, .2, .4, .6, .8, 1, 1, 1);
    }

    private static string Plain(string marked) => System.Text.RegularExpressions.Regex.Replace(marked, @"\{\|WARM\d+:(.*?)\|\}", "$1");
}
