using System;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Lengths that the code leaves open, compared by what they are made of: WARM4006, WARM4007, WARM4008.</summary>
public class LengthsBySymbolTests
{
    private static string Trainer(string parameters, string fields, string kept, string scheduler, string loop) => $$"""
        using System.Collections.Generic;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.optim;
        using static TorchSharp.torch.optim.lr_scheduler;

        public static class Program
        {
            public static void Main() => Run(null!);

            private static void Run(Trainer trainer) => trainer.Fit();
        }

        public sealed class Options
        {
            public int Epochs { get; set; } = 30;

            public int Warmup { get; set; } = 5;
        }

        public sealed class Trainer
        {
            private readonly Optimizer _optimizer;
            private readonly LRScheduler _scheduler;
            {{fields}}

            public Trainer({{parameters}})
            {
                {{kept}}
                _optimizer = Adam(torch.nn.Linear(4, 1).parameters(), 0.001);
                _scheduler = {{scheduler}};
            }

            public void Fit()
            {
                {{loop}}
                {
                    _optimizer.step();
                    _scheduler.step();
                }
            }
        }
        """;

    private static string Sequence(string horizon, string warmup = "5") =>
        $"SequentialLR(_optimizer, [LinearLR(_optimizer, 0.1, 1, {warmup}), CosineAnnealingLR(_optimizer, {horizon})], [{warmup}])";

    private const string Epochs = "for (var epoch = 0; epoch < _epochs; epoch++)";
    private const string Loaded = "private readonly int _epochs; private readonly TorchSharp.Modules.DataLoader _loader;";
    private const string OfOptions = "for (var epoch = 0; epoch < _options.Epochs; epoch++)";

    [Theory]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs;", "_epochs", "5", Epochs)]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs;", "epochs", "5", Epochs)]
    [InlineData("int epochs, int warmup", "private readonly int _epochs;", "_epochs = epochs;", "epochs", "warmup", Epochs)]
    [InlineData("int epochs", "public int Count { get; }", "Count = epochs;", "epochs", "5", "for (var e = 1; e <= Count; e++)")]
    [InlineData("Options options", "private readonly Options _options;", "_options = options;", "_options.Epochs", "_options.Warmup", OfOptions)]
    [InlineData("Options options", "private readonly Options _options;", "_options = options;", "options.Epochs", "options.Warmup", OfOptions)]
    [InlineData("Options options", "private readonly Options _options;", "_options = options ?? throw new System.ArgumentNullException(nameof(options));", "options.Epochs", "3", OfOptions)]
    [InlineData("int epochs, TorchSharp.Modules.DataLoader loader", Loaded, "_epochs = epochs; _loader = loader;", "_epochs * (int)_loader.Count", "100", Epochs + " foreach (var batch in _loader)")]
    [InlineData("int epochs, List<Tensor> batches", "private readonly int _epochs; private readonly List<Tensor> _batches;", "_epochs = epochs; _batches = batches;", "_epochs * _batches.Count", "100", Epochs + " foreach (var batch in _batches)")]
    [InlineData("int epochs, List<Tensor> batches", "private readonly int _epochs; private readonly List<Tensor> _batches;", "_epochs = epochs; _batches = batches;", "epochs * batches.Count", "100", Epochs + " foreach (var batch in _batches)")]
    public async Task AHorizonOfTheWholeTraining(string parameters, string fields, string kept, string horizon, string warmup, string loop) =>
        Assert.Equal(["WARM4006"], (await Findings.In(Trainer(parameters, fields, kept, Sequence(horizon, warmup), loop))).Select(found => found.Id));

    [Theory]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs;", "epochs", Epochs)]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs;", "epochs + 1", Epochs)]
    [InlineData("Options options", "private readonly Options _options;", "_options = options;", "2 * options.Epochs", OfOptions)]
    public async Task AWarmupOfTheWholeTraining(string parameters, string fields, string kept, string length, string loop) =>
        Assert.Equal(["WARM4008"], (await Findings.In(Trainer(parameters, fields, kept, $"LinearLR(_optimizer, 0.1, 1, {length})", loop))).Select(found => found.Id));

    [Theory]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs - 5;", "epochs", Epochs)]
    [InlineData("int epochs", "private int _epochs;", "_epochs = epochs; _epochs += 5;", "epochs", Epochs)]
    [InlineData("int epochs", "public int _epochs = 30;", "", "epochs", Epochs)]
    [InlineData("int epochs, int other", "private readonly int _epochs;", "_epochs = other;", "epochs", Epochs)]
    [InlineData("Options options", "private readonly Options _options = new();", "", "options.Epochs", OfOptions)]
    [InlineData("Options options", "private readonly Options _options;", "_options = options; options = new Options();", "options.Epochs", OfOptions)]
    [InlineData("Options options", "private readonly Options _options;", "_options = options;", "options.Warmup", OfOptions)]
    [InlineData("int epochs", "private readonly int _epochs;", "_epochs = epochs;", "epochs - 5", Epochs)]
    public async Task AnotherSymbolIsSilent(string parameters, string fields, string kept, string horizon, string loop) =>
        Assert.Empty(await Findings.In(Trainer(parameters, fields, kept, Sequence(horizon), loop)));

    private const string Kept = "private readonly int _epochs;";

    [Theory]
    [InlineData("CosineAnnealingLR(_optimizer, 2 * epochs)", DiagnosticSeverity.Info, "after 5 of 10 steps the rate ends at 0.5 of the base learning rate (with epochs = 5)")]
    [InlineData("CosineAnnealingLR(_optimizer, 0.5 * epochs)", DiagnosticSeverity.Info, "the rate runs up and down every 2.5 steps and ends at 1 of the base learning rate after 5 (with epochs = 5)")]
    [InlineData("CosineAnnealingLR(_optimizer, epochs * 2.0 / 3)", DiagnosticSeverity.Warning, "the rate climbs back from step 3.33 on and ends at 0.5 of the base learning rate after 5 (with epochs = 5)")]
    [InlineData("OneCycleLR(_optimizer, 0.1, total_steps: epochs - 1)", DiagnosticSeverity.Warning, "step() number 5 of 5 throws (with epochs = 5)")]
    public async Task AHorizonOfAnotherLength(string scheduler, DiagnosticSeverity severity, string effect)
    {
        var found = Assert.Single(await Findings.In(Trainer("int epochs", Kept, "_epochs = epochs;", scheduler, Epochs)));
        Assert.Equal("The horizon is not the length of the loop: " + effect, found.GetMessage());
        Assert.Equal(severity, found.Severity);
    }

    [Theory]
    [InlineData("CosineAnnealingLR(_optimizer, epochs)")]
    [InlineData("CosineAnnealingLR(_optimizer, epochs - 1)")]
    [InlineData("CosineAnnealingLR(_optimizer, epochs / 2)")] // not always a whole part
    [InlineData("CosineAnnealingLR(_optimizer, epochs - 20)")]
    [InlineData("CosineAnnealingLR(_optimizer, other)")]
    [InlineData("CosineAnnealingLR(_optimizer, epochs * other)")]
    [InlineData("CosineAnnealingLR(_optimizer, 50)")]
    [InlineData("OneCycleLR(_optimizer, 0.1, total_steps: epochs)")]
    [InlineData("OneCycleLR(_optimizer, 0.1, total_steps: epochs * other)")]
    [InlineData("OneCycleLR(_optimizer, 0.1, total_steps: other)")]
    [InlineData("ExponentialLR(_optimizer, 0.9)")]
    public async Task AHorizonThatFitsOrIsAnotherSymbolIsSilent(string scheduler) =>
        Assert.Empty(await Findings.In(Trainer("int epochs, int other", Kept, "_epochs = epochs;", scheduler, Epochs)));

    [Fact]
    public async Task AMethodThatMayBeRunAgainIsSilent() =>
        Assert.Empty(await Findings.In(Trainer("int epochs", Kept, "_epochs = epochs;", "CosineAnnealingLR(_optimizer, 2 * epochs)", Epochs)
            .Replace("trainer.Fit();", "trainer.Fit(); private static void Again(Trainer trainer) => trainer.Fit();", StringComparison.Ordinal)));
}
