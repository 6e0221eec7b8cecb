using System;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class DiscardedLearningRateTests
{
    private const string Lambda = "LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1))";
    private const string Sequence = "SequentialLR(optimizer, new[] { torch.optim.lr_scheduler.LinearLR(optimizer), torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9) }, new[] { 5 })";

    [Theory]
    [InlineData("foreach (var g in optimizer.ParamGroups) {|WARM2004:g.LearningRate = 0.5|};", "foreach (var g in optimizer.ParamGroups) g.InitialLearningRate = g.LearningRate = 0.5;")]
    [InlineData("foreach (var g in optimizer.ParamGroups) { /* low */ {|WARM2004:g.LearningRate = 0.5|}; }", "foreach (var g in optimizer.ParamGroups) { /* low */ g.InitialLearningRate = g.LearningRate = 0.5; }")]
    [InlineData("foreach (var g in optimizer.ParamGroups.Skip(1)) {|WARM2004:g.LearningRate *= 0.5|};", "foreach (var g in optimizer.ParamGroups.Skip(1)) g.InitialLearningRate = g.LearningRate *= 0.5;")]
    [InlineData("foreach (var g in optimizer.ParamGroups) {|WARM2004:g.LearningRate = g.LearningRate * 0.1|};", "foreach (var g in optimizer.ParamGroups) g.InitialLearningRate = g.LearningRate = g.LearningRate * 0.1;")]
    [InlineData("{|WARM2004:optimizer.ParamGroups.First().LearningRate = open|};", "optimizer.ParamGroups.First().InitialLearningRate = optimizer.ParamGroups.First().LearningRate = open;")]
    [InlineData("{|WARM2004:optimizer.ParamGroups.ElementAt(0).LearningRate = 0.5|};", "optimizer.ParamGroups.ElementAt(0).InitialLearningRate = optimizer.ParamGroups.ElementAt(0).LearningRate = 0.5;")]
    [InlineData("var group = optimizer.ParamGroups.First(); {|WARM2004:group.LearningRate = 0.5|};", "var group = optimizer.ParamGroups.First(); group.InitialLearningRate = group.LearningRate = 0.5;")]
    [InlineData("var groups = optimizer.ParamGroups.ToArray(); {|WARM2004:groups[0].LearningRate = 0.5|};", "var groups = optimizer.ParamGroups.ToArray(); groups[0].InitialLearningRate = groups[0].LearningRate = 0.5;")]
    [InlineData("optimizer.ParamGroups.ToList().ForEach(g => {|WARM2004:g.LearningRate = 0.5|});", "optimizer.ParamGroups.ToList().ForEach(g => g.InitialLearningRate = g.LearningRate = 0.5);")]
    [InlineData("if (open > 1) foreach (var g in optimizer.ParamGroups) { {|WARM2004:g.LearningRate = open|}; break; }", "if (open > 1) foreach (var g in optimizer.ParamGroups) { g.InitialLearningRate = g.LearningRate = open; break; }")]
    [InlineData("for (var i = 0; i < 1; i++) {|WARM2004:optimizer.ParamGroups.ToList()[i].LearningRate = 0.5|};", "for (var i = 0; i < 1; i++) optimizer.ParamGroups.ToList()[i].InitialLearningRate = optimizer.ParamGroups.ToList()[i].LearningRate = 0.5;")]
    public async Task IsReportedAndMended(string between, string mended)
    {
        await Verify.Fix(Program(Lambda, between), Program(Lambda, mended));
        await Verify.Fix(Program(Sequence, between), Program(Sequence, mended));
    }

    [Fact]
    public Task AllWritesAreMendedInOneClick() => Verify.Fix(
        Program(Lambda, "{|WARM2004:optimizer.ParamGroups.First().LearningRate = 0.5|}; optimizer.ParamGroups.Last().LearningRate = 0.2;"),
        Program(Lambda, "optimizer.ParamGroups.First().InitialLearningRate = optimizer.ParamGroups.First().LearningRate = 0.5; optimizer.ParamGroups.Last().InitialLearningRate = optimizer.ParamGroups.Last().LearningRate = 0.2;"));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 1.0, 100)")]
    [InlineData("CyclicLR(optimizer, 0.1, 1.0)")]
    [InlineData("new torch.optim.lr_scheduler.impl.OneCycleLR(optimizer, open, epochs: 10, steps_per_epoch: 5)")]
    public Task SchedulersWithRatesOfTheirOwnHaveNoFix(string scheduler) =>
        Verify.NoFix(Program(scheduler, "foreach (var g in optimizer.ParamGroups) {|WARM2004:g.LearningRate = 0.5|};"));

    [Theory]
    [InlineData("StepLR(optimizer, 3)")]
    [InlineData("MultiStepLR(optimizer, new[] { 3 })")]
    [InlineData("ExponentialLR(optimizer, 0.9)")]
    [InlineData("PolynomialLR(optimizer, 5)")]
    [InlineData("ConstantLR(optimizer)")]
    [InlineData("LinearLR(optimizer)")]
    [InlineData("CosineAnnealingLR(optimizer, 10)")]
    [InlineData("MultiplicativeLR(optimizer, e => 0.9)")]
    [InlineData("ReduceLROnPlateau(optimizer)")]
    public Task TheOtherSchedulersCarryItOn(string scheduler) => Verify.Silent(Program(scheduler, "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;"));

    [Theory]
    [InlineData("foreach (var g in optimizer.ParamGroups) { g.LearningRate = 0.5; g.InitialLearningRate = 0.5; }")]
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.1;")]
    [InlineData("foreach (var g in optimizer.ParamGroups) Console.WriteLine(g.LearningRate);")]
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5; optimizer.step();")]
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5; Pretrain(optimizer);")]
    [InlineData("void Set() { foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5; } Set();")]
    [InlineData("var first = optimizer.ParamGroups.First(); Pretrain(optimizer); first.LearningRate = 0.5;")]
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5; var rate = optimizer.ParamGroups.First().LearningRate;")]
    [InlineData("if (open > 1) { optimizer.ParamGroups.First().LearningRate = 0.5; return; }")]
    [InlineData("var other = torch.optim.SGD(model.parameters(), 0.1); other.ParamGroups.First().LearningRate = 0.5;")]
    [InlineData("")]
    public Task WhatIsUsedOrSetElsewhereIsSilent(string between) => Verify.Silent(Program(Lambda, between));

    [Fact]
    public Task AWriteBehindTheSchedulerIsAnothersBusiness() => Verify.Silent(Program(Lambda).Replace("for (int epoch", "optimizer.ParamGroups.First().LearningRate = 0.5; for (int epoch", StringComparison.Ordinal));

    [Fact]
    public Task AWriteInAnotherBranchIsSilent() => Verify.Silent(Program("LambdaLR(optimizer, e => 1)").Replace(
        "var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => 1);",
        "torch.optim.lr_scheduler.LRScheduler scheduler; if (open > 1) { optimizer.ParamGroups.First().LearningRate = 0.5; scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 3); } else { scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => 1); }",
        StringComparison.Ordinal));

    [Fact]
    public Task AFactorThatReadsTheRateIsSilent() => Verify.Silent(Program(
        "LambdaLR(optimizer, e => 0.01 / optimizer.ParamGroups.First().LearningRate)", "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;"));

    [Fact]
    public Task TheSameVariableIsTheSameRate() => Verify.Silent(ArgumentSource.Script(
        ArgumentSource.Factory + Lambda, "optimizer.ParamGroups.First().LearningRate = rate;", "var rate = double.Parse(args[0]);", optimizer: "torch.optim.SGD(model.parameters(), rate)"));

    [Fact]
    public Task ASequenceOfSchedulersFromElsewhereIsSilent() => Verify.Silent(Program(
        "SequentialLR(optimizer, Make(optimizer), new[] { 5 })", "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;"));

    [Theory]
    [InlineData(Lambda, "0.01, 0.02, 0.03, 0.04, 0.05, 0.06, …", "0.05, 0.1, 0.15, 0.2, 0.25, 0.3, …")]
    [InlineData("LambdaLR(optimizer, e => 1)", "0.1, 0.1, 0.1, 0.1, 0.1, 0.1, …", "0.5, 0.5, 0.5, 0.5, 0.5, 0.5, …")]
    public async Task TheNumbersAreThoseOfARun(string scheduler, string real, string meant)
    {
        const string Write = "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;";
        var source = ArgumentSource.Script(ArgumentSource.Factory + scheduler, Write);
        var message = (await ArgumentSource.Finding(source)).GetMessage();
        Assert.Equal(real, ArgumentSource.Run(source));
        Assert.Equal(meant, ArgumentSource.Run(source.Replace("g.LearningRate =", "g.InitialLearningRate = g.LearningRate =", StringComparison.Ordinal)));
        Assert.StartsWith($"The learning rate that is set here is ignored: LambdaLR starts from InitialLearningRate, so the learning rate runs {real} ", message);
        Assert.Contains($" instead of {meant} ", message);
    }

    [Theory]
    [InlineData(Sequence)]
    [InlineData("OneCycleLR(optimizer, 1.0, 100, cycle_momentum: false)")]
    [InlineData("CyclicLR(optimizer, 0.1, 1.0, cycle_momentum: false)")]
    public void ARunIgnoresItIndeed(string scheduler)
    {
        var source = ArgumentSource.Script(ArgumentSource.Factory + scheduler, "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;");
        Assert.Equal(TrainingRun.LearningRates(ArgumentSource.Script(ArgumentSource.Factory + scheduler)), TrainingRun.LearningRates(source));
    }

    [Theory]
    [InlineData("LambdaLR(optimizer, e => {|CS0103:undefined|})")]
    [InlineData("LambdaLR(optimizer, {|CS1525:)|}")]
    public Task HalfTypedCodeIsSilent(string scheduler) => Verify.Silent(Program(scheduler, "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5;"));

    private static string Program(string scheduler, string between = "") => ArgumentSource.Script(
        scheduler.StartsWith("new ", StringComparison.Ordinal) ? scheduler : ArgumentSource.Factory + scheduler,
        between,
        "var open = double.Parse(args[0]);",
        """
        private static void Pretrain(torch.optim.Optimizer optimizer) => optimizer.step();

        private static IEnumerable<torch.optim.lr_scheduler.LRScheduler> Make(torch.optim.Optimizer optimizer) => new[] { torch.optim.lr_scheduler.LinearLR(optimizer) };
        """);
}
