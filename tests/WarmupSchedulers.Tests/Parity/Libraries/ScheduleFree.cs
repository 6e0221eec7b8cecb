using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The warmup inside the optimizers of schedule_free.</summary>
internal static class ScheduleFree
{
    internal static Reproduction Of(ReferenceTable table) => table.Function.EndsWith("warmup", StringComparison.Ordinal) || table.Function.EndsWith("ScheduleFree", StringComparison.Ordinal)
        ? Reproduction.Of(Schedule.LinearWarmup(table.Params.Count("warmup_steps", 0)), table.BaseLr)
        : new Reproduction.NotCovered($"nothing is known of {table.Function}");
}
