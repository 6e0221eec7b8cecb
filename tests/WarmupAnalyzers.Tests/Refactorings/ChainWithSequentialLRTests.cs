using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Mutants;
using WarmupAnalyzers.Tests.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>A warmup and a decay that are stepped side by side become one after the other.</summary>
public class ChainWithSequentialLRTests
{
    private const string Sequence = "var sequence = SequentialLR(optimizer, new LRScheduler[] { warmup, decay }, new[] { 5 });";
    private const string Both = "warmup.step(); decay.step();";
    private const string Ramp = "0.1, 0.28, 0.46, 0.64, 0.82, 1, … of the learning rate ";

    [Theory]
    // The decay keeps its own length.
    [InlineData("var decay = ExponentialLR(optimizer, 0.9);", "▂▃▅█▇▆▅▅▄▃▃▃▂▂▂▂▂▂▂▁▁▁▁▁")]
    [InlineData("var decay = StepLR(optimizer, 10);", "▂▃▅██████▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁")]
    [InlineData("var decay = MultiStepLR(optimizer, new[] { 10, 20 });")]
    [InlineData("var decay = CosineAnnealingLR(optimizer, T_max: 35);")]
    [InlineData("var decay = LambdaLR(optimizer, e => Math.Pow(0.9, e));")]
    [InlineData("var decay = new impl.ExponentialLR(optimizer, 0.9);")]
    [InlineData("LRScheduler decay = lr_scheduler.ExponentialLR(gamma: 0.9, optimizer: optimizer);")]
    [InlineData("LRScheduler decay; decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var rounds = 35; var decay = CosineAnnealingLR(optimizer, rounds);")]
    public async Task TheDecayFollowsTheWarmup(string decay, string picture = "")
    {
        var before = Script("var warmup = WARMUP; " + decay, Both);

        var refactored = await Offered(before, "WARMUP");

        Assert.Equal(Script($"var warmup = WARMUP; {decay} {Sequence}", "sequence.step();"), refactored.Text);
        Assert.True(refactored.Title!.StartsWith("Chain with SequentialLR: " + Ramp + picture, StringComparison.Ordinal), refactored.Title);
        AssertTrainsAsTold(refactored);
    }

    [Theory]
    // One that was made for the whole training is made for what is left of it.
    [InlineData("var decay = CosineAnnealingLR(optimizer, T_max: 40);", "var decay = CosineAnnealingLR(optimizer, T_max: 35);")]
    [InlineData("var decay = CosineAnnealingLR(optimizer, 40, eta_min: 0.001);", "var decay = CosineAnnealingLR(optimizer, 35, eta_min: 0.001);")]
    [InlineData("var decay = PolynomialLR(optimizer, total_iters: 40, power: 2);", "var decay = PolynomialLR(optimizer, total_iters: 35, power: 2);")]
    [InlineData("var decay = LinearLR(optimizer, 1, 0.1, total_iters: 40 /* all */);", "var decay = LinearLR(optimizer, 1, 0.1, total_iters: 35 /* all */);")]
    [InlineData("const int Epochs = 40; var decay = CosineAnnealingLR(optimizer, Epochs);", "const int Epochs = 40; var decay = CosineAnnealingLR(optimizer, Epochs - 5);")]
    [InlineData("int a = 8; var decay = CosineAnnealingLR(optimizer, a * 5);", "int a = 8; var decay = CosineAnnealingLR(optimizer, a * 5 - 5);")]
    [InlineData("int a = 39; var decay = CosineAnnealingLR(optimizer, a + 1);", "int a = 39; var decay = CosineAnnealingLR(optimizer, a + 1 - 5);")]
    public async Task AHorizonOfTheWholeTrainingIsShortened(string decay, string expected)
    {
        var refactored = await Offered(Script("var warmup = WARMUP; " + decay, Both), "WARMUP");

        Assert.Equal(Script($"var warmup = WARMUP; {expected} {Sequence}", "sequence.step();"), refactored.Text);
        AssertTrainsAsTold(refactored);
    }

    [Theory]
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: length);", "length", "int length = 5;")]
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: Length);", "Length", "const int Length = 5;")]
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: rounds / 8);", "rounds / 8", "int rounds = 40;")]
    [InlineData("var warmup = LinearLR(optimizer, 0.1);", "5")]
    [InlineData("var warmup = ConstantLR(optimizer, factor: 0.1, total_iters: 4);", "4")]
    [InlineData("var warmup = LambdaLR(optimizer, e => Math.Min((e + 1) / 5.0, 1.0));", "4")]
    [InlineData("var warmup = new impl.LinearLR(optimizer, 0.1, 1, 7);", "7")]
    public async Task TheMilestoneIsTheLengthOfTheWarmup(string warmup, string milestone, string before = "")
    {
        var source = Script($"{before} {warmup} var decay = ExponentialLR(optimizer, 0.9);", Both);

        var refactored = await Offered(source, "decay =");

        Assert.Equal(Script($"{before} {warmup} var decay = ExponentialLR(optimizer, 0.9); {Sequence.Replace("{ 5 }", "{ " + milestone + " }", StringComparison.Ordinal)}", "sequence.step();"), refactored.Text);
        AssertTrainsAsTold(refactored);
    }

    [Theory]
    [InlineData("int epochs, int start", "start", "epochs", "epochs - start", "LinearLR for start steps, then CosineAnnealingLR")]
    [InlineData("int epochs, int start", "start", "start * 2", "start * 2", "LinearLR for start steps, then CosineAnnealingLR")]
    [InlineData("int epochs", "5", "epochs", "epochs - 5", "LinearLR for 5 steps, then CosineAnnealingLR")]
    [InlineData("int epochs", "epochs / 10", "epochs", "epochs - epochs / 10", "LinearLR for epochs / 10 steps, then CosineAnnealingLR")]
    [InlineData("int epochs, int a", "a + 1", "epochs", "epochs - (a + 1)", "LinearLR for a + 1 steps, then CosineAnnealingLR")]
    public async Task OpenLengths(string parameters, string length, string horizon, string left, string title)
    {
        string Source(string t, string sequence, string loop) => Script("Fit(" + string.Join(", ", parameters.Split(',').Select((_, i) => i == 0 ? "40" : "4")) + ");", "", $$"""
            private static void Fit({{parameters}})
                {
                    using var net = torch.nn.Linear(4, 1);
                    var optimizer = Adam(net.parameters());
                    var warmup = LinearLR(optimizer, 0.1, total_iters: {{length}});
                    var decay = CosineAnnealingLR(optimizer, {{t}});{{sequence}}
                    for (int epoch = 0; epoch < epochs; epoch++)
                    {
                        optimizer.step();
                        {{loop}}
                    }
                }
            """);

        var refactored = await Offered(Source(horizon, "", "warmup.step();\n            decay.step();"), "decay =");

        Assert.Equal(Source(left, $"\n        var sequence = SequentialLR(optimizer, new LRScheduler[] {{ warmup, decay }}, new[] {{ {length} }});", "sequence.step();"), refactored.Text);
        Assert.Equal("Chain with SequentialLR: " + title, refactored.Title);
    }

    [Theory]
    [InlineData("decay.step(); warmup.step();")]
    [InlineData("warmup.step(); Console.WriteLine(); decay.step();", "sequence.step(); Console.WriteLine();")]
    [InlineData("if (epoch >= 0) { warmup.step(); decay.step(); }", "if (epoch >= 0) { sequence.step(); }")]
    public async Task TheTwoStepsBecomeOne(string loop, string expected = "sequence.step();")
    {
        var refactored = await Offered(Script("var decay = ExponentialLR(optimizer, 0.9); var warmup = WARMUP;", loop), "warmup =");

        Assert.Equal(Script($"var decay = ExponentialLR(optimizer, 0.9); var warmup = WARMUP; {Sequence}", expected), refactored.Text);
        AssertTrainsAsTold(refactored);
    }

    [Theory]
    [InlineData("warmup = LinearLR")]
    [InlineData("LinearLR(optimizer")]
    [InlineData("var decay")]
    [InlineData("warmup.step()")]
    [InlineData("decay.step()")]
    public async Task OfferedAtTheCreationsAndTheSteps(string caret) =>
        await Offered(Script("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both), caret);

    [Theory]
    [InlineData("optimizer.step()")]
    [InlineData("for (var epoch")]
    [InlineData("var optimizer")]
    [InlineData("using System;")]
    public async Task NotOfferedElsewhere(string caret) =>
        await NotOffered(Script("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both), caret);

    [Fact]
    public async Task BesideTheReportThatOneOverwritesTheOther()
    {
        var before = Script("var warmup = WARMUP; var decay = LambdaLR(optimizer, e => 0.5 * (1 + Math.Cos(Math.PI * e / 35)));", Both);
        Assert.Equal("WARM4001", Assert.Single(await Findings.In(before)).Id);

        AssertTrainsAsTold(await Offered(before, "decay ="));
    }

    [Fact]
    public async Task NamesAreWrittenAsTheFileWritesThem()
    {
        static string Source(string names, string sequence, string loop) => Script("", "").Replace("using static TorchSharp.torch.optim;\nusing static TorchSharp.torch.optim.lr_scheduler;\n", "", StringComparison.Ordinal)
            .Replace("for (var epoch", $"var warmup = {names}LinearLR(optimizer, 0.1);\n        var decay = {names}ExponentialLR(optimizer, 0.9);\n        {sequence}for (var epoch", StringComparison.Ordinal)
            .Replace("optimizer.step();\n            ", "optimizer.step();\n            " + loop, StringComparison.Ordinal);

        foreach (var names in new[] { "torch.optim.lr_scheduler.", "TorchSharp.torch.optim.lr_scheduler.", "global::TorchSharp.torch.optim.lr_scheduler." })
        {
            var refactored = await Offered(Source(names, "", "warmup.step();\n            decay.step();"), "decay =");

            Assert.Equal(Source(names, $"var sequence = {names}SequentialLR(optimizer, new {names}LRScheduler[] {{ warmup, decay }}, new[] {{ 5 }});\n        ", "sequence.step();"), refactored.Text);
        }
    }

    [Fact]
    public async Task LinesAndCommentsStay()
    {
        var before = Script("// Five epochs up.\n        var warmup = WARMUP; // slowly\n        // Then down.\n        var decay = CosineAnnealingLR(optimizer, T_max: 40 /* all */); // for good\n", "// Both.\n            warmup.step();\n            decay.step(); // too\n            // That was it.");

        var refactored = await Offered(before, "decay =");

        Assert.Equal(
            Script($"// Five epochs up.\n        var warmup = WARMUP; // slowly\n        // Then down.\n        var decay = CosineAnnealingLR(optimizer, T_max: 35 /* all */); // for good\n        {Sequence}\n", "// Both.\n            sequence.step();\n            // too\n            // That was it."),
            refactored.Text);
    }

    [Theory]
    [InlineData("int sequence = 1;", "sequence2")]
    [InlineData("void sequence() { }", "sequence2")]
    [InlineData("int sequence = 1, sequence2 = 2;", "sequence3")]
    public async Task TheNameIsFree(string before, string name)
    {
        var refactored = await Offered(Script(before + " var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both), "decay =");

        Assert.Contains($"var {name} = SequentialLR(", refactored.Text, StringComparison.Ordinal);
        Assert.Contains($"{name}.step();", refactored.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TopLevelStatements()
    {
        const string Before = "using System;\nusing TorchSharp;\n\nusing var model = torch.nn.Linear(4, 1);\nvar optimizer = torch.optim.SGD(model.parameters(), 0.1);\nvar warmup = torch.optim.lr_scheduler.LinearLR(optimizer, 0.1);\nvar decay = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 20);\n\nfor (int epoch = 0; epoch < 20; epoch++)\n{\n    optimizer.step();\n    warmup.step();\n    decay.step();\n}\n";

        var refactored = await Offered(Before, "warmup.step");

        Assert.Equal(
            Before.Replace("optimizer, 20);\n", "optimizer, 15);\nvar sequence = torch.optim.lr_scheduler.SequentialLR(optimizer, new torch.optim.lr_scheduler.LRScheduler[] { warmup, decay }, new[] { 5 });\n", StringComparison.Ordinal)
                .Replace("    warmup.step();\n    decay.step();\n", "    sequence.step();\n", StringComparison.Ordinal),
            refactored.Text);
        AssertTrainsAsTold(refactored);
    }

    [Theory]
    [InlineData("", "async Task Fit()", "await Task.Delay(1);")]
    [InlineData("this.", "void Fit()", "")]
    public async Task FieldsBesideFields(string owner, string fit, string wait)
    {
        string Source(string field, string t, string sequence, string loop) => $$"""
            using System.Threading.Tasks;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.optim.lr_scheduler;

            public sealed class Trainer
            {
                private readonly TorchSharp.Modules.Linear _model = nn.Linear(4, 1); // network
                private readonly optim.Optimizer _optimizer;
                private readonly optim.lr_scheduler.LRScheduler _warmup;
                private readonly optim.lr_scheduler.LRScheduler _decay;
                {{field}}

                public Trainer()
                {
                    _optimizer = torch.optim.SGD(_model.parameters(), 0.1);
                    {{owner}}_warmup = LinearLR(_optimizer, 0.1);
                    {{owner}}_decay = CosineAnnealingLR(_optimizer, {{t}});
                    {{sequence}}
                }

                public {{fit}}
                {
                    for (int epoch = 0; epoch < 20; epoch++)
                    {
                        {{wait}}
                        _optimizer.step();
                        {{loop}}
                    }
                }
            }

            public static class Program
            {
                public static void Main() => new Trainer().Fit();
            }
            """.Replace("        \n", "", StringComparison.Ordinal).Replace("    \n", "", StringComparison.Ordinal);

        var refactored = await Offered(Source("", "20", "", $"{owner}_decay.step();\n            {owner}_warmup.step();"), "_decay =");

        Assert.Equal(
            Source("private readonly LRScheduler _sequence;", "15", $"{owner}_sequence = SequentialLR(_optimizer, new LRScheduler[] {{ {owner}_warmup, {owner}_decay }}, new[] {{ 5 }});", $"{owner}_sequence.step();").Replace(" LRScheduler _seq", " LRScheduler _seq", StringComparison.Ordinal),
            refactored.Text);
        Assert.StartsWith("Chain with SequentialLR: " + Ramp, refactored.Title, StringComparison.Ordinal);
    }

    [Theory]
    // SequentialLR takes no plateau, and what has a warmup needs none.
    [InlineData("var warmup = WARMUP; var decay = PLATEAU;", "warmup.step(); decay.step(0.5);")]
    [InlineData("var warmup = WARMUP; var decay = OneCycleLR(optimizer, 0.5, 40);")]
    [InlineData("var warmup = WARMUP; var decay = CyclicLR(optimizer, 0.1, 0.5, 10, cycle_momentum: false);")]
    // It goes on from the rate in force, and that is none of its own in a sequence.
    [InlineData("var warmup = WARMUP; var decay = MultiplicativeLR(optimizer, e => 0.95);")]
    [InlineData("var warmup = WARMUP; var decay = MultiplicativeLR(optimizer, e => 1 - open / 100.0);")]
    // The length of the first is not known, or there is none.
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: Environment.ProcessorCount); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("int n = 5; n += open; var warmup = LinearLR(optimizer, 0.1, total_iters: n); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = LinearLR(optimizer, Start(), total_iters: 5); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = LambdaLR(optimizer, e => Math.Min((e + 1.0) / open, 1)); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = STEP; var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = CosineAnnealingLR(optimizer, 5); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = WARMUP; var decay = LinearLR(optimizer, 0.5, total_iters: 10);")]
    // Nothing would be left for the other.
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: 40); var decay = CosineAnnealingLR(optimizer, 40);")]
    [InlineData("var warmup = LinearLR(optimizer, 0.1, total_iters: 50); var decay = CosineAnnealingLR(optimizer, 40);")]
    // They are not stepped once, side by side.
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "if (epoch < 5) warmup.step(); else decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup.step(); if (epoch >= 5) decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup.step(); warmup.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup.step(); decay.step(epoch);")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "warmup?.step(); decay.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", "foreach (var one in new[] { warmup, decay }) one.step();")]
    // They are more than stepped.
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both + " Console.WriteLine(decay.get_last_lr().First());")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); GC.KeepAlive(decay);")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); var same = decay;")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); if (open > 3) decay = STEP;")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); var whole = SequentialLR(optimizer, new[] { warmup, decay }, new[] { 5 });", "whole.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); var whole = ChainedLR(new[] { warmup, decay });", "whole.step();")]
    // Others are at work too.
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); var third = STEP;", Both + " third.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both + " foreach (var group in optimizer.ParamGroups) group.LearningRate *= 0.9;")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); var list = new List<Optimizer> { optimizer };")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(other, 0.9);", Both + " other.step();")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9); optimizer.load_state_dict(optimizer.state_dict());")]
    // They do not begin at the beginning.
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9, last_epoch: 3);")]
    [InlineData("var warmup = LinearLR(optimizer, 0.1, last_epoch: 1); var decay = ExponentialLR(optimizer, 0.9);")]
    // They are no variables of one block.
    [InlineData("LRScheduler decay; var warmup = WARMUP; if (open > 3) decay = STEP; else decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("LRScheduler? warmup = open > 3 ? WARMUP : null; var decay = ExponentialLR(optimizer, 0.9);", "warmup?.step(); decay.step();")]
    // Behind the warmup it would be stepped beyond its horizon, and climb back.
    [InlineData("var warmup = WARMUP; var decay = CosineAnnealingLR(optimizer, T_max: 30);")]
    public async Task NotOfferedForOthers(string statements, string loop = Both)
    {
        var source = Script(statements, loop, "private static double Start() => Environment.TickCount / 1e9;");
        await NotOffered(source, "warmup =");
        await NotOffered(source, "decay =");
        await NotOffered(source, ".step();");
    }

    [Theory]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, );")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, missing);")]
    [InlineData("var warmup = LinearLR(optimizer, total_iters: missing); var decay = ExponentialLR(optimizer, 0.9);")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9) if (")]
    [InlineData("var warmup = WARMUP; var decay = ")]
    [InlineData("var warmup = WARMUP; var decay = ExponentialLR();")]
    public async Task HalfTypedCode(string statements)
    {
        foreach (var caret in new[] { "warmup =", "decay =", "decay.step" })
            Assert.Null((await Refactored.By(new ChainWithSequentialLR(), [Script(statements, Both)], caret, mustCompile: false)).Title);
    }

    [Fact]
    public async Task DoppelgangersAreNotOurs() => await NotOffered(
        "using static Mine;\nvar optimizer = new Optimizer();\nvar warmup = LinearLR(optimizer, 0.1);\nvar decay = ExponentialLR(optimizer, 0.9);\nfor (int i = 0; i < 20; i++) { optimizer.step(); warmup.step(); decay.step(); }\nstatic class Mine { public class Optimizer { public void step() { } } public static Optimizer LinearLR(Optimizer optimizer, double start_factor, int total_iters = 5) => optimizer; public static Optimizer ExponentialLR(Optimizer optimizer, double gamma) => optimizer; }\n",
        "decay =");

    [Fact]
    public async Task WithoutTorchSharpThereIsNothing() => Assert.Null((await Refactored.By(
        new ChainWithSequentialLR(), [Script("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both)], "decay =", TestReferences.Framework, mustCompile: false)).Title);

    [Fact]
    public async Task Cancelled() => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Refactored.AllBy(
        new ChainWithSequentialLR(), Script("var warmup = WARMUP; var decay = ExponentialLR(optimizer, 0.9);", Both), "decay =", new CancellationToken(canceled: true)));

    /// <summary>In programs that are right it is offered at no scheduler that runs alone or has been chained.</summary>
    [Theory]
    [MemberData(nameof(MutationStudyTests.Programs), MemberType = typeof(MutationStudyTests))]
    public async Task WholePrograms(string name)
    {
        var source = TrainingProgram.All.Single(program => program.Name == name).Source;
        foreach (var place in System.Text.RegularExpressions.Regex.Matches(source, @"LR\(|ReduceLROnPlateau\(|\.step\(").Select(match => match.Index))
        {
            foreach (var offered in await Refactored.AllBy(new ChainWithSequentialLR(), source, source[place..]))
                Assert.Fail(offered.Text);
        }
    }

    private static string Script(string statements, string loop, string members = "") => CompositionSource.Script(statements, loop, members);

    private static async Task<Refactored> Offered(string before, string caret)
    {
        var refactored = await Refactored.By(new ChainWithSequentialLR(), [before], CompositionSource.Spelled(caret));
        Assert.True(refactored.Title is not null, "not offered in\n" + before);
        Assert.Empty((await Findings.In(refactored.Text)).Select(found => found.ToString()));
        return refactored;
    }

    private static async Task NotOffered(string source, string caret)
    {
        if (source.Contains(caret, StringComparison.Ordinal))
            Assert.True((await Refactored.By(new ChainWithSequentialLR(), [source], caret)).Title is null, "offered in\n" + source);
    }

    // The numbers of the title are those of a run, and of a warmup and a decay one after the other.
    private static void AssertTrainsAsTold(Refactored refactored)
    {
        var rates = TrainingRun.LearningRates(refactored.Text);
        Assert.StartsWith(
            "Chain with SequentialLR: " + string.Join(", ", rates.Take(6).Select(rate => Math.Round(rate / 0.1, 3).ToString(CultureInfo.InvariantCulture))) + ", … of the learning rate ",
            refactored.Title,
            StringComparison.Ordinal);
        Assert.Equal(0.1, rates.Max(), 9);
    }
}
