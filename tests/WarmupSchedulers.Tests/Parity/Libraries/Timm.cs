using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedulers of timm.</summary>
internal static class Timm
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        var warmup = p.Count("warmup_t", 0);
        var prefix = p.Flag("warmup_prefix");
        var ramp = Schedule.Transition(p.Number("warmup_lr_init", 0.0) / lr, 1.0, warmup);
        if (warmup > 0 && !prefix)
            return new Reproduction.UpstreamDefect("timm's default leaves the decay running under the warmup, and jumps after it");
        if (p.Number("k_decay", 1.0) != 1.0)
            return new Reproduction.NotCovered("there is no schedule with timm's k_decay");

        var least = p.Number("lr_min", 0.0) / lr;
        var decay = table.Function switch
        {
            "CosineLRScheduler" => Cycles(p, least, (steps, top) => Schedule.Transition(top, least, steps, TransitionShape.Cosine)),
            "PolyLRScheduler" => Cycles(p, least, (steps, top) => (top - least) * Schedule.PolynomialDecay(steps, p.Number("power", 0.5)) + Schedule.Constant(least)),
            "StepLRScheduler" => Schedule.StepDecay(p.Count("decay_t"), p.Number("decay_rate", 1.0)),
            // It looks one step ahead.
            "MultiStepLRScheduler" => Schedule.MultiStepDecay(p.Counts("decay_t").Select(step => step - 1), p.Number("decay_rate", 1.0)),
            _ => null,
        };
        return decay is null
            ? new Reproduction.NotCovered($"there is no schedule in the shape of {table.Function}")
            : Reproduction.Of(ramp.Then(decay, warmup), lr);
    }

    private static Schedule Cycles(Parameters p, double least, Func<long, double, Schedule> cycle)
    {
        var (steps, count) = (p.Count("t_initial"), p.Count("cycle_limit", 1));
        var (multiplier, decay) = (p.Number("cycle_mul", 1.0), p.Number("cycle_decay", 1.0));
        var (cycles, starts, start, top) = (new List<Schedule>(), new List<long>(), 0L, 1.0);
        for (var i = 0; i < count; i++, top *= decay)
        {
            cycles.Add(cycle(steps, top));
            starts.Add(start += steps);
            steps = (long)Math.Floor(steps * multiplier);
        }

        return Schedule.Join([.. cycles, Schedule.Constant(least)], starts);
    }
}
