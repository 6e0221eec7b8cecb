using System.Linq;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>pytorch_warmup, whose warmups dampen another schedule.</summary>
internal static class PyTorchWarmup
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        p.Ignore("beta2", "note", "tau_paper", "offset", "rho_inf");
        if (p.Count("last_step", -1) != -1)
            return new Reproduction.NotCovered("it goes on from a rate that the table does not tell");

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
        return schedule is null
            ? new Reproduction.NotCovered($"nothing is known of {table.Function}")
            : Reproduction.Of(parts.Skip(1).Aggregate(schedule, (all, part) => all * PyTorch.One(part, table)), table.BaseLr);
    }
}
