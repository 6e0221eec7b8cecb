using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>
/// Wrong factors in many spellings: the packed analyzers report each, <c>dotnet format</c> mends all, a second build is clean, and the
/// program then gets from TorchSharp exactly the learning rates of a linear warmup.
/// </summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class FactorFixTests(PackedPackages packages)
{
    private const string Start = """
        using System;
        using System.Collections.Generic;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch.optim;

        var warmup = 5;
        const double lr = 0.3;
        const int Epochs = 5;
        var nothing = new List<Parameter>();

        """;

    [Fact]
    public Task Zero_at_the_first_step() => Mended(
        "WARM1001",
        ("lambda", "k => k / 5.0", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("minimum", "k => Math.Min(1.0, (double)k / warmup)", "the factor runs 0, "),
        ("guard", "k => k < Epochs ? (double)k / Epochs : 1.0", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("product", "k => Math.Min(0.2 * k, 1)", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("clamp", "k => Math.Clamp(k / (double)warmup, 0.0, 1.0)", "the factor runs 0, "),
        ("statements", "k => { if (k < 5) return k / 5.0; return 1.0; }", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("switch", "k => k switch { < 5 => k / 5.0, _ => 1.0 }", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("local function", "double LocalRamp(int k) => Math.Min(k / 5.0, 1.0);", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("method group", "static double Ramp(int epoch) { return Math.Min(1, epoch / 5.0); }", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("method of a class", "public static double Ramp(int step) => step >= 5 ? 1 : step / 5.0;", "the factor runs 0, 0.2, 0.4, 0.6, 0.8, 1, … "),
        ("implementation", "k => Math.Min(1, 1.0 * k / warmup)", "the factor runs 0, "));

    [Fact]
    public Task Integer_division() => Mended(
        "WARM1002",
        ("lambda", "k => k / warmup", "it runs 0, "),
        ("minimum", "k => Math.Min(1.0, (k + 1) / 5)", "it runs 0, 0, 0, 0, 1, 1, … ▁▁▁▁███ instead of 0.2, 0.4, 0.6, 0.8, 1, 1, …"),
        ("guard", "k => k < Epochs ? (k + 1) / Epochs : 1", "it runs 0, 0, 0, 0, 1, 1, … ▁▁▁▁███ instead of 0.2, 0.4, 0.6, 0.8, 1, 1, …"),
        ("cast too late", "k => (double)(k / 5)", "it runs 0, 0, 0, 0, 0, 1, … "),
        ("statements", "k => { if (k < 5) return (k + 1) / 5; return 1.0; }", "it runs 0, 0, 0, 0, 1, 1, … "),
        ("switch", "k => k switch { < 5 => (k + 1) / 5, _ => 1.0 }", "it runs 0, 0, 0, 0, 1, 1, … "),
        ("local function", "double LocalRamp(int k) => Math.Min((k + 1) / 5, 1);", "it runs 0, 0, 0, 0, 1, 1, … "),
        ("method group", "static double Ramp(int epoch) { return Math.Min(1, epoch / 5); }", "it runs 0, 0, 0, 0, 0, 1, … "),
        ("method of a class", "public static double Ramp(int step) => step >= 5 ? 1 : (step + 1) / 5;", "it runs 0, 0, 0, 0, 1, 1, … "),
        ("implementation", "k => Math.Min(k / warmup, 1)", "it runs 0, "));

    [Fact]
    public Task The_base_learning_rate_in_the_factor() => Mended(
        "WARM1003",
        ("constant", "k => lr * Math.Min((k + 1) / 5.0, 1)", "the learning rate peaks at 0.09"),
        ("number", "k => 0.3 * Math.Min((k + 1) / 5.0, 1)", "the learning rate peaks at 0.09"),
        ("behind", "k => Math.Min((k + 1) / 5.0, 1) * lr", "the learning rate peaks at 0.09"),
        ("minimum", "k => Math.Min(lr * (k + 1) / 5, lr)", "the learning rate peaks at 0.09"),
        ("guard", "k => k < 5 ? lr * (k + 1) / 5 : lr", "the learning rate peaks at 0.09"),
        ("statements", "k => { var ramp = Math.Min((k + 1) / 5.0, 1.0); return lr * ramp; }", "the learning rate peaks at 0.09"),
        ("local function", "double LocalRamp(int k) => lr * Math.Min((k + 1) / 5.0, 1.0);", "the learning rate peaks at 0.09"),
        ("method group", "static double Ramp(int epoch) { return 0.3 * Math.Min(1.0, (epoch + 1) / 5.0); }", "the learning rate peaks at 0.09"),
        ("method of a class", "public static double Ramp(int step) => 0.3 * Math.Min((step + 1) / 5.0, 1.0);", "the learning rate peaks at 0.09"),
        ("implementation", "k => Math.Min(1.0, (k + 1) / (double)warmup) * lr", "the learning rate peaks at 0.09"));

    private async Task Mended(string id, params (string Name, string Factor, string Text)[] spellings)
    {
        var members = spellings.Where(spelling => spelling.Name == "method of a class").Select(spelling => $"    {spelling.Factor} // {id}: {spelling.Text}\n");
        var program = (
            "Program.cs",
            Start + string.Join('\n', spellings.Select((spelling, i) => Schedule(id, spelling, i)))
            + "\ninternal static class Schedules\n{\n" + string.Concat(members) + "}\n");
        var project = ConsumerProject.Create(
            packages, id, [("WarmupAnalyzers", packages.Version), ("TorchSharp", EndToEnd.Tests.Build.TorchSharpVersion)], program, Programs.Rates);
        var right = spellings.Select(spelling => spelling.Name + ": " + Programs.LinearWarmup(0.3, 5)).ToArray();

        var found = await project.Build();
        var marks = Programs.Marks(program).ToArray();
        Assert.Equal(marks.Select(mark => mark.Place), found.Select(finding => finding.ToString()));
        Assert.All(found, finding => Assert.Equal("warning", finding.Level));
        Assert.All(found.Zip(marks), pair => Assert.Contains(pair.Second.Text, pair.First.Message));
        var before = await project.Run();
        Assert.Equal(right.Length, before.Length);
        Assert.Empty(before.Intersect(right));

        await project.Format("WARM1001", "WARM1002", "WARM1003", "WARM3001", "WARM3002");

        Assert.Empty(await project.Build());
        Assert.Equal(right, await project.Run());
        Assert.Equal(marks.Length, Programs.Marks(("Program.cs", project.Read("Program.cs"))).Count());
    }

    private static string Schedule(string id, (string Name, string Factor, string Text) spelling, int index)
    {
        var mark = $" // {id}: {spelling.Text}";
        var (before, argument) = spelling.Name switch
        {
            "local function" => (spelling.Factor + mark + "\n", "LocalRamp"),
            "method group" => (spelling.Factor + mark + "\n", "Ramp"),
            "method of a class" => ("", "Schedules.Ramp"),
            _ => ("", spelling.Factor),
        };
        var isHere = before.Length == 0 && argument == spelling.Factor;
        var create = spelling.Name == "implementation" ? "new lr_scheduler.impl.LambdaLR" : "lr_scheduler.LambdaLR";
        return $"""
            {before}var optimizer{index} = SGD(nothing, lr);
            var scheduler{index} = {create}(optimizer{index}, {argument});{(isHere ? mark : "")}
            Rates.Print("{spelling.Name}", optimizer{index}, scheduler{index});

            """;
    }
}
