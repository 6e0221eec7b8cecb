using System.Linq;
using System.Threading.Tasks;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.TorchSharpDefectAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.BrokenChainedLRFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class BrokenChainedLRTests
{
    private const string Ramp = "lr_scheduler.LinearLR(optimizer, 0.5, total_iters: n)";

    private static string Program(string statements, string members = "", string loop = "", string usings = "using System.Linq;") => $$"""
        using System;
        using System.Collections.Generic;
        {{usings}}
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main()
            {
                using var model = torch.nn.Linear(4, 1);
                var optimizer = SGD(model.parameters(), 0.1);
                var counts = new[] { 5, 10 };
                {{statements}}
                for (var epoch = 0; epoch < 20; epoch++)
                {
                    optimizer.step();
                    {{loop}}
                    scheduler.step();
                }
            }

            {{members}}
        }
        """;

    [Theory]
    [InlineData("counts.Select(n => " + Ramp + ")", "counts.Select(n => " + Ramp + ").ToArray()")]
    [InlineData("schedulers: counts.Select(n => " + Ramp + ")", "schedulers: counts.Select(n => " + Ramp + ").ToArray()")]
    [InlineData("counts.Select((n, i) => { var made = " + Ramp + "; return made; })", "counts.Select((n, i) => { var made = " + Ramp + "; return made; }).ToArray()")]
    [InlineData("from n in counts select " + Ramp, "(from n in counts select " + Ramp + ").ToArray()")]
    [InlineData("counts.Where(n => n > 3).Select(n => n > 5 ? " + Ramp + " : lr_scheduler.ConstantLR(optimizer)).Take(2)", "counts.Where(n => n > 3).Select(n => n > 5 ? " + Ramp + " : lr_scheduler.ConstantLR(optimizer)).Take(2).ToArray()")]
    [InlineData("counts.Select(n => n switch { 5 => " + Ramp + ", _ => throw new InvalidOperationException() })", "counts.Select(n => n switch { 5 => " + Ramp + ", _ => throw new InvalidOperationException() }).ToArray()")]
    [InlineData("counts.Select(n => (LRScheduler)new lr_scheduler.impl.LinearLR(optimizer, 0.5, 1, n))", "counts.Select(n => (LRScheduler)new lr_scheduler.impl.LinearLR(optimizer, 0.5, 1, n)).ToArray()")]
    [InlineData("counts /* each */ .Select(n => " + Ramp + ") /* all */", "counts /* each */ .Select(n => " + Ramp + ").ToArray() /* all */")]
    [InlineData("Enumerable.Select(counts, n => " + Ramp + ")", "Enumerable.Select(counts, n => " + Ramp + ").ToArray()")]
    public Task ALazyListIsMadeOnce(string list, string mended) => Verify.Fix(
        Program($"var scheduler = {{|WARM5003:lr_scheduler.ChainedLR({list})|}};"),
        Program($"var scheduler = lr_scheduler.ChainedLR({mended});"));

    [Theory]
    [InlineData("ChainedLR", "ChainedLR")]
    [InlineData("torch.optim.lr_scheduler.ChainedLR", "torch.optim.lr_scheduler.ChainedLR")]
    [InlineData("new lr_scheduler.impl.ChainedLR", "new lr_scheduler.impl.ChainedLR")]
    public Task InEverySpelling(string wrong, string mended) => Verify.Fix(
        Program($"var scheduler = {{|WARM5003:{wrong}(counts.Select(n => {Ramp}))|}};"),
        Program($"var scheduler = {mended}(counts.Select(n => {Ramp}).ToArray());"));

    [Theory]
    [InlineData("static LRScheduler Make(Optimizer optimizer, int n) => lr_scheduler.LinearLR(optimizer, 0.5, total_iters: n);", "counts.Select(n => Make(optimizer, n))")]
    [InlineData("static IEnumerable<LRScheduler> Make(Optimizer optimizer) { yield return lr_scheduler.LinearLR(optimizer); yield return lr_scheduler.ExponentialLR(optimizer, 0.9); }", "Make(optimizer)")]
    [InlineData("static Optimizer s_optimizer = null!; static LRScheduler Make(int n) { return lr_scheduler.LinearLR(s_optimizer, 0.5, total_iters: n); }", "counts.Select(Make)")]
    public Task MadeInAMethod(string member, string list) => Verify.Fix(
        Program($"var scheduler = {{|WARM5003:ChainedLR({list})|}};", member),
        Program($"var scheduler = ChainedLR({list}.ToArray());", member));

    [Fact]
    public Task HeldByAVariable() => Verify.Fix(
        Program($"var parts = counts.Select(n => {Ramp}); LRScheduler Part(int n) => {Ramp}; var scheduler = {{|WARM5003:ChainedLR(parts)|}}; var other = {{|WARM5003:ChainedLR(counts.Select(Part))|}}; other.step();"),
        Program($"var parts = counts.Select(n => {Ramp}); LRScheduler Part(int n) => {Ramp}; var scheduler = ChainedLR(parts.ToArray()); var other = ChainedLR(counts.Select(Part).ToArray()); other.step();"));

    [Fact]
    public Task OneInAnother() => Verify.Fix(
        Program("var scheduler = {|WARM5003:ChainedLR(counts.Select(n => {|WARM5003:ChainedLR(counts.Select(m => lr_scheduler.LinearLR(optimizer, 0.5, 1, m)))|}))|};"),
        Program("var scheduler = ChainedLR(counts.Select(n => ChainedLR(counts.Select(m => lr_scheduler.LinearLR(optimizer, 0.5, 1, m)).ToArray())).ToArray());"));

    [Fact]
    public Task WithoutTheUsing()
    {
        const string iterator = "static IEnumerable<LRScheduler> Make(Optimizer optimizer) { yield return lr_scheduler.LinearLR(optimizer); }";
        return Verify.Fix(
            Program("var scheduler = {|WARM5003:ChainedLR(Make(optimizer))|};", iterator, usings: ""),
            Program("var scheduler = ChainedLR(System.Linq.Enumerable.ToArray(Make(optimizer)));", iterator, usings: ""));
    }

    [Theory]
    [InlineData("counts.Select(n => " + Ramp + ").ToArray()")]
    [InlineData("counts.Select(n => " + Ramp + ").ToList()")]
    [InlineData("new[] { lr_scheduler.LinearLR(optimizer) }")]
    [InlineData("[lr_scheduler.LinearLR(optimizer), lr_scheduler.ExponentialLR(optimizer, 0.9)]")]
    [InlineData("[.. counts.Select(n => " + Ramp + ")]")]
    [InlineData("counts.Select(n => ramp)")]
    [InlineData("counts.Select(n => made[n])")]
    [InlineData("counts.Select(n => made[n] = " + Ramp + ")")]
    [InlineData("made.Values.Where(part => part != null)")]
    [InlineData("counts.Select(n => cached ??= " + Ramp + ")")]
    public Task AListThatIsMadeIsSilent(string list) => Verify.Silent(Program(
        $"var ramp = lr_scheduler.LinearLR(optimizer); LRScheduler? cached = null; var made = new Dictionary<int, LRScheduler> {{ [5] = ramp }}; var scheduler = ChainedLR({list});"));

    [Theory]
    [InlineData("{|WARM5003:scheduler.step(epoch)|};")]
    [InlineData("{|WARM5003:scheduler.step(epoch: epoch)|};")]
    [InlineData("{|WARM5003:scheduler.step(3)|};")]
    [InlineData("{|WARM5003:scheduler.step(null)|};")]
    [InlineData("{|WARM5003:scheduler.step(0.3)|};")]
    [InlineData("{|WARM5003:scheduler.step(epoch: epoch, current: 0.3)|};")]
    [InlineData("scheduler?{|WARM5003:.step(epoch)|};")]
    [InlineData("Console.WriteLine({|WARM5003:scheduler.get_last_lr()|}.First());")]
    [InlineData("foreach (var rate in {|WARM5003:scheduler.get_last_lr()|}) Console.WriteLine(rate);")]
    [InlineData("Console.WriteLine(scheduler?{|WARM5003:.get_last_lr()|});")]
    [InlineData("if (scheduler is lr_scheduler.impl.ChainedLR chained) {|WARM5003:chained.step(3)|};")]
    [InlineData("Action report = () => Console.WriteLine({|WARM5003:scheduler.get_last_lr()|}.Last()); report();")]
    public Task WhatItCannotDoIsReported(string statement) =>
        Verify.NoFix(Program("var scheduler = ChainedLR([lr_scheduler.LinearLR(optimizer)]);", loop: statement));

    [Theory]
    [InlineData("scheduler.step();")]
    [InlineData("Console.WriteLine(scheduler.get_last_lr()?.First());")]
    [InlineData("if (scheduler.get_last_lr() is { } rates) Console.WriteLine(rates.First());")]
    [InlineData("if (scheduler.get_last_lr() != null) Console.WriteLine();")]
    [InlineData("Console.WriteLine(scheduler.get_last_lr() ?? []);")]
    [InlineData("other.step(3); Console.WriteLine(other.get_last_lr().First());")]
    [InlineData("either.step(3);")]
    [InlineData("Console.WriteLine(nameof(scheduler.get_last_lr));")]
    public Task WhatIsFineOrNotKnownIsSilent(string statement) => Verify.Silent(Program(
        "var other = lr_scheduler.LinearLR(optimizer); var scheduler = ChainedLR([lr_scheduler.ExponentialLR(optimizer, 0.9)]); var either = counts.Length > 1 ? other : scheduler;",
        loop: statement));

    [Fact]
    public Task InFieldsOfATrainer() => Verify.NoFix(Program(
        "var trainer = new Trainer(optimizer); var scheduler = lr_scheduler.StepLR(optimizer, 5);",
        """
        private sealed class Trainer
        {
            private readonly LRScheduler _chain;
            private LRScheduler _other;

            public Trainer(Optimizer optimizer)
            {
                _chain = ChainedLR(new[] { lr_scheduler.LinearLR(optimizer) });
                _other = ChainedLR(new[] { lr_scheduler.LinearLR(optimizer) });
            }

            public void Use(LRScheduler other) => _other = other;

            public async System.Threading.Tasks.Task Epoch(int epoch)
            {
                await System.Threading.Tasks.Task.Yield();
                _chain.step();
                {|WARM5003:_chain.step(epoch)|};
                _other.step(epoch);
                Console.WriteLine(string.Join(", ", {|WARM5003:this._chain.get_last_lr()|}));
            }
        }
        """));

    [Fact]
    public Task AnOwnChainIsNotTorchSharps() => Verify.Silent(Program(
        "var scheduler = Own.ChainedLR(counts.Select(n => " + Ramp + ")); scheduler.step(3); scheduler.get_last_lr().First();",
        """
        private sealed class Own
        {
            public static Own ChainedLR(IEnumerable<LRScheduler> schedulers) => new();
            public void step(int? epoch = null) { }
            public IEnumerable<double> get_last_lr() => [];
        }
        """));

    [Fact]
    public Task ADerivedChainMayDoMore() => Verify.Silent(Program(
        "lr_scheduler.impl.ChainedLR scheduler = new Better([lr_scheduler.LinearLR(optimizer)]); scheduler.step(3);",
        """
        private sealed class Better : lr_scheduler.impl.ChainedLR
        {
            public Better(IEnumerable<LRScheduler> schedulers) : base(schedulers) { }
            public override void step(int? epoch) { }
        }
        """));

    [Fact]
    public async Task AChainThatIsNeverSteppedIsAnotherMistake() => Assert.Equal(
        ["WARM3001"],
        (await Findings.In(Program($"var chain = ChainedLR(counts.Select(n => {Ramp})); var scheduler = lr_scheduler.StepLR(SGD(model.parameters(), 0.1), 5);"))).Select(found => found.Id));

    [Theory]
    [InlineData("ChainedLR(counts.Select(n => " + Ramp + ")", "its lazy list makes the schedulers anew at every step in TorchSharp 0.107.0, so none gets beyond its first step")]
    [InlineData("ChainedLR([lr_scheduler.LinearLR(optimizer)]); scheduler.step(3", "step() with an argument throws a NullReferenceException in TorchSharp 0.107.0")]
    [InlineData("ChainedLR([lr_scheduler.LinearLR(optimizer)]); Console.WriteLine(scheduler.get_last_lr()", "get_last_lr() is null in TorchSharp 0.107.0")]
    public async Task TheMessageSaysWhatHappens(string scheduler, string effect) => Assert.Equal(
        "WARM5003: ChainedLR does not work like this: " + effect,
        (await Findings.In(Program($"var scheduler = {scheduler});"))).Select(found => found.Id + ": " + found.GetMessage()).Single());

    [Theory]
    [InlineData("var scheduler = ChainedLR(counts.Select(n => lr_scheduler.LinearLR(optimizer, ));")]
    [InlineData("var scheduler = ChainedLR(counts.Select(n => lr_scheduler.LinearLR(optimizer, x)));")]
    [InlineData("var scheduler = ChainedLR([lr_scheduler.LinearLR(optimizer)]); scheduler.step(;")]
    [InlineData("var scheduler = ChainedLR([lr_scheduler.LinearLR(optimizer)]); scheduler.step(x);")]
    [InlineData("var scheduler = ChainedLR(counts.Select(")]
    public async Task HalfTypedCodeIsSilent(string statements) => Assert.Empty(await Findings.In(Program(statements), mustCompile: false));
}
