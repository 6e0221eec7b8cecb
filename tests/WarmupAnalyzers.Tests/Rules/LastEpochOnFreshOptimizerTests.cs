using System;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Xunit;
using Review = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentReviewFix>;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.ArgumentFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class LastEpochOnFreshOptimizerTests
{
    private static DiagnosticResult Info { get; } =
        Review.Diagnostic("WARM2003", 0, DiagnosticSeverity.Info).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations);

    private const string Before = "var start = 5; var open = int.Parse(args[0]);";

    [Theory]
    [InlineData("ExponentialLR(optimizer, 0.9, {|WARM2003:0|}, true)", "ExponentialLR(optimizer, 0.9, verbose: true)")]
    [InlineData("ExponentialLR(optimizer, gamma: 0.9, {|WARM2003:last_epoch: 4|})", "ExponentialLR(optimizer, gamma: 0.9)")]
    [InlineData("StepLR(optimizer, 4, .2, {|WARM2003:last_epoch: start|})", "StepLR(optimizer, 4, .2)")]
    [InlineData("StepLR({|WARM2003:last_epoch: 5|}, step_size: 3, optimizer: optimizer)", "StepLR(step_size: 3, optimizer: optimizer)")]
    [InlineData("LinearLR(optimizer, .25, 1, 4, {|WARM2003:2|})", "LinearLR(optimizer, .25, 1, 4)")]
    [InlineData("LinearLR(optimizer, .25, 1, open, {|WARM2003:2|}, verbose: false)", "LinearLR(optimizer, .25, 1, open, verbose: false)")]
    [InlineData("ConstantLR(optimizer, .5, {|WARM2003:last_epoch: 2|}, total_iters: 4)", "ConstantLR(optimizer, .5, total_iters: 4)")]
    [InlineData("PolynomialLR(optimizer, 5, 1, /* go on */ {|WARM2003:2|})", "PolynomialLR(optimizer, 5, 1 /* go on */)")]
    [InlineData("CosineAnnealingLR(optimizer, 100, 0, /* at */ {|WARM2003:2|}, /* talk */ true)", "CosineAnnealingLR(optimizer, 100, 0 /* at */, /* talk */ verbose: true)")]
    [InlineData("MultiStepLR(optimizer, new[] { 3 }, .1, {|WARM2003:0|})", "MultiStepLR(optimizer, new[] { 3 }, .1)")]
    [InlineData("MultiplicativeLR(optimizer, e => .9, {|WARM2003:2|})", "MultiplicativeLR(optimizer, e => .9)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 100, {|WARM2003:last_epoch: 2|})", "OneCycleLR(optimizer, 1.0, 100)")]
    public Task IsReportedAndMended(string scheduler, string mended) => Verify.Fix(Program(scheduler), Program(mended));

    [Fact]
    public Task LinesAndTheirCommentsStay() => Verify.Fix(
        Program("""
            StepLR(
                            optimizer, // the optimizer
                            30, // epochs
                            0.1,
                            // where we stopped
                            {|WARM2003:last_epoch: 60|}, // not yet saved
                            verbose: true)
            """),
        Program("""
            StepLR(
                            optimizer, // the optimizer
                            30, // epochs
                            0.1 // where we stopped
            , // not yet saved
                            verbose: true)
            """));

    [Theory]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1), {|#0:last_epoch: 2|})", "LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1))")]
    [InlineData("LambdaLR(optimizer, e => 1, {|#0:2|}, false)", "LambdaLR(optimizer, e => 1, verbose: false)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, {|#0:last_epoch: 2|})", "CyclicLR(optimizer, 0.1, 0.5)")]
    [InlineData("OneCycleLR(optimizer, 1.0, 100, cycle_momentum: false, {|#0:last_epoch: 2|})", "OneCycleLR(optimizer, 1.0, 100, cycle_momentum: false)")]
    public async Task WhatIsRightAtAnyIndexIsInformationAndNeedsReview(string scheduler, string mended)
    {
        await Review.Fix(Program(scheduler), Program(mended), Info);
        await Verify.NoFix(Program(scheduler), Info);
    }

    [Fact]
    public Task SeveralOnOneLineAreMendedTogether()
    {
        string Both(string one, string other) => Program(
            "StepLR(optimizer, 3" + one + ")", "var other = torch.optim.SGD(model.parameters(), 0.2); var second = torch.optim.lr_scheduler.ExponentialLR(other, 0.9" + other + ");");
        return Verify.Fix(Both(", {|WARM2003:last_epoch: 3|}", ", {|WARM2003:last_epoch: 1|}"), Both("", ""));
    }

    [Fact]
    public Task TheFirstOfASequenceIsTheOneThatFindsTheOptimizerFresh()
    {
        string Sequence(string last) => Program(
            $"SequentialLR(optimizer, new[] {{ torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9{last}), torch.optim.lr_scheduler.StepLR(optimizer, 3, last_epoch: 1) }}, new[] {{ 5 }})");
        return Verify.Fix(Sequence(", {|WARM2003:last_epoch: 3|}"), Sequence(""));
    }

    [Theory]
    [InlineData("StepLR(optimizer, 3, last_epoch: -1)")]
    [InlineData("StepLR(optimizer, 3, last_epoch: open)")]
    [InlineData("StepLR(optimizer, 3, last_epoch: open > 3 ? 4 : -1)")]
    [InlineData("StepLR(optimizer, 3)")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "optimizer.load_state_dict(\"saved\");")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "if (open > 1) optimizer.load_state_dict(\"saved\");")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.01;")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "Resume(optimizer);")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "void Load() => optimizer.load_state_dict(\"saved\"); Load();")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "Action load = () => optimizer.load_state_dict(\"saved\"); load();")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "var earlier = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9);")]
    [InlineData("StepLR(optimizer, 3, last_epoch: 2)", "for (var i = 0; i < 3; i++) optimizer.step();")]
    public Task WhatMayHaveBeenResumedIsSilent(string scheduler, string between = "") => Verify.Silent(Program(scheduler, between));

    [Fact]
    public Task AnOptimizerFromElsewhereIsSilent() => Verify.Silent(Program("StepLR(optimizer, 3, last_epoch: 2)", optimizer: "Make(model)", members: "private static torch.optim.Optimizer Make(TorchSharp.Modules.Linear model) => torch.optim.SGD(model.parameters(), 0.1);"));

    [Fact]
    public Task AnOptimizerMadeOutsideTheLoopIsNotFreshInIt() => Verify.Silent(Program("StepLR(optimizer, 3, last_epoch: 2)").Replace("var scheduler =", "foreach (var fold in new[] { 1, 2 }) _ =", StringComparison.Ordinal).Replace("scheduler.step();", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("private", "")]
    [InlineData("private", "model.load(\"weights\");")]
    [InlineData("protected", "this._optimizer.zero_grad();")]
    public Task FieldsCountInTheirConstructor(string access, string between)
    {
        string Trainer(string last) => $$"""
            using TorchSharp;
            using TorchSharp.Modules;
            using static TorchSharp.torch.optim;

            public class Trainer
            {
                {{access}} readonly Optimizer _optimizer;
                {{access}} readonly lr_scheduler.LRScheduler _scheduler;

                public Trainer(Linear model)
                {
                    _optimizer = SGD(model.parameters(), 0.1);
                    {{between}}
                    _scheduler = lr_scheduler.StepLR(_optimizer, 3{{last}});
                }

                public static void Main() { }
            }
            """;
        return Verify.Fix(Trainer(", {|WARM2003:last_epoch: 2|}"), Trainer(""));
    }

    [Theory]
    [InlineData("StepLR(optimizer, 1, .2, last_epoch: 5)")]
    [InlineData("ExponentialLR(optimizer, .5, last_epoch: 0)")]
    [InlineData("LinearLR(optimizer, .25, 1, 4, last_epoch: 2)")]
    [InlineData("LinearLR(optimizer, .1, 1, 5, last_epoch: 2)")]
    [InlineData("PolynomialLR(optimizer, 5, last_epoch: 2)")]
    [InlineData("LambdaLR(optimizer, e => Math.Min((e + 1) / 10.0, 1), last_epoch: 3)")]
    [InlineData("CyclicLR(optimizer, 0.1, 0.5, 2, cycle_momentum: false, last_epoch: 2)")]
    public Task TheNumbersAreThoseOfARun(string scheduler) => ArgumentSource.MessageIsOfRun(Program(scheduler, before: ""), "WARM2003");

    [Fact]
    public async Task WhatShouldHaveBeenIsShownBeside()
    {
        var source = Program("LinearLR(optimizer, .25, 1, 4, last_epoch: 2)", before: "");
        Assert.Equal(
            "The optimizer is fresh although last_epoch is given: the learning rate runs 0.13, 0.16, 0.16, 0.16, 0.16, 0.16, … ▇███████ instead of 0.025, 0.0438, 0.0625, 0.0813, 0.1, 0.1, … ▃▄▅▇████",
            (await ArgumentSource.Finding(source)).GetMessage());
        Assert.Equal("0.025, 0.0438, 0.0625, 0.0813, 0.1, 0.1, …", ArgumentSource.Run(source.Replace(", last_epoch: 2", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("StepLR(optimizer, {|CS0103:undefined|}, last_epoch: 2)")]
    [InlineData("StepLR(optimizer, 3, last_epoch: {|CS1525:)|}")]
    public Task HalfTypedCodeIsSilent(string scheduler) => Verify.Silent(Program(scheduler));

    private static string Program(string scheduler, string between = "", string before = Before, string optimizer = "torch.optim.SGD(model.parameters(), 0.1)", string members = "") => ArgumentSource.Script(
        ArgumentSource.Factory + scheduler, between, before, members + " private static void Resume(TorchSharp.Modules.OptimizerHelper optimizer) => optimizer.load_state_dict(\"saved\");", optimizer);
}
