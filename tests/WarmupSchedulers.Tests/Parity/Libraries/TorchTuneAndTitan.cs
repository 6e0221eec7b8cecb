using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>torchtune, which counts as Hugging Face does, and torchtitan, which counts as this library does.</summary>
internal static class TorchTuneAndTitan
{
    internal static Reproduction Of(ReferenceTable table)
    {
        if (table.Function == "get_cosine_schedule_with_warmup")
            return Transformers.Of(table);
        if (!table.Function.Contains("linear_warmup_stable_decay", StringComparison.Ordinal))
            return new Reproduction.NotCovered($"nothing is known of {table.Function}");

        var p = table.Params;
        var (total, warmup) = (p.Count("training_steps"), p.Count("warmup_steps"));
        var decay = p.OptionalNumber("decay_ratio") is { } ratio ? Math.Min((long)Math.Round(total * ratio), total - warmup) : total - warmup;
        var shape = p.Text("decay_type", "linear") switch
        {
            "linear" => TransitionShape.Linear,
            "cosine" => TransitionShape.Cosine,
            "sqrt" => TransitionShape.OneMinusSquareRoot,
            var other => throw new NotMappedException($"nothing is known of the decay {other}"),
        };
        return Reproduction.Of(Schedule.WarmupStableDecay(warmup, total, decay, p.Number("min_lr_factor", 0.0), shape), table.BaseLr);
    }
}
