using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>LinearWarmupCosineAnnealingLR of Lightning Bolts.</summary>
internal static class LightningBolts
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        return table.Function switch
        {
            "LinearWarmupCosineAnnealingLR" => WarmupCosine(p, lr),
            "linear_warmup_decay" => WarmupDecay(p, lr),
            _ => new Reproduction.NotCovered($"nothing is known of {table.Function}"),
        };
    }

    // Past the last step the cosine comes back and the line goes below zero.
    private static Reproduction.Curve WarmupDecay(Parameters p, double lr)
    {
        var (warmup, total) = (p.Count("warmup_steps"), p.Count("total_steps"));
        var (cosine, linear) = (p.Flag("cosine", true), p.Flag("linear"));
        var schedule = cosine ? Schedule.WarmupThenCosine(warmup, total, convention: WarmupConvention.HuggingFace)
            : linear ? Schedule.WarmupThenLinear(warmup, total, convention: WarmupConvention.HuggingFace)
            : Schedule.LinearWarmup(warmup, WarmupConvention.HuggingFace);
        return new(schedule, lr) { Until = cosine || linear ? total + 1 : long.MaxValue };
    }

    private static Reproduction WarmupCosine(Parameters p, double lr)
    {
        var (warmup, total) = (p.Count("warmup_epochs"), p.Count("max_epochs"));
        var start = p.Number("warmup_start_lr", 0.0) / lr;
        if (warmup == 0)
            return new Reproduction.NotCovered("without a warmup it starts, and stays, at the rate a warmup would start at");

        // A warmup of one step is that step at the start's rate.
        var ramp = warmup == 1 ? Schedule.Constant(start).Then(Schedule.Constant(), 1) : Schedule.Transition(start, 1.0, warmup - 1);
        return new Reproduction.Curve(ramp.Then(Schedule.CosineDecay(total - warmup, p.Number("eta_min", 0.0) / lr), warmup), lr) { Until = total };
    }
}
