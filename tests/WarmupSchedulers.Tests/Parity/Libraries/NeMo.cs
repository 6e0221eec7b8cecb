using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedulers of NVIDIA NeMo, whose policies hold their warmup until step W.</summary>
internal static class NeMo
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        var (warmup, total) = (p.Count("warmup_steps", 0), p.Count("max_steps"));
        var least = p.Number("min_lr", 0.0) / lr;
        if (p.Count("hold_steps", 0) != 0)
            return new Reproduction.NotCovered("nothing is known of steps that are held");

        var ramp = Schedule.LinearWarmup(warmup, WarmupConvention.NeMo);
        var length = total - warmup;
        var decay = table.Function switch
        {
            "WarmupPolicy" => Schedule.Constant(),
            "CosineAnnealing" => Schedule.CosineDecay(length, least),
            "SquareAnnealing" => Schedule.PolynomialDecay(length, 2.0).AtLeast(least),
            // Upstream does not take the warmup off: the curve begins where it is after that many steps.
            "SquareRootAnnealing" => Schedule.PolynomialDecay(total, 0.5).AtLeast(least).Skip(warmup),
            _ => null,
        };
        if (decay is null)
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        // Its step W still belongs to the warmup, and past the last step there is the minimum alone.
        var whole = ramp.Then(decay.Skip(1), warmup + 1).Then(Schedule.Constant(least), total + 1);
        return Reproduction.Of(whole, lr);
    }
}
