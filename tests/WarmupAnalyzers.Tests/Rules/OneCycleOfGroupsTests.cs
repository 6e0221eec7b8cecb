using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using Analyzer = WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer;
using ReviewFix = WarmupAnalyzers.CodeFixes.Fixes.OneCycleOfGroupsReviewFix;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, Microsoft.CodeAnalysis.Testing.EmptyCodeFixProvider>;

namespace WarmupAnalyzers.Tests.Rules;

public class OneCycleOfGroupsTests
{
    private const string Two = "torch.optim.SGD(new[] { new SGD.ParamGroup { Parameters = a.parameters() }, new SGD.ParamGroup { Parameters = b.parameters() } }, 0.1)";
    private const string Three = "torch.optim.AdamW(new AdamW.ParamGroup[] { new() { Parameters = a.parameters() }, new() { Parameters = b.parameters() }, new() { Parameters = b.parameters() } }, 0.1)";

    private static string Program(string scheduler, string optimizer = Two, string between = "", string members = "") => $$"""
        using System;
        using System.Collections.Generic;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main()
            {
                using var a = torch.nn.Linear(4, 4);
                using var b = torch.nn.Linear(4, 1);
                var optimizer = {{optimizer}};
                {{between}}
                var scheduler = {{scheduler}};
                for (var step = 0; step < 10; step++)
                {
                    optimizer.step();
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, 10)", Two)]
    [InlineData("OneCycleLR(total_steps: 10, max_lr: 0.1, optimizer: optimizer)", Two)]
    [InlineData("torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.1, epochs: 2, steps_per_epoch: 5, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear)", Two)]
    [InlineData("new lr_scheduler.impl.OneCycleLR(optimizer, new[] { 0.1, 0.2 }, 10)", Two)]
    [InlineData("OneCycleLR(optimizer, double.Parse(\"0.1\"), int.Parse(\"10\"))", Two)]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", Three)]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, three_phase: true)", Three)]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", "torch.optim.SGD(a.parameters(), 0.1)", "optimizer.add_param_group(new SGD.ParamGroup { Parameters = b.parameters() });")]
    public Task IsReported(string scheduler, string optimizer, string between = "") => Verify.NoFix(Program("{|WARM5001:" + scheduler + "|}", optimizer, between));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", "torch.optim.SGD(a.parameters(), 0.1)")]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, three_phase: true)", Two)]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, three_phase: bool.Parse(\"false\"))", Two)]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", "torch.optim.Adagrad(new[] { new Adagrad.ParamGroup { Parameters = a.parameters() }, new Adagrad.ParamGroup { Parameters = b.parameters() } }, 0.1)")]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", "Make()", "static Optimizer Make() => torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), 0.1);")]
    [InlineData("CyclicLR(optimizer, 0.01, 0.1, cycle_momentum: false)", Two)]
    [InlineData("Own.OneCycleLR(optimizer, 0.1, 10)", Two, "private sealed class Own { public static Own OneCycleLR(Optimizer optimizer, double max_lr, int total_steps, bool three_phase = false) => new(); public void step() { } }")]
    public Task WhatIsRightOrNotKnownIsSilent(string scheduler, string optimizer, string members = "") => Verify.Silent(Program(scheduler, optimizer, members: members));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 25, 10, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear)", "group 2 of 2 never leaves its first phase, so its last learning rate is 109 where that of group 1 is 0.0001 in TorchSharp 0.107.0")]
    [InlineData("OneCycleLR(optimizer, double.Parse(\"25\"), 10)", "group 2 of 2 never leaves its first phase in TorchSharp 0.107.0")]
    public async Task TheMessageSaysWhatHappens(string scheduler, string effect) => Assert.Equal(
        "WARM5001: OneCycleLR goes wrong with several parameter groups: " + effect,
        (await Findings.In(Program(scheduler))).Select(found => found.Id + ": " + found.GetMessage()).Single());

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, )")]
    [InlineData("OneCycleLR(optimizer, 0.1, x)")]
    [InlineData("OneCycleLR(optimizer")]
    public async Task HalfTypedCodeIsSilent(string scheduler) => Assert.Empty(await Findings.In(Program(scheduler), mustCompile: false));

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, 10)", "LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: 10)")]
    [InlineData("OneCycleLR(total_steps: 10, max_lr: 0.1, optimizer: optimizer)", "LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: 10)")]
    [InlineData("lr_scheduler.OneCycleLR(optimizer, 0.1, epochs: 2 + 3, steps_per_epoch: 5)", "LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: (2 + 3) * 5)")]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, div_factor: 10)", "LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: 10, div_factor: 10, shape: TransitionShape.Linear)")]
    [InlineData("new lr_scheduler.impl.OneCycleLR(optimizer, 0.1, int.Parse(\"10\"), pct_start: 0.2, cycle_momentum: false)", "LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: int.Parse(\"10\"), pct_start: 0.2, cycle_momentum: false)")]
    public Task Becomes_our_own_where_that_is_referenced(string scheduler, string own) => Replaced(scheduler, own);

    [Theory]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, last_epoch: 3)")]
    [InlineData("OneCycleLR(optimizer, 0.1, 10, base_momentum: double.Parse(\"0.8\"), pct_start: double.Parse(\"0.3\"))")]
    [InlineData("OneCycleLR(optimizer, 0.1, 10 /* all */)")]
    public Task Stays_where_the_other_may_not_do_the_same(string scheduler) => Replaced(scheduler, null);

    [Fact]
    public Task Stays_where_the_library_is_not_referenced() =>
        WarmupAnalyzers.Tests.Verify<Analyzer, ReviewFix>.NoFix(Program("{|WARM5001:OneCycleLR(optimizer, 0.1, 10)|}"));

    private static Task Replaced(string scheduler, string? own)
    {
        var before = "using WarmupSchedulers;\n" + Program("{|WARM5001:" + scheduler + "|}");
        var test = new WarmupTest<Analyzer, ReviewFix> { TestCode = before, FixedCode = own is null ? before : "using WarmupSchedulers;\n" + Program(own) };
        test.TestState.AdditionalReferences.Add(TestReferences.WarmupSchedulers);
        return test.RunAsync(CancellationToken.None);
    }
}
