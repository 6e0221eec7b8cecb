using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.OwnGroupRateFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class OwnGroupRateTests
{
    private static string Program(string optimizer, string before = "", string after = "", string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            private const double Rate = 1e-4;

            public static void Main()
            {
                using var a = torch.nn.Linear(4, 4);
                using var b = torch.nn.Linear(4, 1);
                {{before}}
                var optimizer = {{optimizer}};
                {{after}}
                for (var epoch = 0; epoch < 20; epoch++)
                    optimizer.step();
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("Adam(new[] { {|WARM5007:new Adam.ParamGroup(a.parameters())|} }, 1e-4)", "Adam(new[] { new Adam.ParamGroup(a.parameters(), lr: 1e-4) }, 1e-4)")]
    [InlineData("Adam(lr: Rate, parameters: new[] { {|WARM5007:new Adam.ParamGroup(a.parameters(), weight_decay: 0.1 /* some */)|} })", "Adam(lr: Rate, parameters: new[] { new Adam.ParamGroup(a.parameters(), weight_decay: 0.1, lr: Rate /* some */) })")]
    [InlineData("torch.optim.SGD(new SGD.ParamGroup[] { {|WARM5007:new(a.parameters())|}, {|WARM5007:new(b.parameters())|} }, learningRate: 0.1, momentum: 0.9)", "torch.optim.SGD(new SGD.ParamGroup[] { new(a.parameters(), lr: 0.1), new(b.parameters(), lr: 0.1) }, learningRate: 0.1, momentum: 0.9)")]
    [InlineData("AdamW(new List<AdamW.ParamGroup> { {|WARM5007:new(a.parameters())|}, new(b.parameters(), 0.01) }, Rate / 10)", "AdamW(new List<AdamW.ParamGroup> { new(a.parameters(), lr: Rate / 10), new(b.parameters(), 0.01) }, Rate / 10)")]
    [InlineData("NAdam(new[] { {|WARM5007:new NAdam.ParamGroup(a.parameters())|} })", "NAdam(new[] { new NAdam.ParamGroup(a.parameters(), lr: 0.002) })")]
    [InlineData("RMSProp(new[] { {|WARM5007:new TorchSharp.Modules.RMSProp.ParamGroup(parameters: a.parameters())|} }, -(-0.05))", "RMSProp(new[] { new TorchSharp.Modules.RMSProp.ParamGroup(parameters: a.parameters(), lr: -(-0.05)) }, -(-0.05))")]
    [InlineData("new Adagrad(new[] { {|WARM5007:new Adagrad.ParamGroup(a.parameters())|} }, Program.Rate)", "new Adagrad(new[] { new Adagrad.ParamGroup(a.parameters(), lr: Program.Rate) }, Program.Rate)")]
    public Task IsMended(string wrong, string mended) => Verify.Fix(Program(wrong), Program(mended));

    [Fact]
    public Task OverSeveralLines() => Verify.Fix(
        Program("""
            Adam(
                        new[]
                        {
                            {|WARM5007:new Adam.ParamGroup(
                                a.parameters(), // the body
                                eps: 1e-6 // small
                            )|}, // first
                        },
                        1e-4)
            """),
        Program("""
            Adam(
                        new[]
                        {
                            new Adam.ParamGroup(
                                a.parameters(), // the body
                                eps: 1e-6, lr: 1e-4 // small
                            ), // first
                        },
                        1e-4)
            """));

    [Theory]
    [InlineData("Adam(groups, lr)", "var lr = 1e-4; var groups = new[] { {|WARM5007:new Adam.ParamGroup(a.parameters())|} };", "var lr = 1e-4; var groups = new[] { new Adam.ParamGroup(a.parameters(), lr: lr) };")]
    [InlineData("Adam(new[] { body }, Rate)", "var body = {|WARM5007:new Adam.ParamGroup(a.parameters())|};", "var body = new Adam.ParamGroup(a.parameters(), lr: Rate);")]
    public Task HeldByAVariable(string optimizer, string before, string mended) => Verify.Fix(Program(optimizer, before), Program(optimizer, mended));

    [Fact]
    public Task AddedLater() => Verify.Fix(
        Program("SGD(a.parameters(), 0.1)", after: "optimizer.add_param_group({|WARM5007:new SGD.ParamGroup(b.parameters())|});"),
        Program("SGD(a.parameters(), 0.1)", after: "optimizer.add_param_group(new SGD.ParamGroup(b.parameters(), lr: 0.1));"));

    [Theory]
    [InlineData("Adam(groups, lr)", "var groups = new[] { {|WARM5007:new Adam.ParamGroup(a.parameters())|} }; var lr = 1e-4;")]
    [InlineData("Adam(new[] { {|WARM5007:new Adam.ParamGroup(a.parameters())|} }, Small())", "static double Small() => 1e-4;")]
    public Task WithoutAFix(string optimizer, string before) => Verify.NoFix(Program(optimizer, before));

    [Theory]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters()) }, 1e-3)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters()) })")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters(), 1e-4) }, 1e-2)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters(), lr: 1e-4) }, 1e-2)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup { Parameters = a.parameters() } }, 1e-2)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters(), new Adam.Options()) }, 1e-2)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters()) { Options = new Adam.Options { LearningRate = 1e-2 } } }, 1e-2)")]
    [InlineData("Adam(new[] { new Adam.ParamGroup(a.parameters()) }, double.Parse(\"1e-2\"))")]
    [InlineData("Adam(a.parameters(), 1e-2)")]
    public Task WhatIsRightOrNotKnownIsSilent(string optimizer) => Verify.Silent(Program(optimizer));

    [Theory]
    [InlineData("foreach (var group in optimizer.ParamGroups) group.LearningRate = 1e-2;")]
    [InlineData("optimizer.ParamGroups.First().LearningRate = 1e-2;")]
    [InlineData("Prepare(optimizer);")]
    [InlineData("var scheduler = lr_scheduler.OneCycleLR(optimizer, 0.1, 20); scheduler.step();")]
    [InlineData("var scheduler = lr_scheduler.CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false); scheduler.step();")]
    public Task ARateThatIsSetLaterCounts(string after) => Verify.Silent(Program(
        "Adam(new[] { new Adam.ParamGroup(a.parameters()) }, 1e-2)",
        after: after,
        members: after.StartsWith("Prepare", System.StringComparison.Ordinal) ? "static void Prepare(Optimizer o) { foreach (var g in o.ParamGroups) g.LearningRate = 1e-2; }" : ""));

    [Fact]
    public Task AGroupThatIsSetByHandIsSilent() => Verify.Silent(Program(
        "Adam(new[] { group }, 1e-2)", "var group = new Adam.ParamGroup(a.parameters()); group.Options.LearningRate = 1e-2;"));

    [Fact]
    public Task ARateOfAnotherOptimizerIsAnotherMatter() => Verify.Fix(
        Program("SGD(new[] { {|WARM5007:new SGD.ParamGroup(a.parameters())|} }, 0.1)", after: "var other = SGD(b.parameters(), 0.2); other.ParamGroups.First().LearningRate = 0.3;"),
        Program("SGD(new[] { new SGD.ParamGroup(a.parameters(), lr: 0.1) }, 0.1)", after: "var other = SGD(b.parameters(), 0.2); other.ParamGroups.First().LearningRate = 0.3;"));

    [Fact]
    public Task InATrainer() => Verify.Fix(Trainer("{|WARM5007:new SGD.ParamGroup(model.parameters())|}"), Trainer("new SGD.ParamGroup(model.parameters(), lr: Rate)"));

    private static string Trainer(string group) => Program("SGD(a.parameters(), 0.1)", members: $$"""
        private sealed class Trainer
        {
            private const double Rate = 0.05;
            private readonly Optimizer _optimizer;

            public Trainer(nn.Module model) => _optimizer = SGD(new[] { {{group}} }, Rate);

            public async System.Threading.Tasks.Task Epoch()
            {
                await System.Threading.Tasks.Task.Yield();
                _optimizer.step();
            }
        }
        """);

    [Fact]
    public Task AnOwnGroupIsNotTorchSharps() => Verify.Silent(Program(
        "Own.Make(new[] { new Own.ParamGroup(a.parameters()) }, 0.1)",
        members: """
            private static class Own
            {
                public sealed class ParamGroup
                {
                    public ParamGroup(IEnumerable<Parameter> parameters, double lr = 1e-3) { }
                }

                public static Optimizer Make(IEnumerable<ParamGroup> groups, double lr) => null!;
            }
            """));

    [Fact]
    public async Task TheMessageHasBothRates() => Assert.Equal(
        "WARM5007: A parameter group does not take the optimizer's learning rate: it starts with 0.001, its own default, and not with 0.1 in TorchSharp 0.107.0",
        (await Findings.In(Program("SGD(new[] { new SGD.ParamGroup(a.parameters()) }, 0.1)"))).Select(found => found.Id + ": " + found.GetMessage()).Single());

    [Theory]
    [InlineData("SGD(new[] { new SGD.ParamGroup(a.parameters() }, 0.1)")]
    [InlineData("SGD(new[] { new SGD.ParamGroup() }, 0.1)")]
    [InlineData("SGD(new[] { new SGD.ParamGroup(a.parameters()) }, )")]
    [InlineData("SGD(new[] { new SGD.ParamGroup(a.parameters()) }, x)")]
    [InlineData("SGD(new[] { new SGD.ParamGroup(")]
    public async Task HalfTypedCodeIsSilent(string optimizer) => Assert.Empty(await Findings.In(Program(optimizer), mustCompile: false));
}
