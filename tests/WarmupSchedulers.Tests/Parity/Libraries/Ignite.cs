using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>create_lr_scheduler_with_warmup of PyTorch-Ignite.</summary>
internal static class Ignite
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        if (Regex.Match(table.Function, @"^create_lr_scheduler_with_warmup\((\w+\(.*\))\)$") is not { Success: true } call)
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        var duration = p.Count("warmup_duration");
        var end = p.Number("warmup_end_value", lr);
        var ramp = Schedule.Transition(p.Number("warmup_start_value") / lr, end / lr, duration - 1);
        // Where the warmup ends at the rate itself, its last step is the first of the schedule behind it.
        var next = PyTorch.One(call.Groups[1].Value, table);
        return Reproduction.Of(ramp.Then(end == lr ? next.Skip(1) : next, duration), lr);
    }
}
