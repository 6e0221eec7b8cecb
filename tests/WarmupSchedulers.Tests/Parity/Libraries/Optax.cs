using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedules of optax, which give the rate itself.</summary>
internal static class Optax
{
    internal static Reproduction Of(ReferenceTable table)
    {
        if (table.Lr.Any(rate => rate < 0.0))
            return new Reproduction.NotCovered("a learning rate below zero is refused");

        // Some grow without an end: as far as the table goes.
        var length = (long)(table.Steps is { } steps ? steps.Max() : table.Lr.Length) + 1;
        return Reproduction.Of(Of(table.Function, table.Params, length), table.BaseLr);
    }

    private static Schedule Of(string function, Parameters p, long length) => function switch
    {
        "constant_schedule" => Schedule.Constant(p.Number("value")),
        "linear_schedule" => Delayed(p, Polynomial(p.Number("init_value"), p.Number("end_value"), p.Count("transition_steps"), 1.0)),
        "polynomial_schedule" => Delayed(p, Polynomial(p.Number("init_value"), p.Number("end_value"), p.Count("transition_steps"), p.Number("power"))),
        "exponential_decay" => Exponential(p, p.Number("init_value"), length),
        "cosine_decay_schedule" => Cosine(p.Number("init_value"), p.Number("alpha", 0.0), p.Count("decay_steps"), p),
        "piecewise_constant_schedule" => Piecewise(p, "constant"),
        "piecewise_interpolate_schedule" => Piecewise(p, p.Text("interpolate_type")),
        "warmup_constant_schedule" => Ramp(p),
        "warmup_cosine_decay_schedule" => WarmupCosine(p),
        "warmup_exponential_decay_schedule" => Ramp(p).Then(Exponential(p, p.Number("peak_value"), length)),
        "cosine_onecycle_schedule" => OneCycle(p, TransitionShape.Cosine, 1e4, 0.3, 0.0),
        "linear_onecycle_schedule" => OneCycle(p, TransitionShape.Linear, 1e4, 0.3, 0.85),
        "sgdr_schedule" => Sgdr(p),
        "join_schedules" => Schedule.Join(p.Texts("schedules").Select(call => One(call, length)), p.Counts("boundaries")),
        _ => throw new NotMappedException($"nothing is known of {function}"),
    };

    // linear_schedule(init_value=0.0, end_value=1.0, transition_steps=4)
    private static Schedule One(string call, long length)
    {
        var match = Regex.Match(call, @"^(\w+)\((.*)\)$");
        var arguments = Regex.Matches(match.Groups[2].Value, @"(\w+)\s*=\s*([^,()\s]+)").Select(pair => $"\"{pair.Groups[1].Value}\":{pair.Groups[2].Value.ToLowerInvariant()}");
        var parameters = new Parameters(JsonDocument.Parse("{" + string.Join(',', arguments) + "}").RootElement);
        var schedule = Of(match.Groups[1].Value, parameters, length);
        return parameters.Unread.FirstOrDefault() is { } unread ? throw new NotMappedException($"nothing is known of {unread} in {call}") : schedule;
    }

    private static Schedule Delayed(Parameters p, Schedule schedule) => p.Count("transition_begin", 0) is > 0 and var begin
        ? Schedule.Constant(schedule.Factor(0)).Then(schedule, begin)
        : schedule;

    private static Schedule Ramp(Parameters p) => Schedule.Transition(p.Number("init_value"), p.Number("peak_value"), p.Count("warmup_steps"));

    // A way of no step is never begun.
    private static Schedule Polynomial(double start, double end, long steps, double power) =>
        steps > 0 ? Powers.Between(start, end, steps, power) : Schedule.Constant(start);

    private static Schedule Exponential(Parameters p, double start, long length)
    {
        var (rate, steps) = (p.Number("decay_rate"), p.Count("transition_steps"));
        var end = p.OptionalNumber("end_value");
        if (rate > 1.0)
            return Delayed(p, Growth(start, rate, steps, end, p.Flag("staircase"), length));

        var decay = start * (p.Flag("staircase") ? Schedule.StepDecay(steps, rate) : Schedule.ExponentialDecay(rate, steps));
        if (rate == 1.0)
            return Delayed(p, end < start ? Schedule.Constant(end.Value) : decay);

        return Delayed(p, end is { } least ? decay.AtLeast(least) : decay);
    }

    // By the ratio at every step until the end value, or in stairs of which each is a schedule of its own.
    private static Schedule Growth(double start, double rate, long steps, double? end, bool stairs, long length)
    {
        var times = (int)(length / steps) + 1;
        if (stairs)
            return Schedule.Join(
                Enumerable.Range(0, times).Select(i => Schedule.Constant(Math.Min(end ?? double.MaxValue, start * Math.Pow(rate, i)))),
                Enumerable.Range(1, times - 1).Select(i => i * steps));

        var growth = Schedule.Transition(start, start * Math.Pow(rate, times), times * steps, TransitionShape.Exponential);
        return end is { } most ? growth.Then(Schedule.Constant(most), (long)Math.Ceiling(steps * Math.Log(most / start) / Math.Log(rate))) : growth;
    }

    // With a minimum above the peak the wave is upside down.
    private static Schedule Cosine(double peak, double least, long steps, Parameters p)
    {
        var exponent = p.Count("exponent", 1);
        if (exponent is < 1 or > 64)
            throw new NotMappedException("a power that is not a small whole number");

        var wave = Enumerable.Repeat(Schedule.CosineDecay(steps), (int)exponent).Aggregate((all, next) => all * next);
        if (least <= 1.0)
            return peak * ((1.0 - least) * wave + Schedule.Constant(least));
        if (exponent != 1)
            throw new NotMappedException("a power of a cosine that rises");

        return peak * Schedule.Transition(1.0, least, steps, TransitionShape.Cosine);
    }

    private static Schedule WarmupCosine(Parameters p)
    {
        var (peak, warmup) = (p.Number("peak_value"), p.Count("warmup_steps"));
        var rest = p.Count("decay_steps") - warmup;
        var end = p.Number("end_value", 0.0);
        // From a peak of zero there is no way down.
        return Ramp(p).Then(peak == 0.0 ? Cosine(0.0, 0.0, rest, p) : Cosine(peak, end / peak, rest, p));
    }

    private static Schedule Sgdr(Parameters p)
    {
        var cycles = p.Sets("cycles");
        var starts = new List<long>();
        foreach (var cycle in cycles)
            starts.Add((starts.Count == 0 ? 0 : starts[^1]) + cycle.Count("decay_steps"));

        var joined = Schedule.Join([.. cycles.Select(WarmupCosine)], starts.Take(cycles.Length - 1));
        return cycles.SelectMany(cycle => cycle.Unread).FirstOrDefault() is { } unread ? throw new NotMappedException($"nothing is known of {unread} in a cycle") : joined;
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
                "constant" => Schedule.Constant(value),
                _ => throw new NotMappedException($"nothing is known of the way {type}"),
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
