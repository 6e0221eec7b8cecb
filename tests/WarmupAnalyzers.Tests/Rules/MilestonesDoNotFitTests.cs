using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.MilestoneFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class MilestonesDoNotFitTests
{
    private const string Warmup = "LinearLR(optimizer, start_factor: 0.1, total_iters: 5)";
    private const string Cosine = "CosineAnnealingLR(optimizer, T_max: 15)";

    [Theory]
    [InlineData("SequentialLR(optimizer, new[] { WARMUP, COSINE }, new[] { {|WARM4002:3|} })", "SequentialLR(optimizer, new[] { WARMUP, COSINE }, new[] { 5 })")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [{|WARM4002:4|}])", "SequentialLR(optimizer, [WARMUP, COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [{|WARM4002:0|}])", "SequentialLR(optimizer, [WARMUP, COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [{|WARM4002:-1|}])", "SequentialLR(optimizer, [WARMUP, COSINE], [5])")]
    [InlineData("SequentialLR(milestones: [{|WARM4002:3|}], schedulers: [WARMUP, COSINE], optimizer: optimizer)", "SequentialLR(milestones: [5], schedulers: [WARMUP, COSINE], optimizer: optimizer)")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1), STEP], [/* soon */ {|WARM4002:2|} /* enough */])", "SequentialLR(optimizer, [LinearLR(optimizer, 0.1), STEP], [/* soon */ 5 /* enough */])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE, WARMUP, COSINE], [5, 10, {|WARM4002:12|}])", "SequentialLR(optimizer, [WARMUP, COSINE, WARMUP, COSINE], [5, 10, 15])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE, WARMUP, COSINE], [{|WARM4002:3|}, 10, 12])", "SequentialLR(optimizer, [WARMUP, COSINE, WARMUP, COSINE], [5, 10, 15])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [{|WARM4002:open / 2|}])", "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [open])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1.0, 2 * open), STEP], [{|WARM4002:open|}])", "SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1.0, 2 * open), STEP], [2 * open])")]
    [InlineData("SequentialLR(optimizer, [SequentialLR(optimizer, [WARMUP, STEP], [{|WARM4002:3|}]), SequentialLR(optimizer, [WARMUP, STEP], [{|WARM4002:2|}])], [20])", "SequentialLR(optimizer, [SequentialLR(optimizer, [WARMUP, STEP], [5]), SequentialLR(optimizer, [WARMUP, STEP], [5])], [20])")]
    [InlineData("new torch.optim.lr_scheduler.impl.SequentialLR(optimizer, new LRScheduler[] { WARMUP, COSINE }, new[] { {|WARM4002:3|} })", "new torch.optim.lr_scheduler.impl.SequentialLR(optimizer, new LRScheduler[] { WARMUP, COSINE }, new[] { 5 })")]
    public Task IsReportedAndMended(string scheduler, string mended) => Verify.Fix(Program(scheduler), Program(mended));

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], {|WARM4002:[5, 10]|})")]
    [InlineData("SequentialLR(optimizer, new List<LRScheduler> { WARMUP, STEP, COSINE }, {|WARM4002:new[] { 5 }|})")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], {|WARM4002:new int[] { }|})")]
    [InlineData("SequentialLR(optimizer, [WARMUP, STEP, COSINE], {|WARM4002:[10, 5]|})")]
    [InlineData("SequentialLR(optimizer, [WARMUP, STEP, COSINE], {|WARM4002:[open, open]|})")]
    [InlineData("SequentialLR(optimizer, [WARMUP, STEP, COSINE], {|WARM4002:[2 * open, open]|})")]
    [InlineData("SequentialLR(optimizer, Others(optimizer), {|WARM4002:[5, 5]|})")]
    [InlineData("SequentialLR(optimizer, [STEP, COSINE], [{|WARM4002:0|}])")]
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1)), COSINE], [{|WARM4002:5|}])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], {|WARM4002:early|})")]
    [InlineData("SequentialLR(optimizer, parts, [{|WARM4002:3|}])", "LRScheduler[] parts = [WARMUP, COSINE];", true)]
    public Task WithoutAWrittenLengthThereIsNoFix(string scheduler, string before = "", bool hasFix = false) =>
        hasFix ? Verify.Fix(Program(scheduler, before), Program(scheduler.Replace("{|WARM4002:3|}", "5"), before)) : Verify.NoFix(Program(scheduler, before));

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [8])")] // a hold
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [open])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [open])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [open + 3])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), COSINE], [holdUntil])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: open), STEP, COSINE], [open, holdUntil])")]
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1)), COSINE], [4])")] // the fifth step is at the top already
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1, 10), LinearLR(optimizer, 0.55, 1, 20)], [5])")] // goes on where the other ends
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 0.5, 5), LinearLR(optimizer, 0.5, 1, 5), COSINE], [5, 10])")]
    [InlineData("SequentialLR(optimizer, [ConstantLR(optimizer, 0.1, 1000), COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => e < 10 ? 0.1 : 1), COSINE], [5])")]
    [InlineData("SequentialLR(optimizer, [STEP, ExponentialLR(optimizer, 0.9)], [3])")]
    [InlineData("SequentialLR(optimizer, [LinearLR(optimizer, 1, 0.1, 10), COSINE], [5])")] // down, and a restart
    [InlineData("SequentialLR(optimizer, Others(optimizer), [3])")]
    [InlineData("SequentialLR(optimizer, Others(optimizer), Enumerable.Range(1, 3))")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], given)")]
    [InlineData("ChainedLR([WARMUP, COSINE])")]
    public Task WhatIsRightOrNotKnownIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    [Fact]
    public Task AWarmupAndAMilestoneOfOtherNamesAreLikelyOnly() => Verify.NoFix(
        Program("{|#1:SequentialLR(optimizer, [LinearLR(optimizer, 0.1, total_iters: warmupEpochs), COSINE], [{|#0:warmupSteps|}])|}"),
        Verify.Diagnostic("WARM4002", 0, DiagnosticSeverity.Info).WithLocation(1)
            .WithArguments("the warmup is warmupEpochs steps long and hands over at warmupSteps; where that is less, the learning rate jumps, where it is more, it waits"));

    /// <summary>A field that keeps a parameter is the parameter.</summary>
    [Fact]
    public Task KeptSettingsAreTheSame() => Verify.Silent("""
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public sealed class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly lr_scheduler.LRScheduler _scheduler;
            private readonly Options _options;

            public Trainer(Options options)
            {
                _options = options;
                using var model = torch.nn.Linear(4, 1);
                _optimizer = SGD(model.parameters(), 0.1);
                _scheduler = lr_scheduler.SequentialLR(
                    _optimizer,
                    new[] { lr_scheduler.LinearLR(_optimizer, 0.1, total_iters: options.Warmup), lr_scheduler.StepLR(_optimizer, 30) },
                    new[] { _options.Warmup });
            }

            public void Fit()
            {
                for (var epoch = 0; epoch < 90; epoch++)
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }

            public static void Main() { }
        }

        public sealed class Options
        {
            public int Warmup { get; set; }
        }
        """);

    [Fact]
    public Task FieldsAndFullNamesAreFollowed() => Verify.NoFix("""
        using TorchSharp;

        public sealed class Trainer
        {
            private static readonly int[] s_milestones = { 10, 5 };
            private readonly torch.optim.Optimizer _optimizer;
            private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;

            public Trainer(torch.nn.Module model)
            {
                _optimizer = torch.optim.Adam(model.parameters(), 0.001);
                var warmup = TorchSharp.torch.optim.lr_scheduler.LinearLR(_optimizer, 0.1);
                var flat = TorchSharp.torch.optim.lr_scheduler.ConstantLR(_optimizer, 1.0);
                var decay = TorchSharp.torch.optim.lr_scheduler.ExponentialLR(_optimizer, 0.9);
                _scheduler = TorchSharp.torch.optim.lr_scheduler.SequentialLR(_optimizer, new[] { warmup, flat, decay }, {|WARM4002:s_milestones|});
            }

            public async System.Threading.Tasks.Task FitAsync()
            {
                for (var epoch = 0; epoch < 90; epoch++)
                {
                    await System.Threading.Tasks.Task.Yield();
                    _optimizer.step();
                    _scheduler.step();
                }
            }

            public static void Main() { }
        }
        """);

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [3])", "milestone 3 comes 2 steps before the warmup in front of it is done, so the learning rate jumps from 0.046 to 0.1")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [0])", "the first milestone is 0 and must be above 0; the second scheduler goes on from the first value of the first")]
    [InlineData("SequentialLR(optimizer, [WARMUP, STEP, COSINE], [5, 5])", "the milestones 5, 5 must increase; scheduler 2 (StepLR) is never in force")]
    [InlineData("SequentialLR(optimizer, [LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1)), COSINE], [4])", "milestone 4 comes 5 steps before the warmup in front of it is done, so the learning rate jumps from 0.04 to 0.1")]
    public async Task TheMessageShowsTheRun(string scheduler, string says)
    {
        var found = await ArgumentSource.Finding(Program(scheduler));
        Assert.StartsWith("The milestones do not fit: " + says, found.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("; the learning rate runs " + CurveText.Numbers([.. TrainingRun.LearningRates(Program(scheduler)).Take(8)]), found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EightSchedulersWithOneMilestoneSevenTimes()
    {
        const string eight = "SequentialLR(optimizer, [WARMUP, STEP, STEP, STEP, STEP, STEP, STEP, COSINE], new[] { 5, 5, 5, 5, 5, 5, 5 })";
        var found = await ArgumentSource.Finding(Program(eight));
        Assert.StartsWith("The milestones do not fit: the milestones 5, 5, 5, 5, 5, 5, 5 must increase; schedulers 2 to 7 are never in force; the learning rate runs "
            + CurveText.Numbers([.. TrainingRun.LearningRates(Program(eight)).Take(9)]), found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [5, 10])", "2 schedulers need 1 and there are 2, so the constructor throws ArgumentException")]
    [InlineData("SequentialLR(optimizer, [COSINE], [5])", "1 scheduler needs 0 and there is 1, so the constructor throws ArgumentException")]
    public async Task TheConstructorThrows(string scheduler, string says)
    {
        Assert.Equal("The milestones do not fit: " + says, (await ArgumentSource.Finding(Program(scheduler))).GetMessage());
        Assert.Equal("ArgumentException", ArgumentSource.Run(Program(scheduler)));
    }

    [Theory]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [3, , 2])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, Cosine], [3])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [")]
    [InlineData("SequentialLR(optimizer, [WARMUP, , ], [3])")]
    [InlineData("SequentialLR(optimizer, [WARMUP, COSINE], [missing])")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.Empty(await Findings.In(Program(scheduler), mustCompile: false));

    private static string Spelled(string scheduler) => scheduler
        .Replace("WARMUP", Warmup, StringComparison.Ordinal)
        .Replace("COSINE", Cosine, StringComparison.Ordinal)
        .Replace("STEP", "StepLR(optimizer, 3)", StringComparison.Ordinal);

    private static string Program(string scheduler, string before = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main(string[] args) => Train(args.Length, args.Length, args.Length, args.Length, new[] { args.Length });

            private static void Train(int open, int holdUntil, int warmupEpochs, int warmupSteps, int[] given)
            {
                int[] early = { 3 };
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                {{Spelled(before)}}
                var scheduler = {{Spelled(scheduler)}};
                for (var epoch = 0; epoch < 40; epoch++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }

            private static IEnumerable<LRScheduler> Others(Optimizer optimizer) => Enumerable.Range(1, 3).Select(size => StepLR(optimizer, size)).ToArray();
        }
        """;
}
