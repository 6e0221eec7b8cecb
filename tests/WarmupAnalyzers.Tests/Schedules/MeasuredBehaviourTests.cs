using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Schedules.Simulated;
using Xunit;
using Real = TorchSharp.torch.optim.lr_scheduler;

namespace WarmupAnalyzers.Tests.Schedules;

/// <summary>What schedulers were measured to do besides their numbers: in TorchSharp and in the simulator.</summary>
public sealed class MeasuredBehaviourTests
{
    private const string ArgumentError = "System.ArgumentException";
    private const string OutOfRange = "System.ArgumentOutOfRangeException";
    private const string InvalidOperation = "System.InvalidOperationException";
    private const string NullReference = "System.NullReferenceException";

    private static SchedulerPair Exponential => new(o => Real.ExponentialLR(o, 0.5), new ExponentialLR(0.5));

    private static SchedulerPair Plateau => new(o => Real.ReduceLROnPlateau(o, patience: 0), new ReduceLROnPlateau { Patience = 0 });

    private static SchedulerPair Chained => new(
        o => Real.ChainedLR([Exponential.Real(o), Linear.Real(o)]),
        new ChainedLR([Exponential.Simulated, Linear.Simulated]));

    private static SchedulerPair Linear => new(o => Real.LinearLR(o, 0.5), new LinearLR(0.5, 1, 5));

    [Fact]
    public void A_step_with_an_index_jumps_by_the_closed_form() =>
        Assert.Equal(0.03125, New().Create(Exponential).StepTo(5).Rates[0]);

    [Fact]
    public void A_step_with_a_metric_ignores_it() =>
        Assert.Equal([0.5, 0.25, 0.03125], Enumerable.Range(0, 3).Select(With(New().Create(Exponential), both => both.StepWith(5), both => both.StepWith(0.3), both => both.StepWith(9, 5))));

    [Fact]
    public void Plateau_steps_with_a_metric_alone()
    {
        Assert.Equal(0.1, New().Create(Plateau).StepWith(1).StepWith(1).Rates[0]);
        Assert.Equal(InvalidOperation, New().Create(Plateau).Step().Exception);
        Assert.Equal(InvalidOperation, New().Create(Plateau).StepTo(1).Exception);
    }

    public static TheoryData<string> Refused => ["totals", "total 0", "epochs alone", "pct_start -1", "pct_start 2", "plateau mode", "plateau factor", "sequential count"];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Some_arguments_are_refused(string name)
    {
        SchedulerPair pair = name switch
        {
            "totals" => new(o => Real.OneCycleLR(o, 1), new OneCycleLR(1)),
            "total 0" => new(o => Real.OneCycleLR(o, 1, 0), new OneCycleLR(1, 0)),
            "epochs alone" => new(o => Real.OneCycleLR(o, 1, epochs: 5), new OneCycleLR(1) { Epochs = 5 }),
            "pct_start -1" => new(o => Real.OneCycleLR(o, 1, 9, pct_start: -1), new OneCycleLR(1, 9) { PctStart = -1 }),
            "pct_start 2" => new(o => Real.OneCycleLR(o, 1, 9, pct_start: 2), new OneCycleLR(1, 9) { PctStart = 2 }),
            "plateau mode" => new(o => Real.ReduceLROnPlateau(o, "least"), new ReduceLROnPlateau("least")),
            "plateau factor" => new(o => Real.ReduceLROnPlateau(o, factor: 1), new ReduceLROnPlateau(factor: 1)),
            _ => new(o => Real.SequentialLR(o, [Linear.Real(o), Exponential.Real(o)], [1, 2]), new SequentialLR([Linear.Simulated, Exponential.Simulated], [1, 2])),
        };
        Assert.Equal(ArgumentError, New().Create(pair).Exception);
    }

    [Fact]
    public void Sequential_refuses_a_scheduler_of_another_optimizer()
    {
        var (one, other) = (FakeOptimizer.Of(MomentumKind.None, 1), FakeOptimizer.Of(MomentumKind.None, 1));
        Assert.Throws<ArgumentException>(() => Real.SequentialLR(one, [Exponential.Real(other)], []));
        ParameterGroup[] groups = [new(1)];
        var child = Exponential.Simulated.Start(new List<ParameterGroup> { new(1) });
        Assert.Equal(ArgumentError, new SequentialLR([Exponential.Simulated], []).Start(groups, [child]).Exception);
    }

    [Fact]
    public void Sequential_refuses_a_chained_scheduler() => Assert.Equal(
        ArgumentError,
        New().Create(new(o => Real.SequentialLR(o, [Chained.Real(o)], []), new SequentialLR([Chained.Simulated], []))).Exception);

    [Fact]
    public void No_optimizer_and_no_function_throw()
    {
        Assert.Throws<NullReferenceException>(() => Real.StepLR(null!, 1));
        Assert.Equal(NullReference, new StepLR(1, 0.1).Start(null).Exception);
        Assert.Equal(NullReference, New().Create(new(o => Real.LambdaLR(o, null!), new LambdaLR(GroupFunctions.Same(null)))).Exception);
    }

    [Fact]
    public void Too_few_lambdas_throw_and_too_many_are_ignored()
    {
        Func<int, double>[] one = [_ => 0.5];
        ImmutableArray<Func<int, Value>> simulated = [_ => Value.Of(0.5)];
        Assert.Equal(OutOfRange, New(1, 1).Create(new(o => new Real.impl.LambdaLR(o, one), new LambdaLR(simulated))).Exception);
        Assert.Null(New().Create(new(o => new Real.impl.LambdaLR(o, [.. one, null!]), new LambdaLR(simulated.Add(_ => Value.Unknown)))).Exception);
    }

    [Fact]
    public void The_last_rates_are_the_live_list()
    {
        var both = New().Create(Exponential);
        var (real, simulated) = (both.LastRates!, both.Simulated.LastRates!);
        both.Step();
        Assert.Equal([0.5], real);
        Assert.Equal([0.5], simulated);
    }

    [Fact]
    public void Chained_knows_no_rates_and_no_index()
    {
        Assert.Null(New().Create(Chained).LastRates);
        Assert.Equal(NullReference, New().Create(Chained).StepTo(3).Exception);
        Assert.Equal(NullReference, New().Create(Chained).StepTo(null).Exception);
        Assert.Equal(NullReference, New().Create(Chained).StepWith(0.5).Exception);
        Assert.Equal([0.3], New().Create(Chained).Step().Rates);
    }

    [Fact]
    public void Chained_makes_the_schedulers_of_a_lazy_list_at_every_step()
    {
        var made = 0;
        var both = New().Create(new(
            o => Real.ChainedLR(Enumerable.Range(0, 1).Select(_ =>
            {
                made++;
                return Linear.Real(o);
            })),
            new ChainedLR(ChildSchedulers.Lazy(Linear.Simulated))));
        Assert.Equal((0, 1.0), (made, both.Rates[0]));
        Assert.Equal(0.6, both.Step().Rates[0], 1e-15);
        Assert.Equal(0.36, both.Step().Rates[0], 1e-15);
        Assert.Equal(2, made);
    }

    [Fact]
    public void Sequential_makes_the_schedulers_of_a_lazy_list_three_times()
    {
        var made = 0;
        New().Create(new(
            o => Real.SequentialLR(
                o,
                Enumerable.Range(0, 1).Select(_ =>
                {
                    made++;
                    return Linear.Real(o);
                }),
                []),
            new SequentialLR(ChildSchedulers.Lazy(Linear.Simulated), [])));
        Assert.Equal(3, made);
    }

    public static TheoryData<string, string?> Added => new()
    {
        { "LambdaLR", OutOfRange },
        { "MultiplicativeLR", OutOfRange },
        { "OneCycleLR", OutOfRange },
        { "CyclicLR", OutOfRange },
        { "ReduceLROnPlateau", OutOfRange },
        { "CosineAnnealingLR", null },
        { "StepLR", null },
        { "MultiStepLR", null },
        { "ExponentialLR", null },
        { "PolynomialLR", null },
        { "ConstantLR", null },
        { "LinearLR", null },
    };

    /// <summary>The next step throws, or the group keeps its rate.</summary>
    [Theory]
    [MemberData(nameof(Added))]
    public void A_group_that_is_added_later(string name, string? exception)
    {
        SchedulerPair pair = name switch
        {
            "LambdaLR" => new(o => Real.LambdaLR(o, _ => 1), new LambdaLR([_ => Value.Of(1.0)])),
            "MultiplicativeLR" => new(o => Real.MultiplicativeLR(o, _ => 1), new MultiplicativeLR([_ => Value.Of(1.0)])),
            "OneCycleLR" => new(o => Real.OneCycleLR(o, 1, 20), new OneCycleLR(1, 20)),
            "CyclicLR" => new(o => Real.CyclicLR(o, 0.1, 1), new CyclicLR(0.1, 1)),
            "ReduceLROnPlateau" => Plateau,
            "CosineAnnealingLR" => new(o => Real.CosineAnnealingLR(o, 10), new CosineAnnealingLR(10, 0)),
            "StepLR" => new(o => Real.StepLR(o, 1), new StepLR(1, 0.1)),
            "MultiStepLR" => new(o => Real.MultiStepLR(o, [1]), new MultiStepLR([1], 0.1)),
            "ExponentialLR" => Exponential,
            "PolynomialLR" => new(o => Real.PolynomialLR(o), new PolynomialLR(5, 1)),
            "ConstantLR" => new(o => Real.ConstantLR(o), new ConstantLR(1.0 / 3, 5)),
            _ => Linear,
        };
        var both = New().Create(pair).AddGroup(0.25);
        if (name == "ReduceLROnPlateau")
            both.StepWith(1).StepWith(1);
        else
            both.Step().Step();
        Assert.Equal(exception, both.Exception);
        Assert.Equal(0.25, both.Rates[1]);
    }

    [Fact]
    public void Cosine_throws_for_an_added_group_where_it_turns() => Assert.Equal(
        OutOfRange,
        New().Create(new(o => Real.CosineAnnealingLR(o, 2), new CosineAnnealingLR(2, 0))).AddGroup(0.25).Step().Step().Step().Exception);

    [Theory]
    [InlineData("OneCycleLR", nameof(MomentumKind.None), ArgumentError)]
    [InlineData("OneCycleLR", nameof(MomentumKind.Betas), null)]
    [InlineData("OneCycleLR", nameof(MomentumKind.Momentum), null)]
    [InlineData("CyclicLR", nameof(MomentumKind.None), ArgumentError)]
    [InlineData("CyclicLR", nameof(MomentumKind.Betas), ArgumentError)]
    [InlineData("CyclicLR", nameof(MomentumKind.Momentum), null)]
    public void The_defaults_on_an_optimizer_without_momentum_throw(string name, string kind, string? exception)
    {
        SchedulerPair pair = name == "OneCycleLR"
            ? new(o => Real.OneCycleLR(o, 1, 20), new OneCycleLR(1, 20))
            : new(o => Real.CyclicLR(o, 0.1, 1), new CyclicLR(0.1, 1));
        Assert.Equal(exception, new SideBySide(name, Enum.Parse<MomentumKind>(kind), 1).Create(pair).Exception);
    }

    [Fact]
    public void One_cycle_that_is_resumed_does_not_know_its_momentum() => Assert.Equal(
        "System.Collections.Generic.KeyNotFoundException",
        New().Create(new(o => Real.OneCycleLR(o, 1, 20, last_epoch: 3), new OneCycleLR(1, 20, 3))).Exception);

    [Fact]
    public void Schedulers_already_at_work_are_taken_over_as_they_are()
    {
        var optimizer = FakeOptimizer.Of(MomentumKind.None, 1);
        var (realFirst, realSecond) = (Linear.Real(optimizer), Exponential.Real(optimizer));
        realFirst.step();
        realSecond.step();
        var real = Real.SequentialLR(optimizer, [realFirst, realSecond], [2]);
        ParameterGroup[] groups = [new(1)];
        var (first, second) = (Linear.Simulated.Start(groups), Exponential.Simulated.Start(groups));
        first.Step();
        second.Step();
        var simulated = new SequentialLR([], [2]).Start(groups, [first, second]);
        for (var step = 0; step < 6; step++)
        {
            Assert.Equal(optimizer.Rates[0], groups[0].LearningRate);
            real.step();
            simulated.Step();
        }
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

    [Fact]
    public void A_composition_ends_with_what_it_does_not_know()
    {
        var unknown = new LambdaLR([k => k < 2 ? Value.Of(0.5) : Value.Unknown]);
        var run = new ChainedLR([new SequentialLR([unknown], [])]).Start([new ParameterGroup(1)]);
        run.Step();
        Assert.True(run.IsKnown);
        run.Step();
        Assert.Equal((false, null), (run.IsKnown, run.Exception));
    }

    [Fact]
    public void The_least_index_by_minus_one_overflows() => Assert.Equal(
        "System.OverflowException",
        New().Create(new(o => Real.StepLR(o, -1), new StepLR(-1, 0.1))).StepTo(int.MinValue).Exception);

    private static SideBySide New(params double[] rates) => new("measured", MomentumKind.Momentum, rates.Length == 0 ? [1] : rates);

    private static Func<int, double> With(SideBySide both, params Action<SideBySide>[] steps) => i =>
    {
        steps[i](both);
        return both.Rates[0];
    };
}
