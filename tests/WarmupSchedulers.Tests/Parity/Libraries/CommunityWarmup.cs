using System;
using System.Collections.Generic;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>Two schedulers that people copy from repository to repository.</summary>
internal static class CommunityWarmup
{
    internal static Reproduction Of(ReferenceTable table) => table.Function switch
    {
        "CosineAnnealingWarmupRestarts" => Restarts(table),
        "GradualWarmupScheduler" => Gradual(table),
        _ => new Reproduction.NotCovered($"nothing is known of {table.Function}"),
    };

    // Every cycle has a warmup of its own and is a schedule of its own: as many are joined as the table is long.
    private static Reproduction.Curve Restarts(ReferenceTable table)
    {
        var p = table.Params;
        var (peak, warmup, gamma) = (p.Number("max_lr", 0.1), p.Count("warmup_steps", 0), p.Number("gamma", 1.0));
        var (least, multiplier) = (p.Number("min_lr", 0.001) / peak, p.Number("cycle_mult", 1.0));
        var (cycles, starts) = (new List<Schedule>(), new List<long>());
        var (start, steps, top) = (0L, p.Count("first_cycle_steps"), 1.0);
        if (steps < 1 || multiplier <= 0.0)
            throw new NotMappedException("a cycle of no step");

        for (; start < table.Lr.Length; start += steps, steps = (long)((steps - warmup) * multiplier) + warmup, top *= gamma)
        {
            if (start > 0)
                starts.Add(start);
            cycles.Add(Schedule.Transition(least, top, warmup).Then(Schedule.Transition(top, least, steps - warmup, TransitionShape.Cosine)));
        }

        // The constructor leaves the minimum, with a warmup or without.
        var whole = Schedule.Join(cycles, starts);
        return new(Schedule.Constant(least).Then(whole.Skip(1), 1), peak);
    }

    private static Reproduction Gradual(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        var (multiplier, steps) = (p.Number("multiplier"), p.Count("total_epoch"));
        var after = p.Text("after_scheduler", "");
        if (multiplier > 1.0 && after.Length > 0 && !table.IsKnownBug)
            return new Reproduction.UpstreamDefect("gradual warmup falls back to the base rate right after its warmup");

        var ramp = multiplier == 1.0
            ? Schedule.LinearWarmup(steps, WarmupConvention.HuggingFace)
            : Schedule.GradualWarmup(steps, multiplier, WarmupConvention.HuggingFace);
        if (after.Length == 0)
            return Reproduction.Of(ramp, lr);

        // Upstream hands over one step after the end of its warmup; where that is said to be wrong, at the end.
        var next = multiplier * PyTorch.One(after, table);
        return Reproduction.Of(ramp.Then(next, table.IsKnownBug ? steps : steps + 1), lr);
    }
}
