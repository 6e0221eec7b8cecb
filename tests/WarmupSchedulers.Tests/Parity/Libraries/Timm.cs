using System;
using System.Collections.Generic;
using System.Linq;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedulers of timm.</summary>
internal static class Timm
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        // Epochs or updates: a step is what the table counts. Without a range there is no noise.
        p.Ignore("t_in_epochs", "noise_pct", "noise_std", "noise_seed", "initialize");
        var warmup = p.Count("warmup_t", 0);
        var prefix = p.Flag("warmup_prefix");
        var ramp = Schedule.Transition(p.Number("warmup_lr_init", 0.0) / lr, 1.0, warmup);
        if (warmup > 0 && !prefix)
            return new Reproduction.UpstreamDefect("timm's default leaves the decay running under the warmup, and jumps after it");
        if (p.Has("noise_range_t"))
            return new Reproduction.NotCovered("noise is by chance");
        if (p.Number("k_decay", 1.0) != 1.0)
            return new Reproduction.NotCovered("there is no schedule with timm's k_decay");

        var least = p.Number("lr_min", 0.0) / lr;
        var decay = table.Function switch
        {
            "CosineLRScheduler" => Cosine(p, least),
            "PolyLRScheduler" => Polynomial(p, least),
            "StepLRScheduler" => Schedule.StepDecay(p.Count("decay_t"), p.Number("decay_rate", 1.0)),
            // It looks one step ahead.
            "MultiStepLRScheduler" => Schedule.MultiStepDecay(p.Counts("decay_t").Select(step => step - 1), p.Number("decay_rate", 1.0)),
            _ => null,
        };
        return decay is null
            ? new Reproduction.NotCovered($"there is no schedule in the shape of {table.Function}")
            : Reproduction.Of(ramp.Then(decay, warmup), lr);
    }

    // A cycle may begin between two steps, as those of the library do; behind the last there is the minimum.
    private static Schedule Cosine(Parameters p, double least)
    {
        var (steps, count) = (p.Count("t_initial"), Count(p));
        var (multiplier, decay) = (p.Number("cycle_mul", 1.0), p.Number("cycle_decay", 1.0));
        if (Math.Pow(decay, count - 1) < least)
            throw new NotMappedException("a cycle that begins below its minimum");

        var length = multiplier == 1.0 ? steps * (double)count : steps * (Math.Pow(multiplier, count) - 1.0) / (multiplier - 1.0);
        return Schedule.WarmRestarts(steps, multiplier, least, decay).Then(Schedule.Constant(least), (long)Math.Ceiling(length));
    }

    private static Schedule Polynomial(Parameters p, double least)
    {
        var (steps, count, power) = ((double)p.Count("t_initial"), Count(p), p.Number("power", 0.5));
        var (multiplier, decay) = (p.Number("cycle_mul", 1.0), p.Number("cycle_decay", 1.0));
        var (cycles, starts, start, top) = (new List<Schedule>(), new List<long>(), 0L, 1.0);
        for (var i = 0; i < count; i++, top *= decay, steps *= multiplier)
        {
            if (steps != Math.Floor(steps))
                throw new NotMappedException("a cycle that begins between two steps");
            if (top < least)
                throw new NotMappedException("a cycle that begins below its minimum");

            cycles.Add((top - least) * Schedule.PolynomialDecay((long)steps, power) + Schedule.Constant(least));
            starts.Add(start += (long)steps);
        }

        return Schedule.Join([.. cycles, Schedule.Constant(least)], starts);
    }

    private static long Count(Parameters p) => p.Count("cycle_limit", 1) is > 0 and var count ? count : throw new NotMappedException("cycles without an end");
}
