using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class DecayUnderflowsTests
{
    private static string Program(string scheduler, string epochs = "100", string batches = "2000", string rate = "1e-4", string before = "") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                {{before}}
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), {{rate}});
                var scheduler = {{scheduler}};
                for (var epoch = 0; epoch < {{epochs}}; epoch++)
                {
                    for (var batch = 0; batch < {{batches}}; batch++)
                    {
                        optimizer.step();
                        scheduler.step();
                    }
                }
            }
        }
        """;

    [Theory]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, {|WARM2006:0.999|})")]
    [InlineData("lr_scheduler.ExponentialLR({|WARM2006:gamma: 0.999|}, optimizer: optimizer)")]
    [InlineData("new lr_scheduler.impl.ExponentialLR(optimizer, {|WARM2006:0.9|})")]
    [InlineData("{|WARM2006:lr_scheduler.StepLR(optimizer, 30)|}")]
    [InlineData("lr_scheduler.StepLR(optimizer, 30, {|WARM2006:0.5|})")]
    [InlineData("lr_scheduler.MultiStepLR(optimizer, new[] { 10, 20, 30 }, {|WARM2006:0.001|})")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, {|WARM2006:k => Math.Pow(0.999, k)|})")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, {|WARM2006:k => k < 500 ? (k + 1) / 500.0 : Math.Exp(-0.01 * (k - 500))|})")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, {|WARM2006:k => Math.Pow(0.1, k / 30)|})")]
    [InlineData("lr_scheduler.MultiplicativeLR(optimizer, {|WARM2006:k => 0.95|})")]
    [InlineData("new lr_scheduler.impl.MultiplicativeLR(optimizer, new Func<int, double>[] { {|WARM2006:k => k < 30 ? 1 : 0.95|} })")]
    public Task IsReported(string scheduler) => Verify.NoFix(Program(scheduler));

    [Theory]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.99999)")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.999)", "10", "100")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.999)", "int.Parse(\"100\")")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, double.Parse(\"0.999\"))")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 1.001)")]
    [InlineData("lr_scheduler.StepLR(optimizer, 30_000)")]
    [InlineData("lr_scheduler.MultiStepLR(optimizer, new[] { 10, 20, 30 })")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 200_000)")]
    [InlineData("lr_scheduler.PolynomialLR(optimizer, 200_000, 2)")]
    [InlineData("lr_scheduler.LinearLR(optimizer, 1, 1e-12, 200_000)")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => 0.5 * (1 + Math.Cos(Math.PI * k / 200_000)))")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => Math.Max(0, 1 - k / 200_000.0))")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => Math.Pow(1 - k / 200_000.0, 3))")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => Math.Pow(Math.Max(0, 1 - k / 150_000.0), 3))")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => Math.Max(1e-3, Math.Pow(0.999, k)))")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => k < 1000 ? 1 : 0)")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => k < 1000 ? 1 : 1e-9)")]
    [InlineData("lr_scheduler.LambdaLR(optimizer, k => 1.0 / (1 + k))")]
    [InlineData("lr_scheduler.MultiplicativeLR(optimizer, k => 0.99999)")]
    [InlineData("lr_scheduler.MultiplicativeLR(optimizer, k => k % 1000 == 0 ? 0.9 : 1)")]
    public Task WhatLeavesSomethingOrEndsOnPurposeIsSilent(string scheduler, string epochs = "100", string batches = "2000") =>
        Verify.Silent(Program(scheduler, epochs, batches));

    [Theory]
    [InlineData("lr_scheduler.SequentialLR(optimizer, new[] { lr_scheduler.LinearLR(optimizer), lr_scheduler.ExponentialLR(optimizer, 0.999) }, new[] { 5 })")]
    [InlineData("lr_scheduler.ChainedLR(new[] { lr_scheduler.ExponentialLR(optimizer, 0.999), lr_scheduler.ConstantLR(optimizer) })")]
    [InlineData("Made(optimizer); static lr_scheduler.LRScheduler Made(torch.optim.Optimizer o) => lr_scheduler.ExponentialLR(o, 0.999, last_epoch: int.Parse(\"3\"))")]
    public Task WhatOthersWorkOnTooIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    [Theory]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.999)", "the learning rate falls below 1e-8 of its base at step 18412 and is 1.25e-91 after 200000 steps")]
    [InlineData("lr_scheduler.StepLR(optimizer, 30, 0.5)", "the learning rate falls below 1e-8 of its base at step 810 and is 0 after 200000 steps")]
    [InlineData("lr_scheduler.MultiplicativeLR(optimizer, k => 0.95)", "the learning rate falls below 1e-8 of its base at step 360 and is 3.35e-17 after 560 steps", "56", "10")]
    public async Task TheMessageGivesTheFinalLearningRate(string scheduler, string effect, string epochs = "100", string batches = "2000")
    {
        var found = Assert.Single(await Findings.In(Program(scheduler, epochs, batches)));
        Assert.Equal("WARM2006: The decay underflows: " + effect, found.Id + ": " + found.GetMessage());
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
    }

    [Fact]
    public async Task WithoutAKnownRateItIsAShare()
    {
        var found = Assert.Single(await Findings.In(Program("lr_scheduler.ExponentialLR(optimizer, 0.9)", "20", "10", "double.Parse(\"0.1\")")));
        Assert.EndsWith("at step 175 and is 7.06e-10 of its base after 200 steps", found.GetMessage());
    }

    [Fact]
    public void TheNumbersAreThoseOfARun()
    {
        var rates = TrainingRun.LearningRates(Program("lr_scheduler.ExponentialLR(optimizer, 0.9)", "20", "10", "0.1"));
        Assert.True(rates[174] / 0.1 >= 1e-8);
        Assert.True(rates[175] / 0.1 < 1e-8);
        Assert.Equal(7.06e-11, rates[199] * 0.9, 13);
    }

    [Theory]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.)")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.999")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, gamma)")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.Empty(await Findings.In(Program(scheduler), mustCompile: false));

    [Fact]
    public Task ARateThatIsClampedByHandIsNot() => Verify.Silent(
        Program("lr_scheduler.ExponentialLR(optimizer, 0.5)").Replace("scheduler.step();", "scheduler.step(); foreach (var group in optimizer.ParamGroups) group.LearningRate = Math.Max(1e-6, group.LearningRate);", StringComparison.Ordinal));

    [Fact]
    public Task ARateThatIsSetBeforeIsNoClamp() => Verify.NoFix(
        Program("lr_scheduler.ExponentialLR(optimizer, {|WARM2006:0.5|})").Replace("var scheduler", "foreach (var group in optimizer.ParamGroups) group.LearningRate = 1e-3; var scheduler", StringComparison.Ordinal));

    [Fact]
    public async Task AnOptimizerThatIsNotHandedOutIsNotSetElsewhere() => Assert.Equal("WARM2006", Assert.Single(await Findings.In("""
        using TorchSharp;

        static class Program
        {
            static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9);
                for (int step = 0; step < 20_000; step++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }

            public static void Adjust(torch.optim.Optimizer other, double rate)
            {
                foreach (var group in other.ParamGroups)
                    group.LearningRate = rate;
            }
        }
        """)).Id);
}
