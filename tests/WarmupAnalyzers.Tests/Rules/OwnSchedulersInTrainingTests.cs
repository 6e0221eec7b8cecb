using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CSharp;
using WarmupAnalyzers.Tests.Proofs;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>The rules of the training loop and of compositions hold for the schedulers of our own library as they do for TorchSharp's.</summary>
public class OwnSchedulersInTrainingTests
{
    private const string Step = "foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); scheduler.step(); }";

    public static TheoryData<string> Right => new()
    {
        $"var scheduler = LRSchedulers.LinearWarmupLR(optimizer, warmup_steps: 5); {Step}",
        $"var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 5, 40); for (var e = 0; e < 8; e++) {Step}",
        $"var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 100); {Loop(100)}",
        $"var scheduler = LRSchedulers.WarmupThenLinearLR(optimizer, 0.1, 100); {Loop(100)}",
        $"var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, total_steps: 100); {Loop(100)}",
        $"var scheduler = LRSchedulers.CyclicPolicyLR(optimizer, 10); {Loop(100)}",
        $"var scheduler = LRSchedulers.NoamLR(optimizer, 40); {Loop(100)}",
        $"var scheduler = LRSchedulers.UntunedLinearWarmupLR(adam); for (var i = 0; i < 100; i++) {{ Backward(data[i].x, data[i].y); adam.step(); scheduler.step(); }}",
        $"var scheduler = LRSchedulers.ScheduleLR(optimizer, Schedule.LinearWarmup(10) * Schedule.CosineDecay(100)); {Loop(100)}",
        $"var scheduler = LRSchedulers.PerGroupLR(optimizer, [Schedule.LinearWarmup(10)]); {Loop(100)}",
        $"var scheduler = LRSchedulers.ProductLR(optimizer, [Schedule.LinearWarmup(10), Schedule.CosineDecay(100)]); {Loop(100)}",
        $"LRScheduler scheduler = LRSchedulers.WarmupStableDecayLR(optimizer, 10, 100, 20); {Loop(100)}",
        $"var scheduler = SequentialLR(optimizer, [LRSchedulers.LinearWarmupLR(optimizer, 10), CosineAnnealingLR(optimizer, 90)], [10]); {Loop(100)}",
        $"var scheduler = SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1, 10), LRSchedulers.ScheduleLR(optimizer, Schedule.CosineDecay(90))], [10]); {Loop(100)}",
        "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 10); for (var e = 0; e < 100; e++) { Backward(data[e].x, data[e].y); optimizer.step(); scheduler.step(Validate()); }",
        "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(i + 1); }",
        "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0L; i < 100; i++) { Backward(data[(int)i].x, data[(int)i].y); optimizer.step(); scheduler.step(i + 1); }",
        $"var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 100); Console.WriteLine(scheduler.Preview(100).Sparkline()); {Loop(100)} scheduler.save_state_dict(\"s\");",
        $"var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 50, min_lr_factor: 0.1); {Loop(100)}", // trains on with the least rate
        $"var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 100); {Loop(100)}", // the last step has the full rate
        $"var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 500, WarmupConvention.HuggingFace); {Loop(100)}",
        $"var scheduler = SequentialLR(optimizer, [LRSchedulers.WarmupThenCosineLR(optimizer, 10, 50), LinearLR(optimizer, 0.1, 1, 10)], [50]); {Loop(100)}",
        "const int epochs = 20, batches = 40; var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 5, epochs * batches); for (var e = 0; e < epochs; e++) for (var b = 0; b < batches; b++) { Backward(data[b].x, data[b].y); optimizer.step(); scheduler.step(); }",
        "const int epochs = 20; var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 5, epochs); for (var e = 0; e < epochs; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } scheduler.step(); }", // counts epochs, and so does its step
        // Skips the zero that the convention begins with.
        "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10, WarmupConvention.HuggingFace); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); scheduler.step(); optimizer.step(); }",
        // Sets the rate anew in its warmup, and goes on from the one in force behind it.
        "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.05; scheduler.step(Validate()); }",
        // Where a warmup that is resumed ends is not known.
        $"optimizer.load_state_dict(\"o\"); var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 500, last_epoch: 449); {Loop(100)}",
        // A run that goes on, however far it had come.
        "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 1000); optimizer.load_state_dict(\"o\"); scheduler.load_state_dict(\"s\"); " + Loop(100),
        // A group that is added later follows.
        $"var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); optimizer.add_param_group(new TorchSharp.Modules.SGD.ParamGroup(model.parameters(), 0.1)); {Loop(100)}",
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "WARM3001", "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 100); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); }", "0.1" },
        { "WARM3001", "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); }", "never" },
        { "WARM3001", "LRSchedulers.ScheduleLR(optimizer, Schedule.LinearWarmup(10)); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); }", "0.1" },
        { "WARM3002", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); scheduler.step(); optimizer.step(); }", "trains with 0.2, 0.3, 0.4, … instead of 0.1, 0.2, 0.3, …" },
        { "WARM3002", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, args.Length); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); scheduler.step(); optimizer.step(); }", "one step ahead" },
        { "WARM3003", "for (var i = 0; i < 100; i++) { var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }", "in every iteration" },
        { "WARM3004", "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 10); " + Loop(100), "WarmupThenPlateauLR throws InvalidOperationException at step()" },
        { "WARM3005", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(Validate()); }", "LinearWarmupLR does what step() does" },
        { "WARM3006", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(i); }", "" },
        { "WARM3009", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); scheduler.step(); }", "" },
        { "WARM3010", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var e = 0; e < 100; e++) { foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); } } scheduler.step();", "" },
        { "WARM3008", "const int epochs = 20; var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 5, epochs); for (var e = 0; e < epochs; e++) foreach (var (x, y) in data) { Backward(x, y); optimizer.step(); scheduler.step(); }", "total_steps" },
        { "WARM3008", "const int epochs = 20, batches = 40; var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 5, epochs * batches); for (var e = 0; e < epochs; e++) { for (var b = 0; b < batches; b++) { Backward(data[b].x, data[b].y); optimizer.step(); } scheduler.step(); }", "total_steps" },
        { "WARM3007", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 500); for (var i = 0; i < 6000; i++) { functional.mse_loss(model.forward(data[i].x), data[i].y).backward(); if ((i + 1) % 4 == 0) { optimizer.step(); optimizer.zero_grad(); } scheduler.step(); }", "micro-batch" },
        { "WARM4001", "var warmup = LRSchedulers.LinearWarmupLR(optimizer, 10); var scheduler = LambdaLR(optimizer, e => Math.Pow(0.95, e)); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); warmup.step(); scheduler.step(); }", "What LinearWarmupLR does is overwritten by LambdaLR" },
        { "WARM4003", "var warmup = LRSchedulers.LinearWarmupLR(optimizer, 10); var scheduler = SequentialLR(optimizer, [warmup, CosineAnnealingLR(optimizer, 90)], [10]); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); warmup.step(); scheduler.step(); }", "" },
        { "WARM4004", "var scheduler = SequentialLR(optimizer, [LRSchedulers.LinearWarmupLR(adam, 10), CosineAnnealingLR(optimizer, 90)], [10]); " + Loop(100), "" },
        { "WARM4005", "var scheduler = SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1, 10), LRSchedulers.WarmupThenPlateauLR(optimizer, 10)], [10]); " + Loop(100), "WarmupThenPlateauLR cannot be part of SequentialLR" },
        { "WARM4009", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.05; optimizer.step(); scheduler.step(); }", "LinearWarmupLR" },
        { "WARM4009", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); for (var i = 0; i < 100; i++) { Backward(data[i].x, data[i].y); optimizer.step(); foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.05; scheduler.step(); }", "LinearWarmupLR sets it anew before the optimizer steps" },
        { "WARM4012", "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 10, \"max\"); for (var e = 0; e < 100; e++) { Backward(data[e].x, data[e].y); optimizer.step(); var loss = Validate(); scheduler.step(loss); }", "WarmupThenPlateauLR in mode \"max\"" },
        { "WARM2003", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10, last_epoch: 3); " + Loop(100), "LinearWarmupLR throws ArgumentException" },
        { "WARM2004", "foreach (var g in optimizer.ParamGroups) g.LearningRate = 0.5; var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 10); " + Loop(100), "LinearWarmupLR starts from InitialLearningRate" },
        { "WARM4007", "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 200); " + Loop(100), "after 100 of 200 steps the rate ends at 0.54" },
        { "WARM4007", "var scheduler = LRSchedulers.WarmupThenLinearLR(optimizer, 0.1, 200); " + Loop(100), "after 100 of 200 steps the rate ends at 0.556" },
        { "WARM4007", "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 50); " + Loop(100), "from step 50 on the learning rate is 0, and the last 50 of 100 steps train nothing" },
        { "WARM4007", "var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, 300); " + Loop(100), "after 100 of 300 steps the rate ends at 0.9" },
        { "WARM4007", "var scheduler = LRSchedulers.WarmupStableDecayLR(optimizer, 10, 1000, 100); " + Loop(100), "after 100 of 1000 steps the rate ends at 1 of the base learning rate" },
        { "WARM4007", "var scheduler = LRSchedulers.OneCyclePolicyLR(optimizer, 1000); " + Loop(100), "after 100 of 1000 steps" },
        { "WARM4008", "var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 500); " + Loop(100), "it takes 500 steps and 100 are made, so the learning rate gets no further than 0.02" },
        { "WARM4008", "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, warmup_steps: 500, total_steps: 1000); " + Loop(100), "it takes 500 steps" },
        { "WARM4008", "var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 200); for (var e = 0; e < 100; e++) { Backward(data[e].x, data[e].y); optimizer.step(); scheduler.step(Validate()); }", "it takes 200 steps" },
        { "WARM4011", "var scheduler = SequentialLR(optimizer, [LRSchedulers.LinearWarmupLR(optimizer, 10), LRSchedulers.OneCyclePolicyLR(optimizer, 90)], [10]); " + Loop(100), "OneCyclePolicyLR, which begins with one of its own" },
        { "WARM4011", "var scheduler = SequentialLR(optimizer, [LinearLR(optimizer, 0.1, 1, 10), LRSchedulers.WarmupThenCosineLR(optimizer, 10, 90)], [10]); " + Loop(100), "WarmupThenCosineLR, which begins with one of its own" },
        { "WARM5004", "optimizer.load_state_dict(\"o\"); var scheduler = LRSchedulers.LinearWarmupLR(optimizer, 5); " + Loop(100), "LinearWarmupLR begins again" },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public async Task A_training_that_is_right_is_silent(string training)
    {
        var found = await Findings.In(Compile(training));

        Assert.True(found.IsEmpty, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_mistake_is_reported_and_nothing_else(string id, string training, string says)
    {
        var found = await Findings.In(Compile(training));

        Assert.True(found.Select(report => report.Id).SequenceEqual([id]), string.Join('\n', found));
        Assert.True(found[0].GetMessage().Contains(says, StringComparison.Ordinal), found[0].GetMessage());
    }

    /// <summary>As a member of TorchSharp's factories, where the compiler of the host knows extensions of types.</summary>
    [Fact]
    public async Task The_call_style_of_the_built_in_ones_is_the_same()
    {
        var knowsExtensions = LanguageVersion.Latest.MapSpecifiedToEffectiveVersion() >= (LanguageVersion)1400;
        var factory = knowsExtensions ? "torch.optim.lr_scheduler.WarmupThenCosineLR" : "LRSchedulerExtensions.WarmupThenCosineLR";

        var right = await Findings.In(Compile($"var scheduler = {factory}(optimizer, 10, 100); {Loop(100)}"));
        var wrong = await Findings.In(Compile($"var scheduler = {factory}(optimizer, 10, 100); for (var i = 0; i < 100; i++) {{ Backward(data[i].x, data[i].y); optimizer.step(); }}"));

        Assert.Empty(right);
        Assert.Equal("WARM3001", Assert.Single(wrong).Id);
    }

    /// <summary>What stands where the mark stood before the fix, or where it is moved to.</summary>
    public static TheoryData<string, string, string> Mended => new()
    {
        { "WARM3001", "{ Backward(data[i].x, data[i].y); optimizer.step(); }", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }" },
        { "WARM3002", "{ Backward(data[i].x, data[i].y); scheduler.step(); optimizer.step(); }", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }" },
        { "WARM3005", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(0.5); }", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }" },
        { "WARM3006", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(i); }", "{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }" },
    };

    [Theory]
    [MemberData(nameof(Mended))]
    public async Task The_fix_mends_it(string id, string body, string mended)
    {
        const string Training = "var scheduler = LRSchedulers.WarmupThenCosineLR(optimizer, 10, 100);\nfor (var i = 0; i < 100; i++)\n";

        var after = await SafeFix.Of(Program(Training + body.Replace("; ", ";\n", StringComparison.Ordinal)), id, TestReferences.WithLibrary);

        Assert.NotNull(after);
        Assert.Equal(Tokens(Program(Training + mended)), Tokens(after));
        Assert.Empty(await Findings.In((CSharpCompilation)Findings.Compile(after).WithReferences(TestReferences.WithLibrary)));
    }

    private static IEnumerable<string> Tokens(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(token => token.Text);

    private static string Loop(int steps) => $"for (var i = 0; i < {steps}; i++) {{ Backward(data[i].x, data[i].y); optimizer.step(); scheduler.step(); }}";

    private static CSharpCompilation Compile(string training)
    {
        var compilation = (CSharpCompilation)Findings.Compile(Program(training)).WithReferences(TestReferences.WithLibrary);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        return compilation;
    }

    private static string Program(string training) => "using WarmupSchedulers;\n" + SteppingProgram.Usings + SteppingProgram.Setup
        + "var adam = torch.optim.Adam(model.parameters(), 0.1); double Validate() => 0.5;\n" + training;
}
