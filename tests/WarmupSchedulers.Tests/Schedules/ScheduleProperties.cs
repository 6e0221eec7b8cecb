using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace WarmupSchedulers.Tests.Schedules;

/// <summary>
/// What holds for every schedule that the factories make, whatever its lengths, convention and minimum.
/// </summary>
[RandomProperties(Arbitrary = [typeof(Shapes)])]
public class ScheduleProperties
{
    public sealed record Shape(long Warmup, long Total, double Minimum, WarmupConvention Convention, double? Start, bool Cosine)
    {
        public Schedule Build() => Cosine
            ? Schedule.WarmupThenCosine(Warmup, Total, Minimum, Convention, Start)
            : Schedule.WarmupThenLinear(Warmup, Total, Minimum, Convention, Start);
    }

    public static class Shapes
    {
        public static Arbitrary<Shape> Arbitrary() => Arb.From(
            from total in Gen.OneOf(Gen.Choose(1, 50).Select(n => (long)n), Gen.Choose(1, int.MaxValue).Select(n => (long)n), Gen.Choose(1, int.MaxValue).Select(n => n * 4_000_000_000L))
            from share in Gen.Choose(0, 1000)
            from minimum in Gen.Choose(0, 1000)
            from convention in Gen.Elements(Enum.GetValues<WarmupConvention>())
            from start in Gen.Choose(0, 1000)
            from cosine in Gen.Elements(true, false)
            select new Shape((long)(total * (share / 1000m)), total, minimum / 1000.0, convention, start == 0 ? null : start / 1000.0, cosine));
    }

    [Property]
    public bool Every_factor_is_finite_and_between_0_and_1(Shape shape, long step)
    {
        var schedule = shape.Build();

        return Steps(shape, step).All(k => schedule.Factor(k) is >= 0.0 and <= 1.0);
    }

    [Property]
    public bool The_first_step_of_the_default_trains(Shape shape) =>
        shape.Warmup == 0 || (shape with { Convention = WarmupConvention.Default }).Build().Factor(0) > 0.0;

    [Property]
    public bool The_warmup_never_falls(Shape shape)
    {
        var schedule = shape.Build();

        return Steps(shape, 0).Where(k => k < shape.Warmup - 1).All(k => schedule.Factor(k) <= schedule.Factor(k + 1));
    }

    [Property]
    public bool A_linear_decay_never_rises(Shape shape)
    {
        var schedule = (shape with { Cosine = false }).Build();

        return Steps(shape, 0).Where(k => k >= shape.Warmup && k < long.MaxValue).All(k => schedule.Factor(k + 1) <= schedule.Factor(k));
    }

    [Property]
    public bool The_handover_is_at_the_full_rate(Shape shape) =>
        shape.Warmup == shape.Total || shape.Build().Factor(shape.Warmup) == 1.0;

    [Property]
    public bool Past_the_end_the_minimum_holds(Shape shape)
    {
        var schedule = shape.Build();

        return new[] { shape.Total, shape.Total + 1, long.MaxValue }.All(k => schedule.Factor(k) == shape.Minimum);
    }

    [Property]
    public bool The_parts_are_the_whole(Shape shape)
    {
        if (shape.Warmup == shape.Total)
            return true;

        var decay = shape.Total - shape.Warmup;
        var parts = Schedule.LinearWarmup(shape.Warmup, shape.Convention, shape.Start)
            .Then(shape.Cosine ? Schedule.CosineDecay(decay, shape.Minimum) : Schedule.LinearDecay(decay, shape.Minimum));
        var whole = shape.Build();

        return Steps(shape, 0).All(k => parts.Factor(k) == whole.Factor(k));
    }

    [Property]
    public bool The_closed_form_is_what_stepping_gives(Shape shape)
    {
        var schedule = shape.Build();
        var optimizer = new FakeOptimizer(0.3);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, schedule);

        for (var k = 0; k < 60; k++, scheduler.step())
        {
            if (!optimizer[0].LearningRate.Equals(0.3 * schedule.Factor(k)))
                return false;
        }

        return true;
    }

    // The ends, both sides of every boundary, and steps spread over the whole.
    private static IEnumerable<long> Steps(Shape shape, long step) =>
        new[] { shape.Warmup, shape.Total }.SelectMany(at => Enumerable.Range(-3, 7).Select(d => at + d))
            .Concat(Enumerable.Range(0, 38).Select(i => (long)(shape.Total * (i / 37m))))
            .Concat([0, 1, 2, Math.Abs(step % long.MaxValue), long.MaxValue])
            .Where(k => k >= 0);
}
