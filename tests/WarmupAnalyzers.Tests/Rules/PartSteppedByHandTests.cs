using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.Schedules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.CompositionAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.PartSteppedByHandFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class PartSteppedByHandTests
{
    private const string Sequence = "var warmup = WARMUP; var decay = COSINE; var scheduler = SequentialLR(optimizer, [warmup, decay], [5]);";

    [Theory]
    [InlineData("{|WARM4003:warmup.step()|}; scheduler.step();", "scheduler.step();")]
    [InlineData("scheduler.step(); {|WARM4003:warmup.step()|}; // ahead", "scheduler.step(); // ahead")]
    [InlineData("{|WARM4003:warmup.step()|}; {|WARM4003:decay.step()|}; scheduler.step();", "scheduler.step();")]
    [InlineData("if (epoch < 5) { {|WARM4003:warmup.step()|}; } scheduler.step();", "if (epoch < 5) { } scheduler.step();")]
    [InlineData("for (var batch = 0; batch < 3; batch++) { {|WARM4003:warmup.step()|}; optimizer.step(); } scheduler.step();", "for (var batch = 0; batch < 3; batch++) { optimizer.step(); } scheduler.step();")]
    [InlineData("scheduler.step(); {|WARM4003:warmup.step(epoch)|};", "scheduler.step();")]
    [InlineData("warmup?{|WARM4003:.step()|}; scheduler.step();", "scheduler.step();")]
    public Task IsReportedAndRemoved(string loop, string mended) =>
        Verify.Fix(CompositionSource.Script(Sequence, loop), CompositionSource.Script(Sequence, mended));

    [Theory]
    [InlineData("if (epoch < 5) { {|WARM4003:warmup.step()|}; } else { scheduler.step(); }")]
    [InlineData("if (epoch < 5) {|WARM4003:warmup.step()|}; else scheduler.step();")]
    [InlineData("Action move = () => {|WARM4003:warmup.step()|}; move(); scheduler.step();")]
    [InlineData("if (epoch < 5) { {|WARM4003:warmup.step()|}; /* why */ } scheduler.step();")]
    public Task WhereTheWholeIsNotSteppedTooItStays(string loop) => Verify.NoFix(CompositionSource.Script(Sequence, loop));

    [Fact]
    public Task CommentsAreKept() => Verify.Fix(
        CompositionSource.Script(Sequence, "scheduler.step(); // the whole\n            // and the ramp\n            {|WARM4003:warmup.step()|}; // ahead"),
        CompositionSource.Script(Sequence, "scheduler.step(); // the whole\n            // and the ramp\n            // ahead"));

    [Theory]
    [InlineData("var warmup = WARMUP; var scheduler = ChainedLR(new[] { warmup, STEP });", "{|WARM4003:warmup.step()|}; scheduler.step();", "scheduler.step();")]
    [InlineData("LRScheduler warmup = new impl.LinearLR(optimizer, 0.1), decay = COSINE; LRScheduler[] both = { warmup, decay }; var scheduler = new impl.SequentialLR(milestones: [open], schedulers: both, optimizer: optimizer);", "{|WARM4003:decay.step()|}; scheduler.step();", "scheduler.step();")]
    [InlineData("var warmup = WARMUP; var scheduler = ChainedLR([SequentialLR(optimizer, [warmup, COSINE], [5]), STEP]);", "{|WARM4003:warmup.step()|}; scheduler.step();", "scheduler.step();")]
    public Task OtherCompositions(string statements, string loop, string mended) =>
        Verify.Fix(CompositionSource.Script(statements, loop), CompositionSource.Script(statements, mended));

    [Theory]
    [InlineData("var warmup = WARMUP; warmup.step(); warmup.step(); var scheduler = SequentialLR(optimizer, [warmup, COSINE], [5]);")] // before
    [InlineData("var warmup = WARMUP; for (var i = 0; i < 3; i++) { optimizer.step(); warmup.step(); } var scheduler = ChainedLR([warmup, COSINE]);")]
    [InlineData(Sequence + " warmup = StepLR(other, 3);", "warmup.step(); scheduler.step();")]
    [InlineData(Sequence, "warmup.get_last_lr(); scheduler.step();")]
    [InlineData(Sequence, "decay.step();")] // the whole is not stepped
    [InlineData("var scheduler = SequentialLR(optimizer, [WARMUP, COSINE], [5]); var second = StepLR(other, 3);", "other.step(); second.step(); scheduler.step();")]
    public Task WhatIsRightOrNotKnownIsSilent(string statements, string loop = "scheduler.step();") => Verify.Silent(CompositionSource.Script(statements, loop));

    [Fact]
    public Task FieldsAndAsyncMethods() => Verify.Fix(Trainer("{|WARM4003:_warmup.step()|};\n            "), Trainer(string.Empty));

    /// <summary>A method that the constructor calls may well run before.</summary>
    [Fact]
    public Task WhatTheConstructorCallsIsSilent() => Verify.Silent(Trainer("_warmup.step();\n            ", "_ = FitAsync();"));

    [Theory]
    [InlineData("warmup.step(); scheduler.step();")]
    [InlineData("scheduler.step(); warmup.step();")]
    [InlineData("decay.step(); scheduler.step();")]
    public async Task TheMessageShowsBothRuns(string loop)
    {
        var source = CompositionSource.Script(Sequence, loop);
        var right = CurveText.Numbers([.. TrainingRun.LearningRates(CompositionSource.Script(Sequence)).Take(8)]);
        var message = (await ArgumentSource.Finding(source)).GetMessage();
        Assert.StartsWith("This scheduler is stepped by SequentialLR already, so it runs ahead; the learning rate runs " + ArgumentSource.Run(source), message, StringComparison.Ordinal);
        Assert.Contains(" instead of " + right, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warmup.step(; scheduler.step();")]
    [InlineData("warmup.ste(); scheduler.step();")]
    [InlineData("warmup.; scheduler.step();")]
    public async Task HalfTypedCodeIsSilent(string loop) =>
        Assert.DoesNotContain(await Findings.In(CompositionSource.Script(Sequence, loop), mustCompile: false), found => found.Id == "WARM4003" && loop.Contains("ste()", StringComparison.Ordinal));

    private static string Trainer(string step, string inConstructor = "") => $$"""
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch;

        public sealed class Trainer
        {
            private readonly optim.Optimizer _optimizer;
            private readonly optim.lr_scheduler.LRScheduler _warmup;
            private readonly optim.lr_scheduler.LRScheduler _scheduler;

            public Trainer(nn.Module model)
            {
                _optimizer = optim.Adam(model.parameters(), 1e-3);
                _warmup = optim.lr_scheduler.LinearLR(_optimizer, 0.1);
                {{inConstructor}}
                _scheduler = optim.lr_scheduler.SequentialLR(_optimizer, new[] { _warmup, optim.lr_scheduler.StepLR(_optimizer, 30) }, new[] { 5 });
            }

            public async Task FitAsync()
            {
                for (var epoch = 0; epoch < 90; epoch++)
                {
                    await Task.Yield();
                    _optimizer.step();
                    {{step}}_scheduler.step();
                }
            }

            public static void Main() { }
        }
        """;
}
