using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.BrokenCyclicLRFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class BrokenCyclicLRTests
{
    private const string Momentum = "torch.optim.SGD(model.parameters(), 0.1, momentum: 0.9)";
    private const string Exp = "mode: lr_scheduler.impl.CyclicLR.Mode.ExpRange";

    private static string Program(string scheduler, string optimizer = Momentum, string before = "", string members = "") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = {{optimizer}};
                {{before}}
                var scheduler = {{scheduler}};
                for (var step = 0; step < 20; step++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("lr_scheduler.CyclicLR(optimizer, 0.01, 0.1)", "lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, max_lr: 0.1, base_lr: 0.01, mode: impl.CyclicLR.Mode.Triangular2 /* halves */)", "CyclicLR(optimizer, max_lr: 0.1, base_lr: 0.01, mode: impl.CyclicLR.Mode.Triangular2, cycle_momentum: false /* halves */)")]
    [InlineData("new lr_scheduler.impl.CyclicLR(optimizer, new[] { 0.01 }, new[] { 0.1 })", "new lr_scheduler.impl.CyclicLR(optimizer, new[] { 0.01 }, new[] { 0.1 }, cycle_momentum: false)")]
    [InlineData("torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: true, base_momentum: 0.7)", "torch.optim.lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false, base_momentum: 0.7)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 5, 5, impl.CyclicLR.Mode.Triangular, 1.0, null, impl.CyclicLR.ScaleMode.Cycle, true)", "CyclicLR(optimizer, 0.01, 0.1, 5, 5, impl.CyclicLR.Mode.Triangular, 1.0, null, impl.CyclicLR.ScaleMode.Cycle, false)")]
    [InlineData("CyclicLR(optimizer, double.Parse(\"0.01\"), double.Parse(\"0.1\"), step_size_up: int.Parse(\"5\"))", "CyclicLR(optimizer, double.Parse(\"0.01\"), double.Parse(\"0.1\"), step_size_up: int.Parse(\"5\"), cycle_momentum: false)")]
    public Task TheMomentumIsLeftAlone(string wrong, string mended) => Verify.Fix(Program("{|WARM5002:" + wrong + "|}"), Program(mended));

    [Theory]
    [InlineData("torch.optim.Adam(model.parameters(), 0.1)")]
    [InlineData("torch.optim.AdamW(model.parameters(), 0.1)")]
    [InlineData("torch.optim.Adagrad(model.parameters(), 0.1)")]
    public Task AnOptimizerWithoutMomentumIsNotAskedForOne(string optimizer) => Verify.Fix(
        Program("{|WARM5002:CyclicLR(optimizer, 0.01, 0.1)|}", optimizer),
        Program("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false)", optimizer));

    [Fact]
    public Task TwoOnALine() => Verify.Fix(
        Program("{|WARM5002:CyclicLR(optimizer, 0.01, 0.1)|}", before: "var first = {|WARM5002:CyclicLR(optimizer, 0.01, 0.1)|}; first.step();"),
        Program("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false)", before: "var first = CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false); first.step();"));

    [Theory]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", gamma: 0.9, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", gamma: 0.9)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", gamma: 0.9, scale_mode: lr_scheduler.impl.CyclicLR.ScaleMode.Iterations, cycle_momentum: false)")]
    public Task TheScaleHasNoFix(string scheduler) => Verify.NoFix(Program("{|WARM5002:" + scheduler + "|}"));

    [Theory]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: bool.Parse(\"true\"))")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, base_momentum: 0.9, max_momentum: 0.9)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, base_momentum: double.Parse(\"0.9\"))")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", gamma: double.Parse(\"1\"), cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, 4, " + Exp + ", gamma: 0.9, scale_fn: x => Math.Pow(0.9, x), cycle_momentum: false)")]
    [InlineData("OneCycleLR(optimizer, 0.1, 30)")]
    public Task WhatIsRightOrNotKnownIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    [Theory]
    [InlineData("Any(model)", "static Optimizer Any(nn.Module model) => torch.optim.SGD(model.parameters(), 0.1);")]
    [InlineData("new Own()", "private sealed class Own : Optimizer { public Own() : base(IntPtr.Zero) { } }")]
    public Task AnOptimizerThatIsNotKnownIsSilent(string optimizer, string member) => Verify.Silent(Program("CyclicLR(optimizer, 0.01, 0.1)", optimizer, members: member));

    [Fact]
    public Task InATrainer() => Verify.Fix(Trainer("{|WARM5002:CyclicLR(_optimizer, 0.01, 0.1)|}"), Trainer("CyclicLR(_optimizer, 0.01, 0.1, cycle_momentum: false)"));

    private static string Trainer(string scheduler) => Program("StepLR(optimizer, 5)", members: $$"""
        private sealed class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(nn.Module model)
            {
                _optimizer = torch.optim.SGD(model.parameters(), 0.1);
                _scheduler = {{scheduler}};
            }

            public async System.Threading.Tasks.Task Epoch()
            {
                await System.Threading.Tasks.Task.Yield();
                _optimizer.step();
                _scheduler.step();
            }
        }
        """);

    [Fact]
    public Task AnOwnCycleIsNotTorchSharps() => Verify.Silent(Program(
        "Own.CyclicLR(optimizer, 0.01, 0.1)",
        members: "private sealed class Own { public static Own CyclicLR(Optimizer optimizer, double base_lr, double max_lr, bool cycle_momentum = true) => new(); public void step() { } }"));

    [Theory]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1)", Momentum, "the momentum rises from 0.9 to 1 with the learning rate, where it should fall to 0.8 in TorchSharp 0.107.0")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, base_momentum: 0.85, max_momentum: 0.95)", Momentum, "the momentum rises from 0.95 to 1.05 with the learning rate, where it should fall to 0.85 in TorchSharp 0.107.0")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1)", "torch.optim.Adam(model.parameters(), 0.1)", "the optimizer has no momentum to cycle, so the constructor throws an ArgumentException in TorchSharp 0.107.0")]
    [InlineData("CyclicLR(optimizer, 1, 10, 10, " + Exp + ", gamma: 0.9, cycle_momentum: false)", Momentum, "in mode ExpRange the scale counts cycles and not steps, so the learning rate at step 10 is 9.1 and not 4.14 in TorchSharp 0.107.0")]
    public async Task TheMessageSaysWhatHappens(string scheduler, string optimizer, string effect) => Assert.Equal(
        "WARM5002: CyclicLR goes wrong: " + effect,
        (await Findings.In(Program(scheduler, optimizer))).Select(found => found.Id + ": " + found.GetMessage()).Single());

    /// <summary>The numbers of the message are those of a run.</summary>
    [Fact]
    public void ItIsSo() => Assert.Equal(9.1, TrainingRun.LearningRates(Program("CyclicLR(optimizer, 1, 10, 10, " + Exp + ", gamma: 0.9, cycle_momentum: false)", "torch.optim.SGD(model.parameters(), 0.1)"))[10], 1e-12);

    [Theory]
    [InlineData("CyclicLR(optimizer, 0.01, )")]
    [InlineData("CyclicLR(optimizer, 0.01, x)")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: )")]
    [InlineData("CyclicLR(optimizer")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.Empty(await Findings.In(Program(scheduler), mustCompile: false));
}
