using System;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Schedules;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Xunit.Abstractions;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>The simulator against TorchSharp's own schedulers, bit for bit, on a managed optimizer. Setting: <c>WARMUP_RANDOM_SEED</c>.</summary>
public sealed class SimulatorTests(ITestOutputHelper output)
{
    private const int Settings = 400;
    private const int Compositions = 1500;
    private const int Steps = 70;

    private static readonly double[] s_rates = [1, 0.1, 0.001, 3e-4, 0.05, 1e-8, 0, double.NaN, double.PositiveInfinity];

    public static TheoryData<string> Kinds => [.. RandomSchedulers.Kinds.Select(kind => kind.ToString())];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_simulator_gives_TorchSharps_rates(string kind) => Compare(kind, Settings, depth: 1);

    [Theory]
    [InlineData("SequentialLR", 2)]
    [InlineData("ChainedLR", 2)]
    [InlineData("SequentialLR", 3)]
    [InlineData("ChainedLR", 3)]
    public void Nested_schedulers_give_TorchSharps_rates(string kind, int depth) => Compare(kind, Compositions, depth);

    private void Compare(string kind, int settings, int depth)
    {
        var seed = Seed();
        var random = new Random(seed);
        var exceptions = 0;
        for (var setting = 0; setting < settings; setting++)
            exceptions += CompareOnce(Enum.Parse<SchedulerKind>(kind), depth, random, $"{kind} {depth} deep, seed {seed}, setting {setting}") is null ? 0 : 1;
        output.WriteLine($"{kind} {depth} deep: seed {seed}, {settings} settings of {Steps} steps, 0 differences, {exceptions} of them end with an exception");
    }

    internal static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("WARMUP_RANDOM_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var set) ? set : 20240607;

    // Gives the exception it ended with, or null.
    private static string? CompareOnce(SchedulerKind kind, int depth, Random random, string name)
    {
        var rates = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, s_rates)).ToArray();
        var momentum = random.Next(8) switch { 0 => MomentumKind.None, 1 => MomentumKind.Betas, _ => MomentumKind.Momentum };
        var both = new SideBySide(name, momentum, rates);
        for (var group = 0; group < rates.Length; group++)
        {
            if (random.Next(4) == 0)
                both.Write(group, rates[group] / 3);
        }

        both.Create(new RandomSchedulers(random) { Groups = rates.Length }.Of(kind, depth));
        var (jumps, writes) = (random.Next(2) == 0, random.Next(3) == 0);
        var addsAt = random.Next(6) == 0 ? random.Next(Steps) : -1;
        for (var step = 0; step < Steps && both.Exception is null; step++)
        {
            if (step == addsAt)
                both.AddGroup(0.25);
            if (writes && random.Next(8) == 0)
                Write(both, random);
            Step(both, kind, jumps && random.Next(6) == 0, random);
        }

        return both.Exception;
    }

    private static void Write(SideBySide both, Random random)
    {
        var group = random.Next(both.Groups);
        switch (random.Next(4))
        {
            case 0:
                both.WriteInitial(group, Pick(random, s_rates));
                break;
            case 1:
                both.WriteMomentum(group, 0.5);
                break;
            default:
                both.Write(group, Pick(random, s_rates));
                break;
        }
    }

    // What throws at once is done seldom, so that most settings go on to the end.
    private static void Step(SideBySide both, SchedulerKind kind, bool isJump, Random random)
    {
        var takesMetric = kind == SchedulerKind.ReduceLROnPlateau;
        if (kind is SchedulerKind.ChainedLR or SchedulerKind.ReduceLROnPlateau && random.Next(300) != 0)
            isJump = false;
        int? epoch = random.Next(40) == 0 ? Pick<int?>(random, [null, int.MaxValue, int.MinValue, -7]) : random.Next(-1, 40);
        if (isJump)
            both.StepTo(epoch);
        else if (takesMetric ? random.Next(300) != 0 : kind != SchedulerKind.ChainedLR && random.Next(10) == 0)
            both.StepWith(random.Next(8) / 4.0, random.Next(5) == 0 ? epoch : null);
        else
            both.Step();
    }

    private static T Pick<T>(Random random, System.Collections.Generic.IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
