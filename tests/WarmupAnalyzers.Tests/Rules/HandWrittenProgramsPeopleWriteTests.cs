using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using static WarmupAnalyzers.Tests.Rules.HandWrittenSource;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Warmup as people write it by hand: wrong programs that are found, and right ones that are left alone.</summary>
public class HandWrittenProgramsPeopleWriteTests
{
    private const string Groups = "foreach (var group in optimizer.ParamGroups) group.LearningRate = ";

    private static async Task<string[]> Reports(string source) =>
        [.. (await Findings.In(source)).Where(found => found.Id.StartsWith("WARM1", StringComparison.Ordinal)).Select(found => found.Id + " " + found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan))];

    private static async Task IsReported(string expected, string source)
    {
        var reports = await Reports(source);
        Assert.True(reports is [var only] && only == expected, expected + " expected, but: " + string.Join("; ", reports));
    }

    private static async Task IsSilent(string source) => Assert.Empty(await Reports(source));

    [Theory]
    [InlineData("WARM1001 lr * step / warmup", "foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * step / warmup;")]
    [InlineData("WARM1001 lr * step / warmup", "foreach (var group in optimizer.ParamGroups) { group.LearningRate = Math.Min(lr, lr * step / warmup); }")]
    [InlineData("WARM1002 step / warmup", "foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * (step / warmup);")]
    [InlineData("WARM1002 step / warmup", "foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * Math.Min(1.0, step / warmup);")]
    [InlineData("WARM1002 (step + 1) / warmup", "foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * Math.Min(1.0, (double)((step + 1) / warmup));")]
    [InlineData("WARM1001 lr * step / warmup", "optimizer.ParamGroups.First().LearningRate = step < warmup ? lr * step / warmup : lr;")]
    [InlineData("WARM1001 lr * step / warmup", "optimizer.ParamGroups.ToList().ForEach(g => g.LearningRate = step < warmup ? lr * step / warmup : lr);")]
    [InlineData("WARM1001 lr * step / warmup", "for (int i = 0; i < optimizer.ParamGroups.Count(); i++) optimizer.ParamGroups.ElementAt(i).LearningRate = step < warmup ? lr * step / warmup : lr;")]
    [InlineData("WARM1001 lr * step / warmup", "if (step < warmup) { foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * step / warmup; }")]
    [InlineData("WARM1001 lr * step / warmup", "if (step <= warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; else foreach (var g in optimizer.ParamGroups) g.LearningRate = lr;")]
    [InlineData("WARM1001 (double)step / warmup", "var scale = Math.Min(1.0, (double)step / warmup); foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * scale;")]
    [InlineData("WARM1001 lr * step / warmup", "double rate; if (step < warmup) rate = lr * step / warmup; else rate = lr; foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;")]
    [InlineData("WARM1001 lr * step / warmup", "double rate = lr; if (step < warmup) { rate = lr * step / warmup; } foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;")]
    [InlineData("WARM1001 rate *= step / (double)warmup", "double rate = lr; if (step < warmup) { Console.WriteLine(step); rate *= step / (double)warmup; } foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;")]
    [InlineData("WARM1001 0", "foreach (var group in optimizer.ParamGroups) group.LearningRate = step < warmup ? 0 : lr;")]
    [InlineData("WARM1001 step / 5.0", "foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.05 * Math.Min(step / 5.0, 1);")]
    [InlineData("WARM1001 lr * step / warmup", "using (torch.NewDisposeScope()) { foreach (var group in optimizer.ParamGroups) group.LearningRate = Math.Min(lr, lr * step / warmup); optimizer.step(); }")]
    [InlineData("WARM1001 (float)step / warmup", "var groups = optimizer.ParamGroups; foreach (var pg in groups) pg.LearningRate = lr * Math.Min(1f, (float)step / warmup);")]
    [InlineData("WARM1001 lr * step / warmup", "foreach (torch.optim.ILearningRateController group in optimizer.ParamGroups) group.LearningRate = Math.Min(lr, lr * step / warmup);")]
    [InlineData("WARM1001 group.InitialLearningRate * step / warmup", "foreach (var group in optimizer.ParamGroups) { group.LearningRate = Math.Min(lr, group.InitialLearningRate * step / warmup); }")]
    [InlineData("WARM1001 lr * step / warmup", "switch (step) { case < 5: foreach (var group in optimizer.ParamGroups) group.LearningRate = lr * step / warmup; break; default: foreach (var group in optimizer.ParamGroups) group.LearningRate = lr; break; }")]
    public Task WrongInALoop(string expected, string write) => IsReported(expected, Loop(write));

    [Theory]
    [InlineData("lr * Math.Min((step + 1) / (double)warmup, 1.0)")]
    [InlineData("lr * Math.Min(1.0, Math.Max(1, step) / (double)warmup)")]
    [InlineData("step == 0 ? 1e-6 : Math.Min(lr, lr * step / warmup)")]
    [InlineData("lr * Math.Pow(0.1, step / 30)")]
    [InlineData("lr / (1 + step / 30)")]
    [InlineData("step < 30 ? lr : lr * 0.1")]
    [InlineData("lr * 0.5 * (1 + Math.Cos(Math.PI * step / 100))")]
    [InlineData("0")]
    [InlineData("lr")]
    [InlineData("1e-7 + (lr - 1e-7) * Math.Min(1.0, (double)step / warmup)")]
    [InlineData("1e-7 * Math.Pow(10, step / 20.0)")]
    [InlineData("lr * (1 - step / 100.0)")]
    [InlineData("group.LearningRate * 0.99")]
    [InlineData("group.LearningRate * step / warmup")]
    [InlineData("lr * (step % 20) / 20")]
    [InlineData("lr * Math.Abs(Math.Sin(Math.PI * step / 20))")]
    [InlineData("1e-4 + (lr - 1e-4) * Math.Abs(step % 20 - 10) / 10.0")]
    public Task RightRates(string value) => IsSilent(Rate(value));

    [Theory]
    [InlineData("WARM1001 lr * step / warmup", "for (int step = 0; step < 100; step++) { AdjustLearningRate(optimizer, step, lr, warmup); TRAIN }", "static void AdjustLearningRate(torch.optim.Optimizer optimizer, int step, double lr, int warmup) { var rate = step < warmup ? lr * step / warmup : lr; foreach (var group in optimizer.ParamGroups) group.LearningRate = rate; }")]
    [InlineData("WARM1001 0.05 * epoch / 5", "for (int epoch = 0; epoch < 100; epoch++) { AdjustLearningRate(optimizer, epoch); Train(model, optimizer); }", "static void AdjustLearningRate(torch.optim.Optimizer optimizer, int epoch) { double rate = 0.05; if (epoch < 5) { rate = 0.05 * epoch / 5; } foreach (var group in optimizer.ParamGroups) group.LearningRate = rate; } static void Train(Module<Tensor, Tensor> model, torch.optim.Optimizer optimizer) { for (int i = 0; i < 10; i++) { optimizer.zero_grad(); model.forward(randn(8, 4)).mean().backward(); optimizer.step(); } }")]
    [InlineData("WARM1001 e / 5.0", "foreach (var e in Enumerable.Range(0, 100)) { SetLr(optimizer, WarmupLr(e)); TRAIN }", "static double WarmupLr(int e) => 0.05 * Math.Min(e / 5.0, 1.0); static void SetLr(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }")]
    [InlineData("WARM1002 e / 5", "foreach (var e in Enumerable.Range(0, 100)) { SetLr(optimizer, WarmupLr(e)); TRAIN }", "static double WarmupLr(int e) => 0.05 * Math.Min(e / 5, 1.0); static void SetLr(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }")]
    [InlineData("WARM1001 lr * e / warmup", "int step = 0; void SetRate(int e) { foreach (var g in optimizer.ParamGroups) g.LearningRate = e < warmup ? lr * e / warmup : lr; } for (var i = 0; i < 100; i++) { SetRate(step++); TRAIN }", "")]
    [InlineData("WARM1001 lr * e / warmup", "void SetRate(int e) { foreach (var g in optimizer.ParamGroups) g.LearningRate = e < warmup ? lr * e / warmup : lr; } for (var e = 0; e < 100; e++) { SetRate(e); TRAIN }", "")]
    [InlineData("WARM1001 0.05 * step / 5", "for (int step = 0; step < 100; step++) { Apply(optimizer, step); TRAIN }", "static void Apply(torch.optim.Optimizer optimizer, int step) { if (step > 5) return; foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.05 * step / 5; }")]
    [InlineData("WARM1001 0.05 * step / 5", "for (int step = 0; step < 100; step++) { if (step < 5) SetLr(optimizer, 0.05 * step / 5); else SetLr(optimizer, 0.05); TRAIN }", "static void SetLr(torch.optim.Optimizer o, double rate) { o.ParamGroups.First().LearningRate = rate; }")]
    [InlineData("WARM1001 0.05 * step / 5", "for (int step = 0; step < 100; step++) { if (step < 5) optimizer.SetLr(0.05 * step / 5); TRAIN }", "static void SetLr(this torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; }")]
    public Task WrongInAHelper(string expected, string loop, string members) => IsReported(expected, Script(loop, members: members));

    [Theory]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step++; }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; for (int epoch = 0; epoch < 10; epoch++) { for (int i = 0; i < 50; i++) { if (step < warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN step += 1; } }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; foreach (var batch in new[] { 1, 2, 3 }) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step = step + 1; }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; while (true) { if (step > 100) break; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); ++step; TRAIN }")]
    [InlineData("WARM1001 lr * step / warmup", "for (int epoch = 0; epoch < 10; epoch++) { for (int i = 0; i < 50; i++) { var step = epoch * 50 + i; if (step < warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN } }")]
    [InlineData("WARM1001 lr * (step - 1) / warmup", "for (int step = 1; step <= 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * (step - 1) / warmup); TRAIN }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; for (int i = 0; i < 100; i++) { optimizer.zero_grad(); model.forward(randn(8, 4)).mean().backward(); if ((i + 1) % 4 == 0) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); optimizer.step(); step++; } }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; for (int i = 0; i < 100; i++) { if (i % 4 != 3) continue; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN ++step; }")]
    [InlineData("WARM1001 lr * step / warmup", "var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30); for (int step = 0; step < 100; step++) { if (step < warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; else scheduler.step(); TRAIN }")]
    [InlineData("WARM1001 lr * step / warmup", "var group = optimizer.ParamGroups.First(); for (int step = 0; step < 100; step++) { group.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("WARM1001 lr * step / warmup", "for (int step = 0; step < 100; step++) { try { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN } catch (InvalidOperationException) { Console.WriteLine(step); } }")]
    [InlineData("WARM1001 lr * step / warmup", "int step = 0; Action train = () => { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step++; }; for (int i = 0; i < 100; i++) train();")]
    public Task WrongByACounter(string expected, string loop) => IsReported(expected, Script(loop));

    [Theory]
    [InlineData("int step = 0; while (step < 100) { step++; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("int step = 1; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step++; }")]
    [InlineData("for (int step = 1; step <= 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("foreach (var step in Enumerable.Range(1, 100)) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    // The first round trains with the optimizer's own rate.
    [InlineData("for (int step = 0; step < 100; step++) { TRAIN foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); }")]
    [InlineData("int step = 0; while (step < 100) { TRAIN step++; if (step < warmup) { var scale = (double)step / warmup; foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * scale; } }")]
    // It starts somewhere.
    [InlineData("int start = int.Parse(Console.ReadLine()!); for (int step = start; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    // The first rounds may be skipped.
    [InlineData("for (int step = 0; step < 100; step++) { if (step < 3) continue; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); model.forward(randn(8, 4)).mean().backward(); if ((step + 1) % 4 == 0) optimizer.step(); }")]
    [InlineData("int step = 0; for (int i = 0; i < 100; i++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); model.forward(randn(8, 4)).mean().backward(); if ((i + 1) % 4 == 0) optimizer.step(); step++; }")]
    // Counted at two places, reset, or by more than one.
    [InlineData("int step = 0; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step++; if (step == 50) step = 10; }")]
    [InlineData("int step = 0; step++; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step++; }")]
    [InlineData("int step = 8; while (step < 100) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN step += 8; }")]
    // Restored, and step decay by hand.
    [InlineData("foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.01; for (int step = 0; step < 100; step++) { TRAIN }")]
    [InlineData("for (int epoch = 0; epoch < 100; epoch++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Math.Pow(0.1, epoch / 30); TRAIN }")]
    [InlineData("for (int epoch = 0; epoch < 100; epoch++) { TRAIN if (epoch == 30 || epoch == 60) foreach (var g in optimizer.ParamGroups) g.LearningRate *= 0.1; }")]
    [InlineData("for (int epoch = 0; epoch < 100; epoch++) { TRAIN foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Max(1e-5, g.LearningRate); }")]
    // Of another optimizer.
    [InlineData("var other = torch.optim.SGD(model.parameters(), lr); for (int step = 0; step < 100; step++) { foreach (var g in other.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN }")]
    // One group of several.
    [InlineData("var two = torch.optim.SGD(new[] { new TorchSharp.Modules.SGD.ParamGroup(model.parameters()), new TorchSharp.Modules.SGD.ParamGroup(model.parameters()) }, lr); for (int step = 0; step < 100; step++) { two.ParamGroups.First().LearningRate = step < warmup ? 0 : lr; model.forward(randn(8, 4)).mean().backward(); two.step(); }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups.Skip(1)) g.LearningRate = step < warmup ? 0 : lr; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups.Where(g => g.InitialLearningRate > 1)) g.LearningRate = step < warmup ? 0 : lr; TRAIN }")]
    // A rate for each group, the same in all rounds.
    [InlineData("for (int step = 0; step < 100; step++) { for (int i = 0; i < optimizer.ParamGroups.Count(); i++) optimizer.ParamGroups.ElementAt(i).LearningRate = lr * i / 10; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { int i = 0; foreach (var g in optimizer.ParamGroups) { g.LearningRate = lr * i / 10; i++; } TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) { if (g.GetHashCode() > 7) continue; g.LearningRate = step < warmup ? 0 : lr; } TRAIN }")]
    // A scheduler has the last word.
    [InlineData("var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30); for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; scheduler.step(); TRAIN }")]
    [InlineData("var scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 30); for (int step = 0; step < 100; step++) { if (step < warmup) foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN if (step >= warmup) scheduler.step(); }")]
    // A linear range test.
    [InlineData("for (int i = 0; i < 100; i++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = 1e-7 + (1.0 - 1e-7) * i / 100; TRAIN }")]
    // A phase of its own, with a counter that goes on.
    [InlineData("int step = 0; while (step < warmup) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; optimizer.step(); step++; } while (step < 100) { TRAIN step++; }")]
    // Accumulated, read from a table that is made elsewhere, or drawn.
    [InlineData("double rate = 0; for (int step = 0; step < 100; step++) { rate += 0.01; foreach (var g in optimizer.ParamGroups) g.LearningRate = rate; TRAIN }")]
    [InlineData("var rates = Console.ReadLine()!.Split(' ').Select(double.Parse).ToArray(); for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = rates[step]; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * Random.Shared.NextDouble() * step; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); var l = model.forward(randn(8, 4)).mean(); l.backward(); if (float.IsNaN(l.item<float>())) continue; optimizer.step(); }")]
    [InlineData("var other = torch.optim.SGD(model.parameters(), lr); void SetLr(torch.optim.Optimizer o, double rate) { foreach (var g in o.ParamGroups) g.LearningRate = rate; } for (int step = 0; step < 100; step++) { SetLr(optimizer, lr * Math.Min(1, (step + 1.0) / warmup)); SetLr(other, 0); TRAIN other.step(); }")]
    [InlineData("for (int step = 100; step > 0; step--) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (100 - step) / 100; TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step += 2) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("int step = 0; for (int i = 0; i < 100; i++) { if (Console.In.Peek() > 3) step++; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TRAIN }")]
    [InlineData("for (int step = 0; step < 100; step++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Max(1e-6, lr / 2); TRAIN }")]
    // In a lambda that is called who knows when.
    [InlineData("for (int step = 0; step < 100; step++) { int now = step; Action set = () => { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * now / warmup; }; if (step > 3) set(); TRAIN }")]
    public Task Right(string loop) => IsSilent(Script(loop));

    [Theory]
    [InlineData("i")]
    [InlineData("step")]
    public Task AHelperStepsOnItsOwnTerms(string given) => IsSilent(Script(
        "int step = 0; for (int i = 0; i < 100; i++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); TrainBatch(optimizer, " + given + "); step++; }",
        members: "static void TrainBatch(torch.optim.Optimizer optimizer, int batch) { if ((batch + 1) % 4 == 0) optimizer.step(); }"));

    [Fact]
    public Task AHelperStepsAsItIsTold() => IsReported("WARM1001 lr * epoch / warmup", Script(
        "for (int epoch = 0; epoch < 100; epoch++) { foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * epoch / warmup); RunEpoch(optimizer, train: true); RunEpoch(optimizer, train: false); }",
        members: "static void RunEpoch(torch.optim.Optimizer optimizer, bool train) { for (int i = 0; i < 10; i++) { if (train) optimizer.step(); } }"));

    [Fact]
    public Task AScriptOfTopLevelStatements() => IsReported("WARM1001 lr * step / warmup", """
        using System;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        const double lr = 0.1;
        const int warmup = 500;
        using var model = Linear(4, 1);
        using var optimizer = torch.optim.AdamW(model.parameters(), lr);
        var step = 0;
        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var batch in new[] { torch.randn(8, 4), torch.randn(8, 4) })
            {
                SetRate(step < warmup ? lr * step / warmup : lr);
                optimizer.zero_grad();
                var loss = model.forward(batch).mean();
                loss.backward();
                optimizer.step();
                Console.WriteLine($"{++step}: {loss.item<float>()}");
            }
        }

        void SetRate(double rate)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = rate;
        }
        """);

    [Fact]
    public Task AScheduleObjectOfTheUsersOwn() => IsReported("WARM1001 _step / (double)_steps", Script(
        "var warm = new Warm(0.05, 5); for (int i = 0; i < 100; i++) { warm.Apply(optimizer); TRAIN }",
        members: "private sealed class Warm { private readonly double _rate; private readonly int _steps; private int _step; public Warm(double rate, int steps) { _rate = rate; _steps = steps; } public void Apply(torch.optim.Optimizer optimizer) { foreach (var g in optimizer.ParamGroups) g.LearningRate = _rate * Math.Min(_step / (double)_steps, 1.0); _step++; } }"));

    [Fact]
    public async Task TwoWritesAreOneMistake() => Assert.Single(await Reports(Script(
        "for (int step = 0; step < 100; step++) { if (step < warmup) optimizer.ParamGroups.First().LearningRate = new[] { 0.0, 0.01, 0.02, 0.03, 0.04 }[step]; else optimizer.ParamGroups.First().LearningRate = lr; TRAIN }")));

    [Theory]
    [InlineData("WARM1001 Lr * _step / Warmup", "private const double Lr = 0.05; private const int Warmup = 5; private int _step; private readonly TorchSharp.Modules.Linear _model = Linear(4, 1); private readonly torch.optim.Optimizer _optimizer; public Trainer() { _optimizer = torch.optim.SGD(_model.parameters(), Lr); } public void TrainBatch() { foreach (var g in _optimizer.ParamGroups) g.LearningRate = Math.Min(Lr, Lr * _step / Warmup); TRAIN _step++; }")]
    [InlineData("WARM1001 _step / 5.0", "private int _step; private readonly TorchSharp.Modules.Linear _model = Linear(4, 1); private readonly torch.optim.Optimizer _optimizer; public Trainer() { _optimizer = torch.optim.SGD(_model.parameters(), 0.05); } public void Fit() { for (int epoch = 0; epoch < 10; epoch++) TrainEpoch(); } private void TrainEpoch() { for (int i = 0; i < 10; i++) { UpdateRate(); TRAIN _step++; } } private void UpdateRate() { foreach (var g in _optimizer.ParamGroups) g.LearningRate = CurrentRate(); } private double CurrentRate() => 0.05 * Math.Min(_step / 5.0, 1.0);")]
    [InlineData("WARM1001 0.05 * epoch / 5", "private readonly TorchSharp.Modules.Linear _model = Linear(4, 1); private readonly torch.optim.Optimizer _optimizer; public Trainer() { _optimizer = torch.optim.SGD(_model.parameters(), 0.05); } public void Fit() { for (int epoch = 0; epoch < 10; epoch++) { AdjustLearningRate(epoch); TrainEpoch(); } } private void TrainEpoch() { for (int i = 0; i < 10; i++) { TRAIN } } private void AdjustLearningRate(int epoch) { if (epoch < 5) foreach (var g in _optimizer.ParamGroups) g.LearningRate = 0.05 * epoch / 5; }")]
    [InlineData("WARM1002 epoch / 5", "private readonly TorchSharp.Modules.Linear _model = Linear(4, 1); private readonly torch.optim.Optimizer _optimizer; public Trainer() { _optimizer = torch.optim.SGD(_model.parameters(), 0.05); } public void Fit() { for (int epoch = 0; epoch < 10; epoch++) TrainEpoch(epoch); } private void TrainEpoch(int epoch) { foreach (var g in _optimizer.ParamGroups) g.LearningRate = 0.05 * Math.Min(epoch / 5, 1.0); for (int i = 0; i < 10; i++) { TRAIN } }")]
    public Task WrongInATrainer(string expected, string members) => IsReported(expected, Trainer(members));

    private const string Made = "protected readonly TorchSharp.Modules.Linear _model = Linear(4, 1); protected readonly torch.optim.Optimizer _optimizer; public Trainer() { _optimizer = torch.optim.SGD(_model.parameters(), 0.05); } ";
    private const string Ramp = "foreach (var g in _optimizer.ParamGroups) g.LearningRate = 0.05 * Math.Min(step / 5.0, 1.0); ";
    private const string Floor = "foreach (var g in _optimizer.ParamGroups) g.LearningRate = Math.Max(1e-5, g.LearningRate); ";

    // Whatever runs between the write and the step may have the optimizer from elsewhere.
    [Theory]
    [InlineData("public class Trainer", Made + "protected virtual void OnBeforeStep() { } public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "OnBeforeStep(); TRAIN } }", "public class Floored : Trainer { protected override void OnBeforeStep() { " + Floor + "} }")]
    [InlineData("public class Trainer", Made + "private Action _hook = null!; public void Use() { _hook = Clamp; } private void Clamp() { " + Floor + "} public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "_hook(); TRAIN } }", "")]
    [InlineData("public class Trainer", Made + "private readonly List<ICallback> _callbacks = new(); public void Use() { _callbacks.Add(new FloorRate(_optimizer)); } public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "foreach (var c in _callbacks) c.OnStep(step); TRAIN } }", "public interface ICallback { void OnStep(int step); } public sealed class FloorRate : ICallback { private readonly torch.optim.Optimizer _optimizer; public FloorRate(torch.optim.Optimizer optimizer) { _optimizer = optimizer; } public void OnStep(int step) { " + Floor + "} }")]
    [InlineData("public class Trainer", Made + "private readonly List<Action<int>> _hooks = new(); public void Use() { _hooks.Add(Clamp); } private void Clamp(int i) { " + Floor + "} private void Notify(int i) { foreach (var h in _hooks) h(i); } public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "Notify(step); TRAIN } }", "")]
    [InlineData("public class Trainer", Made + "public double Rate { get => _optimizer.ParamGroups.First().LearningRate; set { foreach (var g in _optimizer.ParamGroups) g.LearningRate = value; } } public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "Rate = Math.Max(1e-5, Rate); TRAIN } }", "")]
    public Task SilentWhereOthersMaySetTheRate(string type, string members, string more) =>
        IsSilent(Trainer(members).Replace("public sealed class Trainer", type, StringComparison.Ordinal) + more);

    [Theory]
    [InlineData(Made + "private readonly List<Action<int>> _hooks = new(); public void Use() { _hooks.Add(Clamp); } private void Clamp(int i) { " + Floor + "} public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "TRAIN foreach (var h in _hooks) h(step); } }")]
    [InlineData(Made + "protected virtual Tensor Loss(Tensor x) => _model.forward(x).mean(); public void Fit() { for (int step = 0; step < 100; step++) { " + Ramp + "_optimizer.zero_grad(); Loss(randn(8, 4)).backward(); _optimizer.step(); } }")]
    public Task WrongWhereOthersCannot(string members) =>
        IsReported("WARM1001 step / 5.0", Trainer(members).Replace("public sealed class Trainer", "public class Trainer", StringComparison.Ordinal));

    // The loop is left when the warmup is over, or does not go on.
    [Theory]
    [InlineData("int step = 0; while (true) { step++; if (step > warmup) break; foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN }")]
    [InlineData("int step = 0; while (true) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN step++; if (step >= warmup) break; }")]
    [InlineData("int step = 0; while (true) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN step++; if (step == warmup) break; }")]
    [InlineData("int step = 0; while (true) { step++; if (step > warmup) return; foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN }")]
    [InlineData("int step = 1; do { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN step++; } while (step <= warmup);")]
    [InlineData("int step = 1; while (step <= warmup) { foreach (var x in new[] { 1, 2, 3 }) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN step++; } }")]
    [InlineData("int step = 1; foreach (var x in Enumerable.Repeat(1, 9).Where(x => x > 0).Take(warmup)) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN step++; }")]
    public Task AWarmupThatIsLeft(string loop) => IsSilent(Script(loop));

    [Theory]
    [InlineData("int step = 0; int bad = 0; while (true) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * (step + 1) / warmup; TRAIN step++; if (++bad > 10) break; }")]
    [InlineData("int step = 1; while (step <= 1000) { foreach (var x in new[] { 1, 2, 3 }) { foreach (var g in optimizer.ParamGroups) g.LearningRate = lr * step / warmup; TRAIN step++; } }")]
    public async Task AWarmupThatGoesOn(string loop) => Assert.StartsWith("WARM1004", Assert.Single(await Reports(Script(loop))), StringComparison.Ordinal);

    // What decides about the step is computed in the round, from the same variable.
    [Fact]
    public Task ARoundThatDoesNotTrain() => IsSilent(Script(
        "for (int step = 0; step < 100; step++) { var train = step > 0; foreach (var g in optimizer.ParamGroups) g.LearningRate = Math.Min(lr, lr * step / warmup); if (!train) continue; TRAIN }"));

    // Thawed later, while the other optimizer trains.
    [Fact]
    public Task AnOptimizerThatIsFrozenAtFirst() => IsSilent(Script(
        "var body = torch.optim.SGD(model.parameters(), lr); for (int epoch = 0; epoch < 20; epoch++) { foreach (var g in body.ParamGroups) g.LearningRate = epoch < 5 ? 0.0 : lr; TRAIN body.step(); }"));
}
