using System;
using System.Globalization;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.HorizonAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class HorizonNotLoopLengthTests
{
    private static string Program(string scheduler, string epochs = "100") => $$"""
        using System;
        using TorchSharp;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = torch.optim.SGD(model.parameters(), 0.1);
                var scheduler = {{scheduler}};
                for (var epoch = 0; epoch < {{epochs}}; epoch++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }
        }
        """;

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, {|WARM4007:200|})")]
    [InlineData("lr_scheduler.CosineAnnealingLR({|WARM4007:T_max: 60|}, optimizer: optimizer)")]
    [InlineData("new lr_scheduler.impl.CosineAnnealingLR(optimizer, {|WARM4007:50|})")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, {|WARM4007:total_steps: 80|})")]
    [InlineData("global::TorchSharp.torch.optim.lr_scheduler.CosineAnnealingLR(eta_min: 0.001, {|WARM4007:T_max: 60|}, optimizer: optimizer)")]
    public Task IsReported(string scheduler) => Verify.NoFix(Program(scheduler));

    [Theory]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 100)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 99)")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, int.Parse(\"200\"))")]
    [InlineData("lr_scheduler.CosineAnnealingLR(optimizer, 200)", "int.Parse(\"100\")")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, total_steps: 100)")]
    [InlineData("lr_scheduler.ExponentialLR(optimizer, 0.99)")]
    public Task WhatFitsOrIsNotKnownIsSilent(string scheduler, string epochs = "100") => Verify.Silent(Program(scheduler, epochs));

    [Theory]
    [InlineData("200", DiagnosticSeverity.Info, "after 100 of 200 steps the rate ends at 0.5 of the base learning rate")]
    [InlineData("50", DiagnosticSeverity.Info, "the rate runs up and down every 50 steps and ends at 1 of the base learning rate after 100")]
    [InlineData("80", DiagnosticSeverity.Warning, "the rate climbs back from step 80 on and ends at 0.146 of the base learning rate after 100")]
    public async Task TheMessageGivesTheEnd(string horizon, DiagnosticSeverity severity, string effect)
    {
        var found = Assert.Single(await Findings.In(Program($"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})")));
        Assert.Equal("The horizon is not the length of the loop: " + effect, found.GetMessage());
        Assert.Equal(severity, found.Severity);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(50)]
    public async Task TheEndIsThatOfARun(int horizon)
    {
        var scheduler = $"lr_scheduler.CosineAnnealingLR(optimizer, {horizon})";
        var found = Assert.Single(await Findings.In(Program(scheduler)));

        // The rate after 100 steps of the scheduler is the one that step 101 of the optimizer takes.
        var end = TrainingRun.LearningRates(Program(scheduler, "101"))[100] / 0.1;
        Assert.Contains(" ends at " + Math.Round(end, 3).ToString(CultureInfo.InvariantCulture) + " of the base learning rate", found.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HalfACosineIsInformation()
    {
        var found = Assert.Single(await Findings.In(Program("torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max: 200)")));
        Assert.Equal("WARM4007", found.Id);
        Assert.Equal(DiagnosticSeverity.Info, found.Severity);
        Assert.EndsWith("after 100 of 200 steps the rate ends at 0.5 of the base learning rate", found.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public static void Main()", "const int Epochs = 100;")]
    [InlineData("public static async System.Threading.Tasks.Task Main()", "var Epochs = 100; await System.Threading.Tasks.Task.Yield();")]
    public Task ALocalIsItsNumber(string head, string epochs) => Verify.NoFix(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, {|WARM4007:80|})", "Epochs")
            .Replace("public static void Main()", head, StringComparison.Ordinal)
            .Replace("using var model", epochs + "\n        using var model", StringComparison.Ordinal));

    [Fact]
    public Task AConstantFieldIsItsNumber() => Verify.NoFix(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, {|WARM4007:80|})", "Epochs")
            .Replace("public static void Main()", "private const int Epochs = 100;\n\n    public static void Main()", StringComparison.Ordinal));

    [Fact]
    public Task TheSameSymbolIsSilent() => Verify.Silent(
        Program("lr_scheduler.CosineAnnealingLR(optimizer, epochs)", "epochs").Replace(
            "public static void Main()", "public static void Main() => Train(int.Parse(\"3\"));\n\n    public static void Train(int epochs)", StringComparison.Ordinal));
}
