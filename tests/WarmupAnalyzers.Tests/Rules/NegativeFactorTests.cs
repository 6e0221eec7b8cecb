using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class NegativeFactorTests
{
    [Theory]
    [InlineData("e => {|WARM1006:1 - e / 10.0|}", "e => Math.Max(0.0, 1 - e / 10.0)")]
    [InlineData("e => {|WARM1006:1.0 - 0.1 * e|}", "e => Math.Max(0.0, 1.0 - 0.1 * e)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : {|WARM1006:1 - (e - 5) / 10.0|}", "e => Math.Max(0.0, e < 5 ? (e + 1) / 5.0 : 1 - (e - 5) / 10.0)")]
    [InlineData("e => {|WARM1006:Math.Cos(Math.PI * e / 20)|}", "e => Math.Max(0.0, Math.Cos(Math.PI * e / 20))")]
    [InlineData("e => { if (e < 5) return 1; /* decay */ return {|WARM1006:(15 - e) / 10.0|}; }", "e => { if (e < 5) return 1; /* decay */ return Math.Max(0.0, (15 - e) / 10.0); }")]
    public Task IsReportedAndMended(string factor, string mended) => Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Theory]
    [InlineData("static double Decay(int epoch) => VALUE;")]
    [InlineData("static double Decay(int epoch) { return VALUE; }")]
    [InlineData("static readonly Func<int, double> Decay = epoch => VALUE;")]
    public Task Members(string member) => Verify.Fix(
        FactorSource.Script("Decay", members: member.Replace("VALUE", "{|WARM1006:1 - epoch / 10.0|}", System.StringComparison.Ordinal)),
        FactorSource.Script("Decay", members: member.Replace("VALUE", "Math.Max(0.0, 1 - epoch / 10.0)", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("torch.optim.lr_scheduler.LambdaLR(lr_lambda: FACTOR, optimizer: optimizer)")]
    [InlineData("new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR, k => 1.0])")]
    public Task Schedulers(string scheduler) => Verify.Fix(
        FactorSource.Script("epoch => {|WARM1006:1 - epoch / 10.0|}", scheduler: scheduler),
        FactorSource.Script("epoch => Math.Max(0.0, 1 - epoch / 10.0)", scheduler: scheduler));

    [Theory]
    [InlineData("e => Math.Max(0, 1 - e / 10.0)")]
    [InlineData("e => 1 - e / 20.0")]
    [InlineData("e => 1 - e / 19.0")]
    [InlineData("e => 1 - e / 100.0")]
    [InlineData("e => 1 - (e + 1) / 20.0")]
    [InlineData("e => 0.5 * (1 + Math.Cos(Math.PI * e / 10))")]
    [InlineData("e => Math.Pow(Math.Cos(Math.PI * e / 10), 2)")]
    [InlineData("e => Math.Cos(Math.PI * Math.Min(e, 10) / 20)")]
    public async Task Silent(string factor) => Assert.Empty(await Findings.In(FactorSource.Script(factor)));

    [Theory]
    [InlineData("int epochs", "epochs", "for (int i = 0; i < epochs; i++)", null)]
    [InlineData("int epochs", "(epochs - 1)", "for (int i = 0; i < epochs; i++)", null)]
    [InlineData("int epochs", "epochs", "for (int i = 0; i < 2 * epochs; i++)", DiagnosticSeverity.Warning)]
    [InlineData("int epochs, int total", "total", "for (int i = 0; i < epochs; i++)", null)]
    [InlineData("int epochs, System.Collections.Generic.List<Tensor> data", "(epochs * data.Count)", "for (int i = 0; i < epochs; i++) foreach (var x in data)", null)]
    [InlineData("int epochs, System.Collections.Generic.List<Tensor> data", "epochs", "for (int i = 0; i < epochs; i++) foreach (var x in data)", DiagnosticSeverity.Warning)]
    [InlineData("int total", "total", "while (model.training)", DiagnosticSeverity.Info)]
    [InlineData("int total", "100", "for (int i = 0; i < 200 && model.training; i++)", DiagnosticSeverity.Info)]
    [InlineData("int total", "100", "for (int i = 0; i < 200; i++)", DiagnosticSeverity.Warning)]
    public async Task TheLoopSaysHowFar(string parameters, string horizon, string loop, DiagnosticSeverity? severity)
    {
        var found = await Findings.In($$"""
            using System;
            using TorchSharp;
            using static TorchSharp.torch;

            public static class Program
            {
                public static void Main() { }

                public static void Train(torch.nn.Module model, {{parameters}})
                {
                    var optimizer = torch.optim.Adam(model.parameters(), 0.1);
                    var scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, e => 1 - e / (double){{horizon}});
                    {{loop}}
                    {
                        optimizer.step();
                        scheduler.step();
                    }
                }
            }
            """);
        Assert.Equal(severity is null ? [] : new[] { ("WARM1006", severity.Value) }, found.Select(report => (report.Id, report.Severity)).ToArray());
    }

    [Theory]
    [InlineData("for (var i = 0; i < _epochs; i++) Epoch();", "_epochs", null)]
    [InlineData("for (var i = 0; i < 2 * _epochs; i++) Epoch();", "_epochs", DiagnosticSeverity.Warning)]
    [InlineData("while (true) Epoch();", "_epochs", DiagnosticSeverity.Info)]
    public async Task ATrainerWithFields(string loop, string horizon, DiagnosticSeverity? severity)
    {
        var found = await Findings.In($$"""
            using TorchSharp;

            public class Trainer
            {
                private readonly torch.optim.Optimizer _optimizer;
                private readonly torch.optim.lr_scheduler.LRScheduler _scheduler;
                private readonly int _epochs;

                public Trainer(torch.nn.Module model, int epochs)
                {
                    _epochs = epochs;
                    _optimizer = torch.optim.Adam(model.parameters(), 0.1);
                    _scheduler = torch.optim.lr_scheduler.LambdaLR(_optimizer, e => 1 - e / (double){{horizon}});
                }

                public void Fit()
                {
                    {{loop}}
                }

                private void Epoch()
                {
                    _optimizer.step();
                    _scheduler.step();
                }

                public static void Main() { }
            }
            """);
        Assert.Equal(severity is null ? [] : new[] { ("WARM1006", severity.Value) }, found.Select(report => (report.Id, report.Severity)).ToArray());
    }

    [Fact]
    public Task InAnAsyncProgram() => Verify.Fix(
        Async(FactorSource.Script("e => {|WARM1006:1 - e / 10.0|}")), Async(FactorSource.Script("e => Math.Max(0.0, 1 - e / 10.0)")));

    private static string Async(string source) => source
        .Replace("void Main()", "async System.Threading.Tasks.Task Main()", System.StringComparison.Ordinal)
        .Replace("optimizer.zero_grad();", "await System.Threading.Tasks.Task.Yield(); optimizer.zero_grad();", System.StringComparison.Ordinal);

    [Fact]
    public async Task TheNumbersAreThoseOfARun()
    {
        var source = FactorSource.Script("e => 1 - e / 10.0");
        var message = Assert.Single(await Findings.In(source)).GetMessage();
        Assert.StartsWith("The factor becomes negative: it runs 1, 0.9, 0.8, 0.7, 0.6, 0.5, … █", message);
        Assert.EndsWith(" and is -0.1 at step 12", message);
        var rates = TrainingRun.LearningRates(source);
        Assert.Equal(11, rates.TakeWhile(rate => rate >= 0).Count());
        Assert.Equal(-0.1 * 0.05, rates[11], 12);
    }
}
