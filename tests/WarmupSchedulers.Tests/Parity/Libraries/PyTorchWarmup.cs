using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>pytorch_warmup, whose warmups dampen another schedule.</summary>
internal static class PyTorchWarmup
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        p.Ignore("beta2", "note", "tau_paper", "offset", "rho_inf");
        var parts = table.Function.Split(" + ");
        var schedule = parts[0] switch
        {
            "LinearWarmup" => Schedule.LinearWarmup(p.Count("warmup_period")),
            "ExponentialWarmup" => Schedule.ExponentialWarmup(p.Count("warmup_period")),
            // Upstream cuts the period off where it is to be rounded: the table says which period it was.
            "UntunedLinearWarmup" => p.OptionalCount("tau_used") is { } period ? Schedule.LinearWarmup(period) : Schedule.UntunedLinearWarmup(p.Number("beta2")),
            "UntunedExponentialWarmup" => p.OptionalCount("tau_used") is { } period ? Schedule.ExponentialWarmup(period) : Schedule.UntunedExponentialWarmup(p.Number("beta2")),
            "RAdamWarmup" => Schedule.RAdamWarmup(p.Number("beta2")),
            _ => null,
        };
        if (schedule is null)
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        return Reproduction.Of(parts.Skip(1).Aggregate(schedule, (all, part) => all * Dampened(part, table)), table.BaseLr);
    }

    private static Schedule Dampened(string call, ReferenceTable table) => Regex.Match(call, @"^StepLR\((\d+),\s*([0-9.]+)\)$") is { Success: true } stairs
        ? Schedule.StepDecay(long.Parse(stairs.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(stairs.Groups[2].Value, CultureInfo.InvariantCulture))
        : PyTorch.One(call, table);
}
