using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.ArgumentAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class NumberOfLambdasTests
{
    private const string Two = "new[] { new TorchSharp.Modules.SGD.ParamGroup { Parameters = a.parameters() }, new TorchSharp.Modules.SGD.ParamGroup { Parameters = b.parameters() } }";

    private static string Program(string scheduler, string optimizer = "a.parameters()", string between = "", string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch.optim;

        public static class Program
        {
            public static void Main()
            {
                using var a = torch.nn.Linear(4, 4);
                using var b = torch.nn.Linear(4, 1);
                var optimizer = SGD({{optimizer}}, 0.05);
                {{between}}
                var scheduler = {{scheduler}};
                for (var epoch = 0; epoch < 20; epoch++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 1, e => 0.5 }|})", "a.parameters()")]
    [InlineData("new lr_scheduler.impl.LambdaLR(lr_lambdas: {|WARM2005:[e => 1, e => 0.5]|}, optimizer: optimizer)", "a.parameters()")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new List<Func<int, double>> { e => 1, e => 0.5 }|})", "a.parameters().Concat(b.parameters())")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 1, e => 0.5 }|})", "a.named_parameters()")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 1 }|})", Two)]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 1, e => 1, e => 1 }|})", Two)]
    [InlineData("new lr_scheduler.impl.MultiplicativeLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 0.9 }|})", Two)]
    [InlineData("new torch.optim.lr_scheduler.impl.MultiplicativeLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 0.9, e => 0.8 }|})", "a.parameters()")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:s_lambdas|})", "a.parameters()", "", "private static readonly Func<int, double>[] s_lambdas = { e => 1, e => 0.5 };")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:new Func<int, double>[] { e => 1 }|})", "a.parameters()", "optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() });")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, {|WARM2005:lambdas|})", "groups", "var lambdas = new Func<int, double>[] { e => 1 }; optimizer.zero_grad(); foreach (var g in optimizer.ParamGroups) Console.WriteLine(g.LearningRate);", Groups)]
    public Task IsReported(string scheduler, string optimizer, string between = "", string members = "") =>
        Verify.NoFix(Program(scheduler, optimizer, between, members));

    private const string Groups = "private static readonly SGD.ParamGroup[] groups = { new() { Parameters = torch.nn.Linear(1, 1).parameters() }, new() { Parameters = torch.nn.Linear(1, 1).parameters() } };";

    [Fact]
    public Task The_groups_that_come_later_are_another_mistake() => Verify.Silent(Program(
        "new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 0.5 }); optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() })"));

    [Theory]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1 })", "a.parameters()")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", Two)]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, e => 1)", Two)]
    [InlineData("lr_scheduler.LambdaLR(optimizer, e => 1)", Two)]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "a.parameters()", "optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() });")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "a.parameters()", "if (Console.ReadLine() == null) optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() });")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "a.parameters()", "foreach (var more in new[] { b }) { optimizer.add_param_group(new SGD.ParamGroup { Parameters = more.parameters() }); }")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "a.parameters()", "Prepare(optimizer);", "static void Prepare(Optimizer o) => o.add_param_group(new SGD.ParamGroup { Parameters = torch.nn.Linear(1, 1).parameters() });")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "a.parameters()", "void More() => optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() }); More();")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, new Func<int, double>[] { e => 1, e => 1 })", "Groups()", "", "static IEnumerable<SGD.ParamGroup> Groups() { yield return new() { Parameters = torch.nn.Linear(1, 1).parameters() }; }")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, lambdas)", "a.parameters()", "var lambdas = new List<Func<int, double>> { e => 1, e => 1 }; lambdas.RemoveAt(0);")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, Enumerable.Repeat<Func<int, double>>(e => 1, 2))", "a.parameters()")]
    public Task WhatIsRightOrNotKnownIsSilent(string scheduler, string optimizer, string between = "", string members = "") =>
        Verify.Silent(Program(scheduler, optimizer, between, members));

    [Theory]
    [InlineData("LambdaLR(optimizer, [e => 1])", Two, "1 lambda for 2 parameter groups, so the constructor throws an ArgumentOutOfRangeException")]
    [InlineData("MultiplicativeLR(optimizer, [e => 1])", Two, "1 lambda for 2 parameter groups, so the first step() throws an ArgumentOutOfRangeException")]
    [InlineData("LambdaLR(optimizer, [e => 1, e => 1])", "a.parameters()", "2 lambdas for 1 parameter group, so the last one is ignored")]
    [InlineData("LambdaLR(optimizer, [e => 1, e => 1, e => 0])", "a.parameters()", "3 lambdas for 1 parameter group, so the last 2 are ignored")]
    public async Task TheMessageSaysWhatHappens(string scheduler, string optimizer, string effect) => Assert.Equal(
        "WARM2005: The number of lambdas is not the number of parameter groups: " + effect,
        (await Findings.In(Program("new lr_scheduler.impl." + scheduler, optimizer))).Select(found => found.Id + ": " + found.GetMessage()).Single());

    /// <summary>What the message says is what TorchSharp does, with one group.</summary>
    [Fact]
    public void ItIsSo()
    {
        static string Source(string scheduler) => FactorSource.Script("", scheduler: "new torch.optim.lr_scheduler.impl." + scheduler);
        Assert.Equal([0.025, 0.025], TrainingRun.LearningRates(Source("LambdaLR(optimizer, [e => 0.5, e => 0])")).Take(2));
        var thrown = Assert.ThrowsAny<Exception>(() => TrainingRun.LearningRates(Source("LambdaLR(optimizer, new Func<int, double>[0])")));
        Assert.IsType<ArgumentOutOfRangeException>(thrown.InnerException);
        thrown = Assert.ThrowsAny<Exception>(() => TrainingRun.LearningRates(Source("MultiplicativeLR(optimizer, new Func<int, double>[0])")));
        Assert.IsType<ArgumentOutOfRangeException>(thrown.InnerException);
    }

    [Theory]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, [e => 1, e => ])")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, [e => 1, ")]
    [InlineData("new lr_scheduler.impl.LambdaLR(optimizer, [e => x, e => 1])")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.Empty(await Findings.In(Program(scheduler), mustCompile: false));
}
