using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The formulas of two papers.</summary>
internal static class NoamAndGoyal
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        if (table.Function == "gradual warmup")
        {
            var steps = p.Count("warmup_epochs") * p.Count("iterations_per_epoch");
            return Reproduction.Of(Schedule.GradualWarmup(steps, p.Number("k"), WarmupConvention.HuggingFace), table.BaseLr);
        }

        if (table.Function != "noam")
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        // The paper's step number counts from one.
        var schedule = p.Number("factor", 1.0) * Schedule.Noam(p.Count("warmup_steps"), p.Count("model_size"));
        return new Reproduction.Curve(schedule, table.BaseLr ?? 1.0) { FirstStep = table.Steps is null ? 0 : 1 };
    }
}
