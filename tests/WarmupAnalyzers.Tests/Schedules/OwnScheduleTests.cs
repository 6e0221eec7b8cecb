extern alias library;

using System;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Xunit.Abstractions;
using Library = library::WarmupSchedulers;
using Own = WarmupSchedulers;
using Real = TorchSharp.torch.optim.lr_scheduler;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>Our own schedulers in the simulator against the runtime library, bit for bit. Setting: <c>WARMUP_RANDOM_SEED</c>.</summary>
public sealed class OwnScheduleTests(ITestOutputHelper output)
{
    private const int Settings = 1500;
    private const int Steps = 70;

    [Fact]
    public void The_simulator_gives_the_librarys_rates()
    {
        var seed = SimulatorTests.Seed();
        var random = new Random(seed);
        var (refused, exceptions) = (0, 0);
        for (var setting = 0; setting < Settings; setting++)
        {
            if (Schedules(random, random.Next(1, 4)) is not { } schedules)
                refused++;
            else
                exceptions += CompareOnce(schedules, random, $"own, seed {seed}, setting {setting}") is null ? 0 : 1;
        }

        output.WriteLine($"own: seed {seed}, {Settings} settings of {Steps} steps, 0 differences, {refused} of them refused by both and {exceptions} end with an exception");
        Assert.InRange(refused + exceptions, 1, Settings / 2);
    }

    [Fact]
    public void It_steps_right_wherever_it_stands_in_a_sequence()
    {
        var ramp = new Pair(Library.Schedule.LinearWarmup(4), Own.Schedule.LinearWarmup(4));
        var decay = new Pair(Library.Schedule.CosineDecay(4), Own.Schedule.CosineDecay(4));
        var both = new SideBySide("sequence", MomentumKind.None, 1).Create(new(
            o => Real.SequentialLR(o, [Library.LRSchedulers.ScheduleLR(o, ramp.Library), Library.LRSchedulers.ScheduleLR(o, decay.Library)], [4]),
            new SequentialLR([new ScheduleLR(ramp.Own), new ScheduleLR(decay.Own)], [4])));
        var rates = Enumerable.Range(0, 8).Select(step => (step == 0 ? both : both.Step()).Rates[0].ToString("0.###", CultureInfo.InvariantCulture));
        Assert.Equal("0.25 0.5 0.75 1 1 0.854 0.5 0.146", string.Join(" ", rates));
    }

    [Fact]
    public void It_takes_in_groups_that_are_added_later()
    {
        var both = new SideBySide("added", MomentumKind.None, 1)
            .Create(new(o => Library.LRSchedulers.LinearWarmupLR(o, 4), new ScheduleLR(Own.Schedule.LinearWarmup(4))))
            .AddGroup(8).Step();
        Assert.Equal([0.5, 4.0], both.Rates);
    }

    [Fact]
    public void It_refuses_what_the_library_refuses()
    {
        var warmup = new Pair(Library.Schedule.LinearWarmup(4), Own.Schedule.LinearWarmup(4));
        Assert.Throws<ArgumentNullException>(() => Library.LRSchedulers.ScheduleLR(null!, warmup.Library));
        Assert.Equal("System.ArgumentNullException", new ScheduleLR(warmup.Own).Start(null).Exception);
        Assert.Equal("System.ArgumentNullException", New().Create(new(o => Library.LRSchedulers.ScheduleLR(o, null!), new ScheduleLR((Own.Schedule)null!))).Exception);
        Assert.Equal("System.ArgumentException", new SideBySide("no group", MomentumKind.None).Create(Of(warmup)).Exception);
        Assert.Equal("System.ArgumentException", New().Create(Of(warmup, last: 0)).Exception);
        Assert.Equal("System.ArgumentOutOfRangeException", New().Create(Of(warmup, last: -2)).Exception);
        Assert.Equal("System.ArgumentOutOfRangeException", New().Create(Of(warmup)).StepTo(-1).Exception);
    }

    [Fact]
    public void It_resumes_where_the_rates_are_those_of_the_step()
    {
        var warmup = new Pair(Library.Schedule.LinearWarmup(4), Own.Schedule.LinearWarmup(4));
        Assert.Equal([1.0], New().Write(0, 0.75).Create(Of(warmup, last: 2)).Rates);
        Assert.Equal([0.75], New().Write(0, 0.75).Create(Of(warmup, last: 1)).Rates);
        Assert.Equal([0.75], New().Create(Of(warmup)).StepTo(2).Rates);
    }

    private static SideBySide New() => new("own", MomentumKind.None, 1);

    private static SchedulerPair Of(Pair schedule, int last = -1) =>
        new(o => Library.LRSchedulers.ScheduleLR(o, schedule.Library, last), new ScheduleLR(schedule.Own, last));

    private static string? CompareOnce(Pair[] schedules, Random random, string name)
    {
        var isShared = random.Next(2) == 0;
        var groups = isShared ? random.Next(1, 4) : schedules.Length + (random.Next(20) == 0 ? 1 : 0);
        double[] rates = [.. Enumerable.Range(0, groups).Select(_ => Pick(random, [1, 0.1, 3e-4, 0.0]))];
        var both = new SideBySide(name, MomentumKind.None, rates);
        var last = random.Next(8) == 0 ? random.Next(-2, 8) : -1;
        // Mostly as a loaded optimizer has them.
        for (var group = 0; last >= 0 && group < groups && random.Next(8) != 0; group++)
            both.Write(group, rates[group] * schedules[isShared ? 0 : Math.Min(group, schedules.Length - 1)].Own.Factor(last));
        both.Create(isShared
            ? Of(schedules[0], last)
            : new(o => Library.LRSchedulers.PerGroupLR(o, schedules.Select(pair => pair.Library), last), new ScheduleLR([.. schedules.Select(pair => pair.Own)], last)));
        var (jumps, addsAt) = (random.Next(2) == 0, random.Next(8) == 0 ? random.Next(Steps) : -1);
        for (var step = 0; step < Steps && both.Exception is null; step++)
        {
            if (step == addsAt)
                both.AddGroup(0.25);
            if (random.Next(20) == 0)
                both.Write(0, 0.125);
            if (jumps && random.Next(6) == 0)
                both.StepTo(random.Next(40) == 0 ? Pick(random, [-1, int.MaxValue]) : random.Next(0, 90));
            else if (random.Next(10) == 0)
                both.StepWith(0.5);
            else
                both.Step();
        }

        return both.Exception;
    }

    // Null where both refuse the arguments, with the same exception.
    private static Pair[]? Schedules(Random random, int count)
    {
        var made = Enumerable.Range(0, count).Select(_ => Make(random, depth: 3)).ToArray();
        return made.Contains(null) ? null : [.. made.OfType<Pair>()];
    }

    private static Pair? Make(Random random, int depth)
    {
        var isBad = random.Next(40) == 0;
        var (warmup, total) = ((long)random.Next(isBad ? -1 : 0, 20), (long)random.Next(isBad ? 0 : 20, 90));
        var least = isBad ? 1.5 : Pick(random, [0, 0.1, 0.5, 1]);
        double? start = random.Next(3) == 0 ? Pick(random, [0, 0.1, 0.5, isBad ? -1 : 1]) : null;
        var convention = random.Next(5);
        var (its, ours) = ((Library.WarmupConvention)convention, (Own.WarmupConvention)convention);
        switch (random.Next(depth > 0 ? 8 : 4))
        {
            case 0:
                return Try(() => Library.Schedule.LinearWarmup(warmup, its, start), () => Own.Schedule.LinearWarmup(warmup, ours, start));
            case 1:
                return Try(() => Library.Schedule.LinearDecay(total, least), () => Own.Schedule.LinearDecay(total, least));
            case 2:
                return Try(() => Library.Schedule.CosineDecay(total, least), () => Own.Schedule.CosineDecay(total, least));
            case 3:
                return Try(() => Library.Schedule.Constant(least), () => Own.Schedule.Constant(least));
            case 4:
                return Try(() => Library.Schedule.WarmupThenLinear(warmup, total, least, its, start), () => Own.Schedule.WarmupThenLinear(warmup, total, least, ours, start));
            case 5:
                return Try(() => Library.Schedule.WarmupThenCosine(warmup, total, least, its, start), () => Own.Schedule.WarmupThenCosine(warmup, total, least, ours, start));
            default:
                if (Make(random, depth - 1) is not { } first || Make(random, depth - 1) is not { } second)
                    return null;
                return random.Next(2) == 0
                    ? Try(() => first.Library.Then(second.Library), () => first.Own.Then(second.Own))
                    : Try(() => first.Library.Then(second.Library, warmup), () => first.Own.Then(second.Own, warmup));
        }
    }

    private static Pair? Try(Func<Library.Schedule> its, Func<Own.Schedule> ours)
    {
        var (expected, refused) = Result(its);
        var (actual, refusedHere) = Result(ours);
        Assert.Equal(refused, refusedHere);
        return expected is null ? null : new Pair(expected, actual!);
    }

    private static (T? Made, Type? Exception) Result<T>(Func<T> make)
        where T : class
    {
        try
        {
            return (make(), null);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return (null, exception.GetType());
        }
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];

    private sealed record Pair(Library.Schedule Library, Own.Schedule Own);
}
