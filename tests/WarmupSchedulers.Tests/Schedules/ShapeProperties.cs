using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace WarmupSchedulers.Tests.Schedules;

/// <summary>What holds for every shape that the library has, with random parameters.</summary>
[RandomProperties(Arbitrary = [typeof(Shapes)])]
public class ShapeProperties
{
    /// <summary>A schedule, what may be said of it, and the boundary at which one of its parts hands over.</summary>
    public sealed record Shape(string Name, Schedule Schedule, double Peak, long Steps)
    {
        public bool Rises { get; init; }

        public bool Falls { get; init; }

        /// <summary>The first steps of the second part and of those behind it.</summary>
        public IReadOnlyList<long> Handovers { get; init; } = [];

        public bool MayStartAtZero { get; init; }

        public override string ToString() => Schedule.ToString();
    }

    public static class Shapes
    {
        public static Arbitrary<Shape> Arbitrary() => Arb.From(
            from kind in Gen.Choose(0, All.Length - 1)
            from steps in Gen.OneOf(Gen.Choose(1, 60).Select(n => (long)n), Gen.Choose(61, 1_000_000).Select(n => (long)n))
            from share in Gen.Choose(0, 1000)
            from minimum in Gen.Choose(0, 1000)
            from convention in Gen.Elements(Enum.GetValues<WarmupConvention>())
            from power in Gen.Choose(1, 40)
            select All[kind](new Parameters(steps, (long)(steps * (share / 1000m)), minimum / 1000.0, convention, power / 10.0)));
    }

    public sealed record Parameters(long Steps, long Warmup, double Minimum, WarmupConvention Convention, double Power)
    {
        /// <summary>Where a decay takes over from the warmup; nowhere where one of the two has no step.</summary>
        public long[] Handover => Warmup > 0 && Warmup < Steps ? [Warmup] : [];

        public bool StartsAtZero => Convention is WarmupConvention.HuggingFace or WarmupConvention.Lightning && Warmup > 0;

        public double Positive => Math.Max(0.001, Minimum);
    }

    private static readonly Func<Parameters, Shape>[] All =
    [
        p => new("constant", Schedule.Constant(p.Minimum + 0.5), p.Minimum + 0.5, p.Steps) { Falls = true },
        p => new("linear warmup", Schedule.LinearWarmup(p.Warmup, p.Convention), 1.0, p.Warmup) { Rises = true, MayStartAtZero = p.StartsAtZero },
        p => new("cosine warmup", Schedule.CosineWarmup(p.Warmup, p.Convention), 1.0, p.Warmup) { Rises = true, MayStartAtZero = p.StartsAtZero },
        p => new("polynomial warmup", Schedule.PolynomialWarmup(p.Warmup, p.Power, p.Convention), 1.0, p.Warmup) { Rises = true, MayStartAtZero = p.StartsAtZero },
        p => new("exponential warmup", Schedule.ExponentialWarmup(p.Steps), 1.0, p.Steps) { Rises = true },
        p => new("gradual warmup", Schedule.GradualWarmup(p.Warmup, 1.0 + p.Power, p.Convention), 1.0 + p.Power, p.Warmup) { Rises = true },
        p => new("RAdam", Schedule.RAdamWarmup(0.6001 + p.Minimum * 0.3998), 1.0, p.Steps) { Rises = true },
        p => new("untuned linear", Schedule.UntunedLinearWarmup(p.Minimum * 0.9999), 1.0, p.Steps) { Rises = true },
        p => new("untuned exponential", Schedule.UntunedExponentialWarmup(p.Minimum * 0.9999), 1.0, p.Steps) { Rises = true },
        p => new("linear decay", Schedule.LinearDecay(p.Steps, p.Minimum), 1.0, p.Steps) { Falls = true },
        p => new("cosine decay", Schedule.CosineDecay(p.Steps, p.Minimum), 1.0, p.Steps) { Falls = true },
        p => new("waves", Schedule.CosineDecay(p.Steps, p.Minimum, p.Power), 1.0, p.Steps),
        p => new("hard restarts", Schedule.CosineHardRestarts(p.Steps, p.Power, p.Minimum), 1.0, p.Steps),
        p => new("warm restarts", Schedule.WarmRestarts(p.Steps, 1.0 + p.Power / 2.0, p.Minimum, 0.9), 1.0, p.Steps),
        p => new("equal restarts", Schedule.WarmRestarts(p.Steps, 1.0, p.Minimum), 1.0, p.Steps),
        p => new("polynomial decay", Schedule.PolynomialDecay(p.Steps, p.Power, p.Minimum), 1.0, p.Steps) { Falls = true },
        p => new("inverse square root", Schedule.InverseSquareRootDecay(p.Steps), 1.0, p.Steps) { Falls = true },
        p => new("exponential decay", Schedule.ExponentialDecay(p.Minimum, p.Steps), 1.0, p.Steps) { Falls = true },
        p => new("stairs", Schedule.StepDecay(p.Steps, p.Minimum), 1.0, p.Steps) { Falls = true },
        p => new("milestones", Schedule.MultiStepDecay([p.Warmup, p.Steps, p.Steps + 7], p.Minimum), 1.0, p.Steps + 7) { Falls = true },
        p => new("transition", Schedule.Transition(p.Positive, p.Power, p.Steps, TransitionShape.Exponential), Math.Max(p.Positive, p.Power), p.Steps),
        p => new("1 - sqrt", Schedule.Transition(1.0, p.Minimum, p.Steps, TransitionShape.OneMinusSquareRoot), 1.0, p.Steps) { Falls = true },
        p => new("one cycle", Schedule.OneCycle(p.Steps, p.Minimum, 25.0, 100.0), 1.0, p.Steps),
        p => new("one cycle of three", Schedule.OneCycle(p.Steps, p.Minimum / 2.0, three_phase: true, shape: TransitionShape.Linear), 1.0, p.Steps),
        p => new("triangles", Schedule.Cyclic(p.Steps, p.Warmup + 1, p.Minimum, CyclicMode.Triangular2), 1.0, p.Steps) { MayStartAtZero = p.Minimum == 0.0 },
        p => new("Noam", Schedule.Noam(p.Warmup), 1.0, p.Steps) { Handovers = p.Warmup > 0 ? [p.Warmup] : [] },
        p => new("warmup, inverse square root", Schedule.WarmupThenInverseSquareRoot(p.Warmup, p.Steps, p.Convention), 1.0, p.Warmup) { MayStartAtZero = p.StartsAtZero, Handovers = p.Warmup > 0 ? [p.Warmup] : [] },
        p => new("warmup, line", Schedule.WarmupThenLinear(p.Warmup, p.Steps, p.Minimum, p.Convention), 1.0, p.Steps) { MayStartAtZero = p.StartsAtZero || p.Warmup == p.Steps, Handovers = p.Handover },
        p => new("warmup, cosine", Schedule.WarmupThenCosine(p.Warmup, p.Steps, p.Minimum, p.Convention), 1.0, p.Steps) { MayStartAtZero = p.StartsAtZero || p.Warmup == p.Steps, Handovers = p.Handover },
        p => new("warmup, polynomial", Schedule.WarmupThenPolynomial(p.Warmup, p.Steps, p.Power, p.Minimum, p.Convention), 1.0, p.Steps) { MayStartAtZero = p.StartsAtZero, Handovers = p.Handover },
        p => new("warmup, hard restarts", Schedule.WarmupThenHardRestarts(p.Warmup, p.Steps, p.Power, p.Minimum, p.Convention), 1.0, p.Steps) { MayStartAtZero = p.StartsAtZero, Handovers = p.Handover },
        p => new("warmup, stable, decay", Schedule.WarmupStableDecay(p.Warmup, p.Steps, (p.Steps - p.Warmup) / 2, p.Positive, TransitionShape.Exponential, p.Convention), 1.0, p.Steps) { MayStartAtZero = p.StartsAtZero, Handovers = p.Warmup < p.Steps ? [.. p.Handover, p.Steps - (p.Steps - p.Warmup) / 2] : [] },
        p => new("dampened", Schedule.LinearWarmup(p.Warmup) * Schedule.CosineDecay(p.Steps, p.Minimum), 1.0, p.Steps),
        p => new("with a floor", Schedule.ExponentialDecay(0.9).AtLeast(p.Minimum), 1.0, p.Steps) { Falls = true },
        p => new("half of the sum", 0.5 * (Schedule.Constant() + Schedule.LinearDecay(p.Steps)), 1.0, p.Steps) { Falls = true },
        p => new("from the middle", Schedule.CosineDecay(p.Steps, p.Minimum).Skip(p.Warmup), 1.0, p.Steps) { Falls = true, MayStartAtZero = p.Warmup == p.Steps },
    ];

    [Property]
    public bool Every_factor_is_finite_and_between_zero_and_the_peak(Shape shape, long step) =>
        Steps(shape, step).Select(shape.Schedule.Factor).All(factor => factor >= 0.0 && factor <= shape.Peak * (1.0 + 1e-12));

    [Property]
    public bool The_first_step_trains(Shape shape) => shape.MayStartAtZero || shape.Schedule.Factor(0) > 0.0;

    [Property]
    public bool What_rises_never_falls(Shape shape) => !shape.Rises || Pairs(shape).All(pair => pair.Now <= pair.Next * (1.0 + 1e-15));

    [Property]
    public bool What_falls_never_rises(Shape shape) => !shape.Falls || Pairs(shape).All(pair => pair.Next <= pair.Now * (1.0 + 1e-15));

    [Property]
    public bool Past_its_end_it_holds(Shape shape)
    {
        if (shape.Schedule.Length is not { } end)
            return true;

        var last = shape.Schedule.Factor(end);
        return new[] { end + 1, end + 1000, long.MaxValue - 1, long.MaxValue }.All(step => shape.Schedule.Factor(step) == last);
    }

    [Property]
    public bool The_closed_form_is_what_stepping_gives(Shape shape)
    {
        var optimizer = new FakeOptimizer(0.3);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, shape.Schedule);
        for (var k = 0; k < 60; k++, scheduler.step())
        {
            if (!optimizer[0].LearningRate.Equals(0.3 * shape.Schedule.Factor(k)))
                return false;
        }

        return true;
    }

    // The step over a handover is no larger than the steps beside it; restarts and stairs are none.
    [Property]
    public bool Nothing_jumps_at_a_handover(Shape shape) => shape.Handovers
        .SelectMany(at => new[] { at - 1, at })
        .Where(at => at >= 2)
        .All(at => Change(shape, at) <= Math.Max(Change(shape, at - 1), Change(shape, at + 1)) + 1e-12);

    private static double Change(Shape shape, long step) => Math.Abs(shape.Schedule.Factor(step) - shape.Schedule.Factor(step - 1));

    [Fact]
    public void A_text_tells_every_shape_apart_from_every_other()
    {
        var parameters = new Parameters(40, 10, 0.25, WarmupConvention.Default, 1.5);
        var texts = All.Select(make => make(parameters).Schedule.ToString()).ToList();

        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.Equal(texts, All.Select(make => make(parameters).Schedule.ToString()));
    }

    [Fact]
    public void A_factor_allocates_nothing()
    {
        var parameters = new Parameters(40, 10, 0.25, WarmupConvention.Default, 1.5);
        var schedules = All.Select(make => make(parameters).Schedule).ToArray();
        var sum = schedules.Sum(schedule => schedule.Factor(7));

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var schedule in schedules)
        {
            for (var k = 0L; k < 1000; k++)
                sum += schedule.Factor(k);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(sum > 0.0);
    }

    private static IEnumerable<(double Now, double Next)> Pairs(Shape shape) =>
        Steps(shape, 0).Where(k => k < long.MaxValue).Select(k => (shape.Schedule.Factor(k), shape.Schedule.Factor(k + 1)));

    // The ends, both sides of every boundary, and steps spread over the whole.
    private static IEnumerable<long> Steps(Shape shape, long step) =>
        Enumerable.Range(-3, 7).Select(d => shape.Steps + d)
            .Concat(Enumerable.Range(0, 38).Select(i => (long)(shape.Steps * (i / 37m))))
            .Concat([0, 1, 2, 5 * shape.Steps, Math.Abs(step % long.MaxValue), long.MaxValue])
            .Where(k => k >= 0);
}
