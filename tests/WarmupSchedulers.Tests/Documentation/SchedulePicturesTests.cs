using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace WarmupSchedulers.Tests.Documentation;

/// <summary>
/// The pictures of docs/schedules.md are made by the library itself. With WARMUP_UPDATE_PICTURES set they are written anew; else they are compared.
/// </summary>
public class SchedulePicturesTests
{
    private const int Steps = 200;

    private static readonly string s_docs = Path.Combine(Root(), "docs");

    private static readonly Dictionary<string, Preview> s_pictures = new()
    {
        ["ramps"] = Of(("LinearWarmup(40)", Schedule.LinearWarmup(40)), ("CosineWarmup(40)", Schedule.CosineWarmup(40)), ("PolynomialWarmup(40)", Schedule.PolynomialWarmup(40))),
        ["without-a-length"] = Of(("ExponentialWarmup(20)", Schedule.ExponentialWarmup(20)), ("RAdamWarmup(0.98)", Schedule.RAdamWarmup(0.98)), ("UntunedLinearWarmup(0.98)", Schedule.UntunedLinearWarmup(0.98))),
        ["gradual"] = Of(("GradualWarmup(40, 8)", Schedule.GradualWarmup(40, 8))),
        ["conventions"] = Preview.Of(7, [.. Enum.GetValues<WarmupConvention>().Select(convention => new KeyValuePair<string, Schedule>(convention.ToString(), Schedule.LinearWarmup(5, convention)))]),
        ["constant"] = Of(("Constant(0.5)", Schedule.Constant(0.5)), ("Transition(0.2, 1, 100)", Schedule.Transition(0.2, 1.0, 100))),
        ["linear-and-polynomial"] = Of(("WarmupThenLinear(20, 180)", Schedule.WarmupThenLinear(20, 180)), ("WarmupThenPolynomial(20, 180, 2)", Schedule.WarmupThenPolynomial(20, 180, 2.0))),
        ["cosine"] = Of(("WarmupThenCosine(20, 180, 0.1)", Schedule.WarmupThenCosine(20, 180, 0.1)), ("CosineDecay(180, 0, 1.5)", Schedule.CosineDecay(180, 0.0, 1.5))),
        ["hard-restarts"] = Of(("WarmupThenHardRestarts(20, 180, 3)", Schedule.WarmupThenHardRestarts(20, 180, 3.0))),
        ["warm-restarts"] = Of(("WarmRestarts(25, 2)", Schedule.WarmRestarts(25, 2.0)), ("WarmRestarts(25, 2, 0, 0.7)", Schedule.WarmRestarts(25, 2.0, 0.0, 0.7))),
        ["inverse-square-root"] = Of(("WarmupThenInverseSquareRoot(20)", Schedule.WarmupThenInverseSquareRoot(20)), ("Noam(20)", Schedule.Noam(20))),
        ["stairs"] = Of(("StepDecay(50, 0.5)", Schedule.StepDecay(50, 0.5)), ("MultiStepDecay([80, 140], 0.3)", Schedule.MultiStepDecay([80, 140], 0.3)), ("ExponentialDecay(0.98)", Schedule.ExponentialDecay(0.98))),
        ["warmup-stable-decay"] = Of([.. new[] { TransitionShape.Linear, TransitionShape.Cosine, TransitionShape.OneMinusSquareRoot, TransitionShape.Exponential }
            .Select(shape => (shape.ToString(), Schedule.WarmupStableDecay(20, 180, 80, 0.05, shape)))]),
        ["one-cycle"] = Of(("OneCycle(180)", Schedule.OneCycle(180)), ("three_phase: true", Schedule.OneCycle(180, three_phase: true))),
        ["cyclic"] = Of(("Cyclic(25)", Schedule.Cyclic(25)), ("CyclicMode.Triangular2", Schedule.Cyclic(25, mode: CyclicMode.Triangular2))),
        ["composition"] = Of(("LinearWarmup(40) * CosineDecay(180)", Schedule.LinearWarmup(40) * Schedule.CosineDecay(180)), ("CosineDecay(180).AtLeast(0.2)", Schedule.CosineDecay(180).AtLeast(0.2))),
    };

    public static TheoryData<string> Names() => [.. s_pictures.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_is_the_one_that_the_library_makes(string name)
    {
        var file = Path.Combine(s_docs, "schedules", name + ".svg");
        var picture = s_pictures[name].ToSvg();
        if (Environment.GetEnvironmentVariable("WARMUP_UPDATE_PICTURES") is { Length: > 0 })
            File.WriteAllText(file, picture);

        Assert.Equal(picture, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void The_chapter_shows_every_picture_and_no_other()
    {
        var shown = Regex.Matches(Chapter(), @"\(schedules/([\w-]+)\.svg\)").Select(match => match.Groups[1].Value).Order().ToArray();

        Assert.Equal(s_pictures.Keys.Order(), shown);
        Assert.Equal(s_pictures.Keys.Order(), Directory.GetFiles(Path.Combine(s_docs, "schedules"), "*.svg").Select(Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void The_chapter_names_every_schedule_and_every_scheduler()
    {
        var chapter = Chapter();
        var schedules = typeof(Schedule).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Schedule) && !method.IsSpecialName);
        var schedulers = typeof(LRSchedulers).GetMethods(BindingFlags.Public | BindingFlags.Static);

        Assert.All(schedules.Concat(schedulers).Select(method => method.Name).Distinct(), name => Assert.Contains("`" + name, chapter, StringComparison.Ordinal));
    }

    private static string Chapter() => File.ReadAllText(Path.Combine(s_docs, "schedules.md"));

    private static Preview Of(params (string Name, Schedule Schedule)[] schedules) =>
        Preview.Of(Steps, [.. schedules.Select(pair => new KeyValuePair<string, Schedule>(pair.Name, pair.Schedule))]);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "WarmupAnalyzers.sln")))
            folder = folder.Parent!;

        return folder.FullName;
    }
}
