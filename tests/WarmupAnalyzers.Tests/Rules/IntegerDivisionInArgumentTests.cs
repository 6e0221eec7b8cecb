using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class IntegerDivisionInArgumentTests
{
    private const string Before = "const int warmup = 10; var n = 5; var open = int.Parse(args[0]);";

    [Theory]
    [InlineData("LinearLR(optimizer, {|WARM1002:1 / 10|})", "LinearLR(optimizer, 1.0 / 10)")]
    [InlineData("LinearLR(optimizer, start_factor: {|WARM1002:1 / warmup|}, total_iters: warmup)", "LinearLR(optimizer, start_factor: 1 / (double)warmup, total_iters: warmup)")]
    [InlineData("LinearLR(total_iters: n, start_factor: {|WARM1002:1 /* part */ / n|}, optimizer: optimizer)", "LinearLR(total_iters: n, start_factor: 1 /* part */ / (double)n, optimizer: optimizer)")]
    [InlineData("LinearLR(optimizer, {|WARM1002:1 / (2 * open)|})", "LinearLR(optimizer, 1 / (double)(2 * open))")]
    [InlineData("ConstantLR(optimizer, factor: {|WARM1002:1 / 3|})", "ConstantLR(optimizer, factor: 1.0 / 3)")]
    [InlineData("ConstantLR(optimizer, (double)({|WARM1002:1 / 3|}))", "ConstantLR(optimizer, (double)(1.0 / 3))")]
    [InlineData("ExponentialLR(optimizer, gamma: {|WARM1002:9 / 10|})", "ExponentialLR(optimizer, gamma: 9.0 / 10)")]
    [InlineData("StepLR(optimizer, 30, {|WARM1002:1 / 2|})", "StepLR(optimizer, 30, 1.0 / 2)")]
    [InlineData("CosineAnnealingLR(optimizer, 100, eta_min: {|WARM1002:1 / 1000|})", "CosineAnnealingLR(optimizer, 100, eta_min: 1.0 / 1000)")]
    [InlineData("CosineAnnealingLR(optimizer, open / warmup, eta_min: {|WARM1002:1 / 1000|})", "CosineAnnealingLR(optimizer, open / warmup, eta_min: 1.0 / 1000)")]
    [InlineData("ReduceLROnPlateau(optimizer, factor: {|WARM1002:1 / 2|})", "ReduceLROnPlateau(optimizer, factor: 1.0 / 2)")]
    [InlineData("OneCycleLR(optimizer, {|WARM1002:1 / 10|} * 2, 100, pct_start: {|WARM1002:3 / 10|})", "OneCycleLR(optimizer, 1.0 / 10 * 2, 100, pct_start: 3.0 / 10)")]
    public Task IsReportedAndMended(string scheduler, string mended) => Verify.Fix(Program(scheduler), Program(mended));

    [Theory]
    [InlineData("torch.optim.SGD(model.parameters(), {|WARM1002:1 / 100|})", "torch.optim.SGD(model.parameters(), 1.0 / 100)")]
    [InlineData("torch.optim.Adam(model.parameters(), lr: {|WARM1002:1 / 1000|}, weight_decay: {|WARM1002:1 / 10|})", "torch.optim.Adam(model.parameters(), lr: 1.0 / 1000, weight_decay: 1.0 / 10)")]
    [InlineData("new TorchSharp.Modules.SGD(model.parameters(), {|WARM1002:1 / 100|})", "new TorchSharp.Modules.SGD(model.parameters(), 1.0 / 100)")]
    public Task AnOptimizersArgumentIsReportedAndMended(string optimizer, string mended) =>
        Verify.Fix(Program("ExponentialLR(optimizer, 0.9)", optimizer), Program("ExponentialLR(optimizer, 0.9)", mended));

    [Theory]
    [InlineData("double start = {|WARM1002:1 / warmup|};", "double start = 1 / (double)warmup;")]
    [InlineData("const double start = {|WARM1002:1 / 10|};", "const double start = 1.0 / 10;")]
    public Task TheDivisionMayStandInAVariable(string variable, string mended) =>
        Verify.Fix(Program("LinearLR(optimizer, start)", before: variable), Program("LinearLR(optimizer, start)", before: mended));

    [Fact]
    public Task AVariableWithOtherUsesIsNotEdited() =>
        Verify.NoFix(Program("LinearLR(optimizer, start)", before: "double start = {|WARM1002:1 / 10|}; Console.WriteLine(start);"));

    [Fact]
    public Task AFixThatBringsAnotherMistakeIsNotOffered() => Verify.NoFix(Program("LinearLR(optimizer, {|WARM1002:9 / 10|} * 2)"));

    [Fact]
    public Task FixAllGoesThroughFactorsAndArguments()
    {
        string With(string rate, string start, string factor) => ArgumentSource.Script(
            $"torch.optim.lr_scheduler.SequentialLR(optimizer, new[] {{ torch.optim.lr_scheduler.LinearLR(optimizer, {start}), torch.optim.lr_scheduler.LambdaLR(optimizer, {factor}) }}, new[] {{ 5 }})",
            optimizer: $"torch.optim.SGD(model.parameters(), {rate})");
        return Verify.Fix(
            With("{|WARM1002:1 / 10|}", "{|WARM1002:1 / 10|}", "e => Math.Min({|WARM1002:(e + 1) / 5|}, 1)"),
            With("1.0 / 10", "1.0 / 10", "e => Math.Min((e + 1) / 5.0, 1.0)"));
    }

    [Theory]
    [InlineData("LinearLR(optimizer, 1.0 / 10)")]
    [InlineData("LinearLR(optimizer, 10 / 10)")]
    [InlineData("LinearLR(optimizer, open / 256 * 0.1)")]
    [InlineData("LinearLR(optimizer, 100 / 30 * 0.1)")]
    [InlineData("LinearLR(optimizer, 1 / open)", "var open = args.Length;")]
    [InlineData("LinearLR(optimizer, 0.5, total_iters: 100 / 30)")]
    [InlineData("CosineAnnealingLR(optimizer, T_max: 100 / 30 * 4)")]
    [InlineData("StepLR(optimizer, 100 / 30, Math.Pow(0.5, 5 / 2))")]
    public Task WhatIsExactOrOpenOrACountIsSilent(string scheduler, string before = Before) => Verify.Silent(Program(scheduler, before: before));

    [Theory]
    [InlineData("LinearLR(optimizer, 1 / 10, 1, 5)", "start_factor is 0 instead of 0.1")]
    [InlineData("ConstantLR(optimizer, 1 / 3)", "factor is 0 instead of 0.333")]
    [InlineData("ExponentialLR(optimizer, 1 / 2 + 0.5)", "gamma is 0.5 instead of 1")]
    public async Task TheMessageShowsBothNumbersAndNothingIsReportedTwice(string scheduler, string message)
    {
        var found = await ArgumentSource.Finding(Program(scheduler));
        Assert.Equal("WARM1002", found.Id);
        Assert.EndsWith(": " + message, found.GetMessage());
    }

    [Fact]
    public async Task AnotherMistakeOfTheSameCreationIsReportedBeside() =>
        Assert.Equal(["WARM1002", "WARM2002"], (await Findings.In(Program("LinearLR(optimizer, 1 / 10, 1, 0)"))).Select(found => found.Id));

    [Theory]
    [InlineData("LinearLR(optimizer, 1 / {|CS0103:undefined|})")]
    [InlineData("LinearLR(optimizer, 1 / 10, {|CS0103:undefined|})")]
    [InlineData("LinearLR(optimizer, 1 / {|CS1525:)|}")]
    public Task HalfTypedCodeIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    private static string Program(string scheduler, string optimizer = "torch.optim.SGD(model.parameters(), 0.1)", string before = Before) =>
        ArgumentSource.Script(ArgumentSource.Factory + scheduler, before: before.Contains("warmup", StringComparison.Ordinal) && before != Before ? "const int warmup = 10; " + before : before, optimizer: optimizer);
}
