using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Real = TorchSharp.torch.optim.lr_scheduler;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>Sequences measured on TorchSharp, as the documentation quotes them: in TorchSharp and in the simulator.</summary>
public sealed class MeasuredSequenceTests
{
    public static TheoryData<string, string> Sequences => new()
    {
        { "int e / 4", "0 0 0 0 1 1 1" },
        { "int (e + 1) / 5", "0 0 0 0 1 1 1" },
        { "(double)e / 4", "0 0.25 0.5 0.75 1 1.25 1.5" },
        { "min(1, int (e + 1) / 4)", "0 0 0 1 1" },
        { "LinearLR 0", "0 NaN NaN" },
        { "LinearLR 1 / 10", "0 NaN NaN" },
        { "ConstantLR 0, 3", "0 0 0 NaN" },
        { "ConstantLR 1 / 3, 3", "0 0 0 NaN" },
        { "LinearLR 2", "2 1.75 1.5 1.25 1 1" },
        { "LinearLR -0.5, 4", "-0.5 -0.125 0.25 0.625 1 1" },
        { "LinearLR -1, 4", "-1 -0.5 0 NaN" },
        { "LinearLR 0.25, 0", "0.25 0.25 0.25" },
        { "ConstantLR 0.25, 0", "0.25 0.25 0.25" },
        { "LinearLR 4, milestone 8, Cosine", "0.2 0.4 0.6 0.8 1 1 1 1 1 0.854 0.5" },
        { "LambdaLR e + 1, last 1", "3 4" },
        { "StepLR 1, 0.2, last 5", "0.2 0.04" },
        { "ExponentialLR 0.5, last 0", "0.5 0.25" },
        { "LinearLR 0.25, 4, last 2", "1.3 1.6 1.6" },
        { "LinearLR 0.1, 5, last 2", "1.391 1.783 2.174 2.174" },
        { "CosineAnnealingLR 4", "1 0.854 0.5 0.146 0 0.146 0.5 0.854 1" },
        { "CosineAnnealingLR 0", "1 NaN" },
        { "SequentialLR 0", "0.1 0.1 0.085 0.05 0.015 0" },
        { "SequentialLR warmup 5, milestone 3", "0.1 0.28 0.46 1" },
        { "SequentialLR warmup 5, Cosine 10", "0.1 0.28 0.46 0.64 0.82 1 0.976 0.905 0.794 0.655 0.5" },
        { "OneCycleLR 10, pct_start 0.1", "NaN" },
        { "CyclicLR ExpRange", "1 1.9 2.8 3.7 4.6" },
        { "MultiStepLR 2 2 5", "1 1 0.1 0.1 0.1 0.01" },
        { "MultiplicativeLR ramp", "1 0.5 0.375 0.375" },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_measured_sequence(string name, string expected) =>
        AssertSequence(expected, new SideBySide(name, MomentumKind.Momentum, 1).Create(Named(name)));

    [Fact]
    public void The_base_rate_in_the_factor_leaves_a_thousandth_of_a_thousandth()
    {
        var both = new SideBySide("lr twice", MomentumKind.None, 1e-3).Create(Lambda(e => 1e-3 * Math.Min(1, (e + 1) / 5.0)));
        for (var step = 0; step < 10; step++)
            both.Step();
        Assert.Equal(1e-6, both.Rates[0], 1e-15);
    }

    [Fact]
    public void A_step_at_the_top_makes_a_ramp_from_zero_right()
    {
        var both = new SideBySide("top", MomentumKind.None, 1).Create(Lambda(e => Math.Min(e / 5.0, 1)));
        Assert.Equal("0.2 0.4 0.6 0.8 1", Text(Enumerable.Range(0, 5).Select(_ => both.Step().Rates[0])));
    }

    [Fact]
    public void A_step_at_the_top_never_trains_with_the_first_factor()
    {
        var both = new SideBySide("top", MomentumKind.None, 0.1).Create(Lambda(e => Math.Min((e + 1) / 5.0, 1)));
        Assert.Equal("0.04 0.06 0.08 0.1", Text(Enumerable.Range(0, 4).Select(_ => both.Step().Rates[0])));
    }

    [Fact]
    public void Explicit_indices_are_right_at_either_end_of_the_loop()
    {
        var behind = new SideBySide("behind", MomentumKind.None, 1).Create(Lambda(e => Math.Min((e + 1) / 5.0, 1)));
        var trained = new List<double>();
        for (var e = 1; e <= 5; e++)
        {
            trained.Add(behind.Rates[0]);
            behind.StepTo(e);
        }

        Assert.Equal("0.2 0.4 0.6 0.8 1", Text(trained));
        var before = new SideBySide("before", MomentumKind.None, 1).Create(Lambda(e => Math.Min((e + 1) / 5.0, 1)));
        Assert.Equal("0.2 0.4 0.6 0.8 1", Text(Enumerable.Range(0, 5).Select(e => before.StepTo(e).Rates[0])));
    }

    [Fact]
    public void A_warmup_that_is_not_stepped_keeps_its_quarter_for_ever() => AssertSequence(
        "0.25 0.213 0.125 0.037 0",
        new SideBySide("the second stepped", MomentumKind.None, 1).Create(Linear(0.25, 5)).Create(Cosine(4)));

    [Fact]
    public void A_resumed_ramp_overshoots()
    {
        var both = new SideBySide("resumed", MomentumKind.None, 1).Create(Linear(0.1, 5)).Step().Step().Step();
        Assert.Equal("0.64 0.82", Text([both.Rates[0], both.Step().Rates[0]]));
        both = new SideBySide("resumed", MomentumKind.None, 1).Create(Linear(0.1, 5)).Step().Step().Step().Create(Linear(0.1, 5, last: 2));
        AssertSequence("0.89 1.141", both);
    }

    [Fact]
    public void One_cycle_ends_with_zero_and_then_throws()
    {
        var both = new SideBySide("one cycle", MomentumKind.Momentum, 0.1)
            .Create(new(o => Real.OneCycleLR(o, 25, 10, anneal_strategy: Real.impl.OneCycleLR.AnnealStrategy.Linear, final_div_factor: 2, base_momentum: 1, max_momentum: 22), OneCycle));
        AssertSequence("1 13 25 21.5 18 14.5 11 7.5 4 0.5", both);
        Assert.Equal("22", Text(both.Momenta));
        both.Step();
        Assert.Equal((0.0, 0.0), (both.Rates[0], both.Momenta[0]));
        Assert.Equal("System.InvalidOperationException", both.Step().Exception);
    }

    [Fact]
    public void One_cycle_never_ends_the_rise_of_the_second_group()
    {
        var both = new SideBySide("one cycle", MomentumKind.Momentum, 0.1, 0.1)
            .Create(new(o => Real.OneCycleLR(o, 25, 10, anneal_strategy: Real.impl.OneCycleLR.AnnealStrategy.Linear, final_div_factor: 2, base_momentum: 1, max_momentum: 22), OneCycle));
        Assert.Equal(22, both.Momenta[1]);
        AssertSequence("1 13 25 37 49 61 73 85 97 109", both, group: 1);
        Assert.Equal(-72.5, both.Momenta[1]);
    }

    private static OneCycleLR OneCycle { get; } = new(25, 10) { IsLinear = true, FinalDivFactor = 2, BaseMomentum = 1, MaxMomentum = 22 };

    [Fact]
    public void Cyclic_drives_the_momentum_up_to_one()
    {
        var both = new SideBySide("cyclic", MomentumKind.Momentum, 1).Create(new(o => Real.CyclicLR(o, 1, 5, 4), new CyclicLR(1, 5) { StepSizeUp = 4 }));
        var momenta = new List<double> { both.Momenta[0] };
        while (momenta.Count < 5)
            momenta.Add(both.Step().Momenta[0]);
        Assert.Equal("0.9 0.925 0.95 0.975 1", Text(momenta));
    }

    [Fact]
    public void An_exponential_per_batch_vanishes()
    {
        var both = new ExponentialLR(0.999).Start([new ParameterGroup(1e-4)]);
        for (var step = 0; step < 10_000; step++)
            both.Step();
        Assert.Equal(4.5e-9, both.Groups[0].LearningRate, 5e-11);
        for (var step = 10_000; step < 200_000; step++)
            both.Step();
        Assert.Equal(-91, Math.Round(Math.Log10(both.Groups[0].LearningRate)));
    }

    public static TheoryData<string, string> Starts => new()
    {
        { "LambdaLR 1", "0.1 0.1" },
        { "SequentialLR", "0.1 0.05" },
        { "OneCycleLR", "0.04 0.132" },
        { "CyclicLR", "0.01 0.258" },
        { "StepLR", "0.5 0.25" },
        { "MultiStepLR", "0.5 0.25" },
        { "ExponentialLR", "0.5 0.25" },
        { "CosineAnnealingLR 4", "0.5 0.427 0.25 0.073 0" },
        { "LinearLR 0.25", "0.125 0.219 0.313 0.406 0.5" },
        { "ConstantLR", "0.25 0.5" },
        { "PolynomialLR", "0.5 0.25 0" },
        { "MultiplicativeLR", "0.5 0.25" },
    };

    /// <summary>An optimizer made with 0.1, whose rate was set to 0.5 before the scheduler is made.</summary>
    [Theory]
    [MemberData(nameof(Starts))]
    public void A_rate_set_before_is_lost_or_carried_on(string name, string expected) =>
        AssertSequence(expected, new SideBySide(name, MomentumKind.Momentum, 0.1).Write(0, 0.5).Create(Starting(name)));

    [Theory]
    [InlineData("StepLR", 0.05)]
    [InlineData("MultiStepLR", 0.05)]
    [InlineData("ExponentialLR", 0.05)]
    [InlineData("CosineAnnealingLR 4", 0.0853553390593)]
    [InlineData("LinearLR 0.25", 0.04375)]
    [InlineData("ConstantLR", 0.1)]
    [InlineData("PolynomialLR", 0.05)]
    [InlineData("MultiplicativeLR", 0.25)] // has no closed form
    public void A_jump_goes_back_to_the_rate_of_the_optimizers_creation(string name, double expected)
    {
        var both = new SideBySide(name, MomentumKind.Momentum, 0.1).Write(0, 0.5).Create(Starting(name)).StepTo(1);
        Assert.Equal(expected, both.Rates[0], 1e-12);
    }

    [Fact]
    public void Multiplicative_never_asks_for_index_zero()
    {
        var asked = new List<int>();
        double Factor(int index)
        {
            asked.Add(index);
            return 1;
        }

        new SideBySide("multiplicative", MomentumKind.None, 1)
            .Create(new(o => Real.MultiplicativeLR(o, Factor), new MultiplicativeLR([e => Value.Of(Factor(e))])))
            .Step().Step().Step();
        Assert.Equal([1, 1, 2, 2, 3, 3], asked);
    }

    [Theory]
    [InlineData(false, "1 1 1 1 2 2 2 2 3")]
    [InlineData(true, "0 1 2 3 4 5 6 7 8")]
    public void Cyclics_scale_is_asked_for_the_cycle_or_the_iteration(bool byIterations, string expected)
    {
        var asked = new List<double>();
        double Scale(double x)
        {
            asked.Add(x);
            return 0;
        }

        var mode = byIterations ? Real.impl.CyclicLR.ScaleMode.Iterations : Real.impl.CyclicLR.ScaleMode.Cycle;
        var both = new SideBySide("cyclic", MomentumKind.None, 1).Create(new(
            o => Real.CyclicLR(o, 0.25, 5, 2, scale_fn: Scale, scale_mode: mode, cycle_momentum: false),
            new CyclicLR(0.25, 5) { StepSizeUp = 2, ScaleFunction = x => Value.Of(Scale(x)), ScalesByIterations = byIterations, CyclesMomentum = false }));
        // A scale of zero is the base rate.
        AssertSequence("0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25 0.25", both);
        Assert.Equal(expected, Text(asked.Where((_, i) => i % 2 == 0)));
    }

    private static SchedulerPair Named(string name) => name switch
    {
        "int e / 4" => Lambda(e => e / 4),
        "int (e + 1) / 5" => Lambda(e => (e + 1) / 5),
        "(double)e / 4" => Lambda(e => (double)e / 4),
        "min(1, int (e + 1) / 4)" => Lambda(e => Math.Min(1.0, (e + 1) / 4)),
        "LinearLR 0" => Linear(0, 5),
        "LinearLR 1 / 10" => Linear(1 / 10, 5),
        "ConstantLR 0, 3" => new(o => Real.ConstantLR(o, 0, 3), new ConstantLR(0, 3)),
        "ConstantLR 1 / 3, 3" => new(o => Real.ConstantLR(o, 1 / 3, 3), new ConstantLR(1 / 3, 3)),
        "LinearLR 2" => Linear(2, 4),
        "LinearLR -0.5, 4" => Linear(-0.5, 4),
        "LinearLR -1, 4" => Linear(-1, 4),
        "LinearLR 0.25, 0" => Linear(0.25, 0),
        "ConstantLR 0.25, 0" => new(o => Real.ConstantLR(o, 0.25, 0), new ConstantLR(0.25, 0)),
        "LinearLR 4, milestone 8, Cosine" => Sequence(Linear(0.2, 4), Cosine(4), 8),
        "LambdaLR e + 1, last 1" => new(o => Real.LambdaLR(o, e => e + 1, 1), new LambdaLR([e => Value.Of(e + 1)], 1)),
        "StepLR 1, 0.2, last 5" => new(o => Real.StepLR(o, 1, 0.2, 5), new StepLR(1, 0.2, 5)),
        "ExponentialLR 0.5, last 0" => new(o => Real.ExponentialLR(o, 0.5, 0), new ExponentialLR(0.5, 0)),
        "LinearLR 0.25, 4, last 2" => Linear(0.25, 4, 2),
        "LinearLR 0.1, 5, last 2" => Linear(0.1, 5, 2),
        "CosineAnnealingLR 4" => Cosine(4),
        "CosineAnnealingLR 0" => Cosine(0),
        "SequentialLR 0" => Sequence(Linear(0.1, 5), Cosine(4), 0),
        "SequentialLR warmup 5, milestone 3" => Sequence(Linear(0.1, 5), Cosine(4), 3),
        "SequentialLR warmup 5, Cosine 10" => Sequence(Linear(0.1, 5), Cosine(10), 5),
        "OneCycleLR 10, pct_start 0.1" => new(o => Real.OneCycleLR(o, 1, 10, pct_start: 0.1), new OneCycleLR(1, 10) { PctStart = 0.1 }),
        "CyclicLR ExpRange" => new(
            o => Real.CyclicLR(o, 1, 5, 4, mode: Real.impl.CyclicLR.Mode.ExpRange, gamma: 0.9, scale_mode: Real.impl.CyclicLR.ScaleMode.Iterations),
            new CyclicLR(1, 5) { StepSizeUp = 4, Mode = CyclicMode.ExpRange, Gamma = 0.9, ScalesByIterations = true }),
        "MultiStepLR 2 2 5" => new(o => Real.MultiStepLR(o, [2, 2, 5]), new MultiStepLR([2, 2, 5], 0.1)),
        "MultiplicativeLR ramp" => new(o => Real.MultiplicativeLR(o, e => Math.Min(1, (e + 1) / 4.0)), new MultiplicativeLR([e => Value.Of(Math.Min(1, (e + 1) / 4.0))])),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static SchedulerPair Starting(string name) => name switch
    {
        "LambdaLR 1" => Lambda(_ => 1),
        "SequentialLR" => Sequence(Exponential, Cosine(4), 5),
        "OneCycleLR" => new(o => Real.OneCycleLR(o, 1, 20), new OneCycleLR(1, 20)),
        "CyclicLR" => new(o => Real.CyclicLR(o, 0.01, 1, 4), new CyclicLR(0.01, 1) { StepSizeUp = 4 }),
        "StepLR" => new(o => Real.StepLR(o, 1, 0.5), new StepLR(1, 0.5)),
        "MultiStepLR" => new(o => Real.MultiStepLR(o, [1], 0.5), new MultiStepLR([1], 0.5)),
        "ExponentialLR" => Exponential,
        "CosineAnnealingLR 4" => Cosine(4),
        "LinearLR 0.25" => Linear(0.25, 4),
        "ConstantLR" => new(o => Real.ConstantLR(o, 0.5, 1), new ConstantLR(0.5, 1)),
        "PolynomialLR" => new(o => Real.PolynomialLR(o, 2), new PolynomialLR(2, 1)),
        "MultiplicativeLR" => new(o => Real.MultiplicativeLR(o, _ => 0.5), new MultiplicativeLR([_ => Value.Of(0.5)])),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static SchedulerPair Exponential => new(o => Real.ExponentialLR(o, 0.5), new ExponentialLR(0.5));

    private static SchedulerPair Lambda(Func<int, double> factor) =>
        new(o => Real.LambdaLR(o, factor), new LambdaLR([index => Value.Of(factor(index))]));

    private static SchedulerPair Linear(double start, int total, int last = -1) =>
        new(o => Real.LinearLR(o, start, 1, total, last), new LinearLR(start, 1, total, last));

    private static SchedulerPair Cosine(double period) => new(o => Real.CosineAnnealingLR(o, period), new CosineAnnealingLR(period, 0));

    private static SchedulerPair Sequence(SchedulerPair first, SchedulerPair second, int milestone) => new(
        o => Real.SequentialLR(o, [first.Real(o), second.Real(o)], [milestone]),
        new SequentialLR([first.Simulated, second.Simulated], [milestone]));

    private static void AssertSequence(string expected, SideBySide both, int group = 0)
    {
        var count = expected.Split(' ').Length;
        var actual = new List<double> { both.Rates[group] };
        while (actual.Count < count)
            actual.Add(both.Step().Rates[group]);
        Assert.Equal(expected, Text(actual));
    }

    // A cosine's zero is zero but for the last digits.
    private static string Text(IEnumerable<double> numbers) =>
        string.Join(" ", numbers.Select(number => (Math.Abs(number) < 1e-15 ? 0 : number).ToString("0.###", CultureInfo.InvariantCulture)));
}
