using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace WarmupSchedulers.Tests.Schedules;

/// <summary>
/// What holds for whatever is put together from all shapes: joined at random boundaries or at the end of the one before, multiplied, added, scaled, with a
/// floor or from the middle, several deep.
/// </summary>
[RandomProperties(Arbitrary = [typeof(Compositions)])]
public class CompositionProperties
{
    private const double Rounding = 1e-12;

    /// <summary>
    /// A schedule, the most it can be, and the most that its factor can change from one step to the next: between a step and the one behind it, but
    /// for the named exceptions, at whose steps it jumps.
    /// </summary>
    public sealed record Composition(Schedule Schedule, double Peak, Func<long, double> Slope, IReadOnlyList<long> Marks)
    {
        /// <inheritdoc />
        public override string ToString() => Schedule.ToString();
    }

    public static class Compositions
    {
        public static Arbitrary<Composition> Arbitrary() => Arb.From(Gen.Choose(0, 3).SelectMany(Deep));

        private static Gen<Composition> Deep(int depth) => depth == 0
            ? Leaf
            : Gen.OneOf(Joined(depth), Joined(depth), Multiplied(depth), Added(depth), Scaled(depth), Floored(depth), Skipped(depth));

        private static Gen<Composition> Leaf =>
            from kind in Gen.Choose(0, s_leaves.Length - 1)
            from steps in Gen.OneOf(Gen.Choose(1, 8), Gen.Choose(2, 200))
            from warmup in Gen.Choose(0, steps)
            from share in Gen.Choose(0, 100)
            from power in Gen.Choose(1, 40)
            from convention in Gen.Elements(Enum.GetValues<WarmupConvention>())
            select Measured(s_leaves[kind](new(steps, warmup, share / 100.0, power / 10.0, convention)), steps, warmup);

        private static Gen<Composition> Joined(int depth) =>
            from first in Deep(depth - 1)
            from next in Deep(depth - 1)
            from boundary in Gen.Choose(0, 150)
            from atTheEnd in Gen.Elements(true, false)
            let at = atTheEnd && first.Schedule.Length is { } end ? end : boundary
            select new Composition(
                atTheEnd && first.Schedule.Length is not null ? first.Schedule.Then(next.Schedule) : first.Schedule.Then(next.Schedule, at),
                Math.Max(first.Peak, next.Peak),
                // The step over the boundary is from the last factor of the one to the first of the other.
                k => k + 1 < at ? first.Slope(k) : k + 1 == at ? Math.Abs(next.Schedule.Factor(0) - first.Schedule.Factor(k)) : next.Slope(k - at),
                [.. first.Marks.Where(mark => mark <= at), at, .. next.Marks.Select(mark => mark + at)]);

        private static Gen<Composition> Multiplied(int depth) =>
            from one in Deep(depth - 1)
            from other in Deep(depth - 1)
            select new Composition(
                one.Schedule * other.Schedule,
                one.Peak * other.Peak,
                k => one.Slope(k) * other.Peak + other.Slope(k) * one.Peak,
                [.. one.Marks, .. other.Marks]);

        private static Gen<Composition> Added(int depth) =>
            from one in Deep(depth - 1)
            from other in Deep(depth - 1)
            select new Composition(one.Schedule + other.Schedule, one.Peak + other.Peak, k => one.Slope(k) + other.Slope(k), [.. one.Marks, .. other.Marks]);

        private static Gen<Composition> Scaled(int depth) =>
            from part in Deep(depth - 1)
            from scale in Gen.Choose(0, 30)
            select new Composition(scale / 10.0 * part.Schedule, scale / 10.0 * part.Peak, k => scale / 10.0 * part.Slope(k), part.Marks);

        private static Gen<Composition> Floored(int depth) =>
            from part in Deep(depth - 1)
            from floor in Gen.Choose(0, 100)
            select new Composition(part.Schedule.AtLeast(floor / 100.0), Math.Max(floor / 100.0, part.Peak), part.Slope, part.Marks);

        private static Gen<Composition> Skipped(int depth) =>
            from part in Deep(depth - 1)
            from steps in Gen.Choose(0, 100)
            select new Composition(part.Schedule.Skip(steps), part.Peak, k => part.Slope(k + steps), [.. part.Marks.Select(mark => mark - steps).Where(mark => mark >= 0)]);

        // What a shape alone does is proven beside this: here it is measured, and what is put together from it is held against that.
        private static Composition Measured(Schedule schedule, long steps, long warmup) => new(
            schedule,
            s_peaks.GetValueOrDefault(schedule.ToString().Split('(')[0], 1.0),
            k => Math.Abs(schedule.Factor(k + 1) - schedule.Factor(k)),
            [warmup, steps]);

        private static readonly Dictionary<string, double> s_peaks = new() { ["GradualWarmup"] = 5.0, ["Constant"] = 1.0, ["Transition"] = 4.0 };

        private sealed record Leaves(long Steps, long Warmup, double Share, double Power, WarmupConvention Convention)
        {
            internal double Positive => Math.Max(0.01, Share);
        }

        private static readonly Func<Leaves, Schedule>[] s_leaves =
        [
            p => Schedule.Constant(p.Share),
            p => Schedule.LinearWarmup(p.Warmup, p.Convention, p.Convention == WarmupConvention.PyTorch ? p.Positive : p.Share),
            p => Schedule.CosineWarmup(p.Warmup, p.Convention),
            p => Schedule.PolynomialWarmup(p.Warmup, p.Power, p.Convention),
            p => Schedule.ExponentialWarmup(p.Steps),
            p => Schedule.GradualWarmup(p.Warmup, 1.0 + p.Power, p.Convention),
            p => Schedule.RAdamWarmup(0.61 + 0.38 * p.Share),
            p => Schedule.UntunedLinearWarmup(0.99 * p.Share),
            p => Schedule.UntunedExponentialWarmup(0.99 * p.Share),
            p => Schedule.LinearDecay(p.Steps, p.Share),
            p => Schedule.CosineDecay(p.Steps, p.Share, p.Power),
            p => Schedule.CosineHardRestarts(p.Steps, p.Power, p.Share),
            p => Schedule.WarmRestarts(p.Steps, 1.0 + p.Power / 4.0, p.Share, 0.9),
            p => Schedule.PolynomialDecay(p.Steps, p.Power, p.Share),
            p => Schedule.InverseSquareRootDecay(p.Steps),
            p => Schedule.Noam(p.Warmup),
            p => Schedule.ExponentialDecay(p.Share, p.Steps),
            p => Schedule.StepDecay(p.Steps, p.Share),
            p => Schedule.MultiStepDecay([p.Warmup, p.Steps, p.Steps], p.Share),
            p => Schedule.Transition(p.Positive, p.Power, p.Steps, TransitionShape.Exponential),
            p => Schedule.Transition(p.Share, p.Power, p.Steps, TransitionShape.OneMinusSquareRoot),
            p => Schedule.OneCycle(p.Steps, p.Share),
            p => Schedule.Cyclic(p.Steps, p.Warmup + 1, p.Share, CyclicMode.ExpRange, 0.99),
            p => Schedule.OneCycleMomentum(p.Steps, p.Share),
        ];
    }

    [Property]
    public bool Every_factor_is_finite_and_between_zero_and_the_peak(Composition composition, long step) =>
        Steps(composition).Append(Math.Abs(step % long.MaxValue)).Append(long.MaxValue).Select(composition.Schedule.Factor)
            .All(factor => factor >= 0.0 && factor <= composition.Peak * (1.0 + Rounding));

    [Property]
    public bool No_step_changes_more_than_the_slopes_of_its_parts_allow(Composition composition) =>
        Steps(composition).All(k => Math.Abs(composition.Schedule.Factor(k + 1) - composition.Schedule.Factor(k)) <= composition.Slope(k) + Rounding * Math.Max(1.0, composition.Peak));

    [Property]
    public bool Past_its_end_it_holds_for_ever(Composition composition)
    {
        if (composition.Schedule.Length is not { } end)
            return true;

        var last = composition.Schedule.Factor(end);
        return new[] { end + 1, end + 2, end + 1000, 1L << 40, 1L << 62, long.MaxValue - 1, long.MaxValue }
            .Where(step => step > end)
            .All(step => composition.Schedule.Factor(step).Equals(last));
    }

    [Property]
    public bool The_closed_form_is_what_stepping_gives(Composition composition)
    {
        var optimizer = new FakeOptimizer(0.3, 2.0);
        var scheduler = LRSchedulers.ScheduleLR(optimizer, composition.Schedule);
        for (var k = 0; k < 260; k++, scheduler.step())
        {
            var factor = composition.Schedule.Factor(k);
            if (!optimizer[0].LearningRate.Equals(0.3 * factor) || !optimizer[1].LearningRate.Equals(2.0 * factor))
                return false;
        }

        return true;
    }

    [Property]
    public bool The_second_part_starts_with_its_own_step_0(Composition first, Composition next, PositiveInt boundary)
    {
        var joined = first.Schedule.Then(next.Schedule, boundary.Get);

        return Enumerable.Range(0, 50).All(k =>
            joined.Factor(boundary.Get + k).Equals(next.Schedule.Factor(k))
            && (k >= boundary.Get || joined.Factor(boundary.Get - 1 - k).Equals(first.Schedule.Factor(boundary.Get - 1 - k))));
    }

    [Property]
    public bool Two_with_one_text_have_the_same_factors(Composition one, Composition other) =>
        one.Schedule.ToString() != other.Schedule.ToString() || Steps(one).All(k => one.Schedule.Factor(k).Equals(other.Schedule.Factor(k)));

    // Both sides of every boundary and milestone, the beginning, and steps spread over the whole and past it.
    private static IEnumerable<long> Steps(Composition composition) => composition.Marks
        .SelectMany(mark => Enumerable.Range(-2, 5).Select(d => mark + d))
        .Concat(Enumerable.Range(0, 60).Select(i => (long)i))
        .Concat(Enumerable.Range(1, 40).Select(i => 97L * i))
        .Concat([1L << 40, 1L << 61])
        .Where(k => k >= 0)
        .Distinct();
}
