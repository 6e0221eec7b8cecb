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
        if (table.Function != "LinearWarmupCosineAnnealingLR")
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        var (warmup, total) = (p.Count("warmup_epochs"), p.Count("max_epochs"));
        var start = p.Number("warmup_start_lr", 0.0) / lr;
        if (warmup == 0)
            return new Reproduction.NotCovered("without a warmup it starts, and stays, at the rate a warmup would start at");

        // A warmup of one step is that step at the start's rate.
        var ramp = warmup == 1 ? Schedule.Constant(start).Then(Schedule.Constant(), 1) : Schedule.Transition(start, 1.0, warmup - 1);
        return new Reproduction.Curve(ramp.Then(Schedule.CosineDecay(total - warmup, p.Number("eta_min", 0.0) / lr), warmup), lr) { Until = total };
    }
}
