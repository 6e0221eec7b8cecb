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
        var ramp = Schedule.LinearWarmup(warmup, WarmupConvention.Lightning, p.Number("warmup_start_lr", 0.0) / lr);
        return new Reproduction.Curve(ramp.Then(Schedule.CosineDecay(total - warmup, p.Number("eta_min", 0.0) / lr)), lr) { Until = total };
    }
}
