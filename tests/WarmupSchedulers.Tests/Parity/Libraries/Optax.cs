using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedules of optax, which give the rate itself.</summary>
internal static class Optax
{
    internal static Reproduction Of(ReferenceTable table)
    {
        if (table.Lr.Any(rate => rate < 0.0))
            return new Reproduction.NotCovered("a learning rate below zero is refused");

        return Of(table.Function, table.Params) is { } schedule
            ? Reproduction.Of(schedule, table.BaseLr)
            : new Reproduction.NotCovered($"nothing is known of {table.Function}");
    }

    private static Schedule? Of(string function, Parameters p) => function switch
    {
        "constant_schedule" => Schedule.Constant(p.Number("value")),
        "linear_schedule" => Delayed(p, Schedule.Transition(p.Number("init_value"), p.Number("end_value"), p.Count("transition_steps"))),
        "polynomial_schedule" => Delayed(p, Polynomial(p)),
        "exponential_decay" => Exponential(p, p.Number("init_value")),
        "cosine_decay_schedule" => p.Number("init_value") * Cosine(p.Count("decay_steps"), p.Number("alpha", 0.0), p),
        "piecewise_constant_schedule" => Piecewise(p, "constant"),
        "piecewise_interpolate_schedule" => Piecewise(p, p.Text("interpolate_type")),
        "warmup_constant_schedule" => Ramp(p),
        "warmup_cosine_decay_schedule" => WarmupCosine(p),
        "warmup_exponential_decay_schedule" => Ramp(p).Then(Exponential(p, p.Number("peak_value"))),
        "cosine_onecycle_schedule" => OneCycle(p, TransitionShape.Cosine, 1e4, 0.3, 0.0),
        "linear_onecycle_schedule" => OneCycle(p, TransitionShape.Linear, 1e4, 0.3, 0.85),
        "sgdr_schedule" => Sgdr(p),
        _ => null,
    };

    private static Schedule Delayed(Parameters p, Schedule schedule) => p.Count("transition_begin", 0) is > 0 and var begin
        ? Schedule.Constant(schedule.Factor(0)).Then(schedule, begin)
        : schedule;

    private static Schedule Ramp(Parameters p) => Schedule.Transition(p.Number("init_value"), p.Number("peak_value"), p.Count("warmup_steps"));

    private static Schedule Polynomial(Parameters p)
    {
        var (start, end) = (p.Number("init_value"), p.Number("end_value"));
        var falling = Schedule.PolynomialDecay(p.Count("transition_steps"), p.Number("power"));
        return start >= end
            ? (start - end) * falling + Schedule.Constant(end)
            : throw new MissingParameterException("a power that rises");
    }

    private static Schedule Exponential(Parameters p, double start)
    {
        var (rate, steps) = (p.Number("decay_rate"), p.Count("transition_steps"));
        var decay = start * (p.Flag("staircase") ? Schedule.StepDecay(steps, rate) : Schedule.ExponentialDecay(rate, steps));
        return Delayed(p, p.OptionalNumber("end_value") is { } end ? decay.AtLeast(end) : decay);
    }

    private static Schedule Cosine(long steps, double least, Parameters p)
    {
        var exponent = p.Count("exponent", 1);
        var wave = Enumerable.Repeat(Schedule.CosineDecay(steps), (int)exponent).Aggregate((all, next) => all * next);
        return (1.0 - least) * wave + Schedule.Constant(least);
    }

    private static Schedule WarmupCosine(Parameters p)
    {
        var (peak, warmup) = (p.Number("peak_value"), p.Count("warmup_steps"));
        var rest = p.Count("decay_steps") - warmup;
        var end = p.Number("end_value", 0.0);
        p.Ignore("exponent");
        return Ramp(p).Then(peak == 0.0 ? Schedule.Constant(0.0) : peak * Cosine(rest, end / peak, p));
    }

    private static Schedule Sgdr(Parameters p)
    {
        var cycles = p.Sets("cycles");
        var starts = new List<long>();
        foreach (var cycle in cycles)
            starts.Add((starts.Count == 0 ? 0 : starts[^1]) + cycle.Count("decay_steps"));

        return Schedule.Join([.. cycles.Select(WarmupCosine)], starts.Take(cycles.Length - 1));
    }

    // The scales multiply one another from boundary to boundary; between them the way is a line or half a cosine.
    private static Schedule Piecewise(Parameters p, string type)
    {
        var (value, last) = (p.Number("init_value"), 0L);
        var (parts, starts) = (new List<Schedule>(), new List<long>());
        foreach (var (boundary, scale) in p.NumbersByStep("boundaries_and_scales"))
        {
            var next = value * scale;
            parts.Add(type switch
            {
                "linear" => Schedule.Transition(value, next, boundary - last),
                "cosine" => Schedule.Transition(value, next, boundary - last, TransitionShape.Cosine),
                _ => Schedule.Constant(value),
            });
            starts.Add(last = boundary);
            value = next;
        }

        return Schedule.Join([.. parts, Schedule.Constant(value)], starts);
    }

    private static Schedule OneCycle(Parameters p, TransitionShape shape, double finalDivision, double share, double final)
    {
        var (steps, peak) = (p.Count("transition_steps"), p.Number("peak_value"));
        var start = peak / p.Number("div_factor", 25.0);
        var end = start / p.Number("final_div_factor", finalDivision);
        var up = (long)(p.Number("pct_start", share) * steps);
        var rise = Schedule.Transition(start, peak, up, shape);
        if (shape == TransitionShape.Cosine)
            return rise.Then(Schedule.Transition(peak, end, steps - up, shape));

        var down = (long)(p.Number("pct_final", final) * steps);
        return rise.Then(Schedule.Transition(peak, start, down - up)).Then(Schedule.Transition(start, end, steps - down), down);
    }
}
