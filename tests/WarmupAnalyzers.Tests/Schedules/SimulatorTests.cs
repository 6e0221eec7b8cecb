using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using TorchSharp;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Xunit.Abstractions;
using static TorchSharp.torch.optim;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>The simulator against TorchSharp's own schedulers, bit for bit, on a managed optimizer. Setting: <c>WARMUP_RANDOM_SEED</c>.</summary>
public sealed class SimulatorTests(ITestOutputHelper output)
{
    private const int Settings = 250;
    private const int Steps = 70;

    private static readonly double[] s_rates = [1, 0.1, 0.001, 3e-4, 0.05, 1e-8, 0, double.NaN, double.PositiveInfinity];
    private static readonly double[] s_factors = [0, 1, 0.1, 0.25, 1.0 / 3, 0.5, -0.5, -1, 2, 1e-9, 0.999, double.NaN];

    public static TheoryData<string> Kinds => ["LambdaLR", "MultiplicativeLR", "LinearLR", "ConstantLR", "StepLR", "MultiStepLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_simulator_gives_TorchSharps_rates(string kind)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WARMUP_RANDOM_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var set) ? set : 20240607;
        var random = new Random(seed);
        var exceptions = 0;
        for (var setting = 0; setting < Settings; setting++)
            exceptions += CompareOnce(kind, random, $"{kind}, seed {seed}, setting {setting}") ? 0 : 1;
        output.WriteLine($"{kind}: seed {seed}, {Settings} settings of {Steps} steps, {exceptions} of them end with an exception");
    }

    // True where no step threw.
    private static bool CompareOnce(string kind, Random random, string name)
    {
        var rates = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, s_rates)).ToArray();
        var current = rates.Select(rate => random.Next(4) == 0 ? rate / 3 : rate).ToArray();
        var optimizer = new FakeOptimizer(rates, current);
        var groups = rates.Select((rate, i) => new ParameterGroup(rate) { LearningRate = current[i] }).ToArray();
        var (real, simulated) = Make(kind, random);
        lr_scheduler.LRScheduler? scheduler = null;
        ScheduleRun? run = null;
        if (!Same(() => scheduler = real(optimizer), () => run = simulated.Start(groups), () => run!, name))
            return false;
        AssertSame(optimizer, groups, name + ", created");
        var jumps = random.Next(2) == 0;
        for (var step = 0; step < Steps; step++)
        {
            int? epoch = jumps && random.Next(5) == 0 ? random.Next(-1, 40) : null;
            if (!Same(() => scheduler!.step(epoch), () => run!.StepTo(epoch), () => run!, name + ", step " + step))
                return false;
            AssertSame(optimizer, groups, name + ", step " + step + " to " + epoch);
        }

        return true;
    }

    private static (Func<Optimizer, lr_scheduler.LRScheduler> Real, SimulatedScheduler Simulated) Make(string kind, Random random)
    {
        var last = random.Next(4) == 0 ? random.Next(0, 8) : -1;
        var (a, b) = (Pick(random, s_factors), Pick(random, s_factors));
        var n = random.Next(8) == 0 ? random.Next(-1, 2) : random.Next(2, 30);
        switch (kind)
        {
            case "LambdaLR":
                {
                    var functions = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Function(random)).ToArray();
                    return (o => new lr_scheduler.impl.LambdaLR(o, functions, last), new LambdaLR([.. functions.Select(AsFactor)], last));
                }

            case "MultiplicativeLR":
                {
                    var functions = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Function(random)).ToArray();
                    return (o => new lr_scheduler.impl.MultiplicativeLR(o, functions, last), new MultiplicativeLR([.. functions.Select(AsFactor)], last));
                }

            case "LinearLR":
                return (o => lr_scheduler.LinearLR(o, a, b, n, last), new LinearLR(a, b, n, last));
            case "ConstantLR":
                return (o => lr_scheduler.ConstantLR(o, a, n, last), new ConstantLR(a, n, last));
            case "StepLR":
                return (o => lr_scheduler.StepLR(o, n, a, last), new StepLR(n, a, last));
            case "MultiStepLR":
                int[] milestones = [.. Enumerable.Range(0, random.Next(0, 5)).Select(_ => random.Next(0, 40))];
                return (o => lr_scheduler.MultiStepLR(o, milestones, a, last), new MultiStepLR([.. milestones], a, last));
            case "ExponentialLR":
                return (o => lr_scheduler.ExponentialLR(o, a, last), new ExponentialLR(a, last));
            case "PolynomialLR":
                var power = Pick(random, [1, 2, 0.5, 0, -1]);
                return (o => lr_scheduler.PolynomialLR(o, n, power, last), new PolynomialLR(n, power, last));
            case "CosineAnnealingLR":
                var period = random.Next(4) == 0 ? n + 0.5 : n;
                var least = Pick(random, [0, 0.001, -1]);
                return (o => lr_scheduler.CosineAnnealingLR(o, period, least, last), new CosineAnnealingLR(period, least, last));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    private static Func<int, double> Function(Random random)
    {
        var (n, bound) = (random.Next(1, 9), random.Next(5, 60));
        return random.Next(5) switch
        {
            0 => e => e / n,
            1 => e => Math.Min(1.0, (e + 1) / (double)n),
            2 => e => Math.Pow(0.9, e),
            3 => e => 1.0 / (e - n),
            _ => e => e < bound ? Math.Cos(e) : throw new InvalidOperationException(),
        };
    }

    private static Func<int, Value> AsFactor(Func<int, double> function) => index =>
    {
        try
        {
            return Value.Of(function(index));
        }
        catch (InvalidOperationException exception)
        {
            return Value.Thrown(exception);
        }
    };

    private static bool Same(Action real, Action simulate, Func<ScheduleRun> run, string name)
    {
        string? exception = null;
        try
        {
            real();
        }
        catch (Exception thrown)
        {
            exception = thrown.GetType().FullName;
        }

        simulate();
        Assert.True(exception == run().Exception, $"{name}: {exception} in TorchSharp, {run().Exception} simulated");
        return exception is null;
    }

    private static void AssertSame(FakeOptimizer optimizer, ParameterGroup[] groups, string name)
    {
        var (expected, actual) = (optimizer.Rates, groups.Select(group => group.LearningRate).ToArray());
        Assert.True(
            expected.Zip(actual).All(pair => pair.First.Equals(pair.Second) && (double.IsNaN(pair.First) || double.IsNegative(pair.First) == double.IsNegative(pair.Second))),
            $"{name}: {string.Join(" ", expected)} in TorchSharp, {string.Join(" ", actual)} simulated");
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    [Fact]
    public void Too_few_lambdas_throw_and_too_many_are_ignored()
    {
        ImmutableArray<Func<int, Value>> one = [_ => Value.Of(0.5)];
        Assert.Equal("System.ArgumentOutOfRangeException", new LambdaLR(one).Start([new(1), new(1)]).Exception);
        Assert.Null(new LambdaLR(one.Add(_ => Value.Unknown)).Start([new(1)]).Exception);
    }

    [Fact]
    public void A_factor_that_is_not_known_ends_the_run_without_an_exception()
    {
        var group = new ParameterGroup(1);
        var run = new LambdaLR([k => k < 2 ? Value.Of(0.5) : Value.Unknown]).Start([group]);
        run.Step();
        Assert.True(run.IsKnown);
        run.Step();
        Assert.False(run.IsKnown);
        Assert.Null(run.Exception);
        Assert.Equal(0.5, group.LearningRate);
    }

    public static TheoryData<string, string> Sequences => new()
    {
        { "int e / 4", "0 0 0 0 1 1 1" },
        { "int (e + 1) / 5", "0 0 0 0 1 1 1" },
        { "(double)e / 4", "0 0.25 0.5 0.75 1 1.25 1.5" },
        { "min(1, int (e + 1) / 4)", "0 0 0 1 1" },
        { "LinearLR 0", "0 NaN NaN" },
        { "ConstantLR 0, 3", "0 0 0 NaN" },
        { "LinearLR 2", "2 1.75 1.5 1.25 1 1" },
        { "LinearLR -0.5, 4", "-0.5 -0.125 0.25 0.625 1 1" },
        { "LinearLR -1, 4", "-1 -0.5 0 NaN" },
        { "LinearLR 0.25, 0", "0.25 0.25 0.25" },
        { "ConstantLR 0.25, 0", "0.25 0.25 0.25" },
        { "StepLR 1, 0.2, last 5", "0.2" },
        { "ExponentialLR 0.5, last 0", "0.5" },
        { "LinearLR 0.25, 4, last 2", "1.3 1.6 1.6" },
        { "LinearLR 0.1, 5, last 2", "1.391 1.783 2.174 2.174" },
        { "LambdaLR e + 1, last 1", "3" },
        { "CosineAnnealingLR 4", "1 0.854 0.5 0.146 0 0.146 0.5 0.854 1" },
        { "CosineAnnealingLR 0", "1 NaN" },
        { "MultiStepLR 2 2 5", "1 1 0.1 0.1 0.1 0.01" },
        { "MultiplicativeLR ramp", "1 0.5 0.375 0.375" },
    };

    /// <summary>Sequences measured on TorchSharp, as the documentation quotes them; three digits.</summary>
    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_measured_sequence(string name, string expected)
    {
        var scheduler = Named(name);
        var group = new ParameterGroup(1);
        var run = scheduler.Start([group]);
        var count = expected.Split(' ').Length;
        var actual = new List<string>();
        for (; actual.Count < count; run.Step())
            actual.Add((Math.Abs(group.LearningRate) < 1e-15 ? 0 : group.LearningRate).ToString("0.###", CultureInfo.InvariantCulture));
        Assert.Equal(expected, string.Join(" ", actual));
    }

    private static SimulatedScheduler Named(string name) => name switch
    {
        "int e / 4" => Lambda(e => e / 4),
        "int (e + 1) / 5" => Lambda(e => (e + 1) / 5),
        "(double)e / 4" => Lambda(e => (double)e / 4),
        "min(1, int (e + 1) / 4)" => Lambda(e => Math.Min(1.0, (e + 1) / 4)),
        "LinearLR 0" => new LinearLR(0, 1, 5),
        "ConstantLR 0, 3" => new ConstantLR(0, 3),
        "LinearLR 2" => new LinearLR(2, 1, 4),
        "LinearLR -0.5, 4" => new LinearLR(-0.5, 1, 4),
        "LinearLR -1, 4" => new LinearLR(-1, 1, 4),
        "LinearLR 0.25, 0" => new LinearLR(0.25, 1, 0),
        "ConstantLR 0.25, 0" => new ConstantLR(0.25, 0),
        "StepLR 1, 0.2, last 5" => new StepLR(1, 0.2, 5),
        "ExponentialLR 0.5, last 0" => new ExponentialLR(0.5, 0),
        "LinearLR 0.25, 4, last 2" => new LinearLR(0.25, 1, 4, 2),
        "LinearLR 0.1, 5, last 2" => new LinearLR(0.1, 1, 5, 2),
        "LambdaLR e + 1, last 1" => new LambdaLR([e => Value.Of(e + 1)], 1),
        "CosineAnnealingLR 4" => new CosineAnnealingLR(4, 0),
        "CosineAnnealingLR 0" => new CosineAnnealingLR(0, 0),
        "MultiStepLR 2 2 5" => new MultiStepLR([2, 2, 5], 0.1),
        _ => new MultiplicativeLR([e => Value.Of(Math.Min(1, (e + 1) / 4.0))]),
    };

    private static LambdaLR Lambda(Func<int, double> factor) => new([index => Value.Of(factor(index))]);

    private sealed class FakeOptimizer : Optimizer
    {
        private readonly Group[] _groups;

        public FakeOptimizer(double[] initial, double[] current)
            : base(IntPtr.Zero) => _groups = [.. initial.Select((rate, i) => new Group { InitialLearningRate = rate, LearningRate = current[i] })];

        public override IEnumerable<ILearningRateController> ParamGroups => _groups;

        public double[] Rates => [.. _groups.Select(group => group.LearningRate)];

        private sealed class Group : ILearningRateController
        {
            public double LearningRate { get; set; }

            public double InitialLearningRate { get; set; }
        }
    }
}
