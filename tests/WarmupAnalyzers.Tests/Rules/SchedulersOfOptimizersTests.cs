using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>WARM5005 and WARM5006: optimizers on which a schedule is not what it says.</summary>
public class SchedulersOfOptimizersTests
{
    private const string Ramp = "lr_scheduler.LinearLR(optimizer, 0.1)";

    private static string Program(string scheduler, string optimizer, string between = "", string members = "") => $$"""
        using System;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = {{optimizer}};
                {{between}}
                var scheduler = {{scheduler}};
                for (var step = 0; step < 20; step++)
                {
                    optimizer.step(() => model.forward(torch.randn(2, 4)).mean());
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("{|WARM5005:" + Ramp + "|}", "LBFGS(model.parameters(), 0.1)")]
    [InlineData("{|WARM5005:torch.optim.lr_scheduler.StepLR(step_size: 5, optimizer: optimizer)|}", "torch.optim.LBFGS(model.parameters())")]
    [InlineData("{|WARM5005:new lr_scheduler.impl.LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1))|}", "LBFGS(model.parameters(), lr: 0.1)")]
    [InlineData("{|WARM5005:lr_scheduler.SequentialLR(optimizer, new[] { " + Ramp + ", lr_scheduler.ExponentialLR(optimizer, 0.9) }, new[] { 5 })|}", "LBFGS(model.parameters(), 0.1)")]
    [InlineData("{|#0:" + Ramp + "|}", "RAdam(model.parameters(), 0.1)")]
    [InlineData("{|#0:torch.optim.lr_scheduler.StepLR(step_size: 5, optimizer: optimizer)|}", "torch.optim.RAdam(model.parameters())")]
    public Task IsReported(string scheduler, string optimizer) => scheduler.Contains("#0", System.StringComparison.Ordinal)
        ? Verify.NoFix(Program(scheduler, optimizer), Verify.Diagnostic("WARM5006", 0, Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithMessage(
            "RAdam applies the learning rate twice: once it is rectified, a factor of 0.1 makes the step 0.01 times as long in TorchSharp 0.107.0"))
        : Verify.NoFix(Program(scheduler, optimizer));

    [Theory]
    [InlineData(Ramp, "SGD(model.parameters(), 0.1)")]
    [InlineData(Ramp, "Adam(model.parameters(), 0.1)")]
    [InlineData(Ramp, "NAdam(model.parameters(), 0.1)")]
    [InlineData(Ramp, "Make(model)", "", "static Optimizer Make(nn.Module model) => SGD(model.parameters(), 0.1);")]
    [InlineData("new Own(optimizer)", "LBFGS(model.parameters(), 0.1)", "", "private sealed class Own(Optimizer optimizer) { public void step() => optimizer.zero_grad(); }")]
    [InlineData("lr_scheduler.LinearLR(other, 0.1)", "LBFGS(model.parameters(), 0.1)", "var other = SGD(model.parameters(), 0.1); other.step();")]
    public Task WhatFollowsItsScheduleIsSilent(string scheduler, string optimizer, string between = "", string members = "") =>
        Verify.Silent(Program(scheduler, optimizer, between, members));

    [Fact]
    public Task OneOfTheirNameIsNotTorchSharps() => Verify.Silent(Program(Ramp, "new Mine.LBFGS()", members: """
        private static class Mine
        {
            public sealed class LBFGS : Optimizer
            {
                public LBFGS() : base(IntPtr.Zero) { }
            }
        }
        """));

    [Fact]
    public Task InATrainer() => Verify.NoFix(Program("StepLR(SGD(model.parameters(), 0.1), 5)", "SGD(model.parameters(), 0.1)", members: """
        private sealed class Trainer
        {
            private readonly LBFGS _optimizer;
            private readonly LRScheduler _scheduler;

            public Trainer(LBFGS optimizer)
            {
                _optimizer = optimizer;
                _scheduler = {|WARM5005:StepLR(_optimizer, 5)|};
            }

            public async System.Threading.Tasks.Task Epoch(Func<Tensor> closure)
            {
                await System.Threading.Tasks.Task.Yield();
                _optimizer.step(closure);
                _scheduler.step();
            }
        }
        """));

    [Theory]
    [InlineData("LBFGS(model.parameters(), 0.5)", "LBFGS ignores every scheduler: it trains with a learning rate of 0.5 throughout in TorchSharp 0.107.0")]
    [InlineData("LBFGS(model.parameters(), double.Parse(\"0.5\"))", "LBFGS ignores every scheduler: it trains with the learning rate that it is made with throughout in TorchSharp 0.107.0")]
    public async Task TheMessageHasTheRate(string optimizer, string message) => Assert.Equal(message, (await Findings.In(Program(Ramp, optimizer))).Single().GetMessage());

    [Theory]
    [InlineData("lr_scheduler.LinearLR(optimizer, )", "LBFGS(model.parameters(), 0.1)")]
    [InlineData("lr_scheduler.LinearLR(optimizer, x)", "RAdam(model.parameters(), 0.1)")]
    [InlineData("lr_scheduler.LinearLR(optimizer", "LBFGS(model.parameters()")]
    public async Task HalfTypedCodeIsSilent(string scheduler, string optimizer) => Assert.Empty(await Findings.In(Program(scheduler, optimizer), mustCompile: false));
}
