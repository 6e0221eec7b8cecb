using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The learning rate schedulers of AllenNLP.</summary>
internal static class AllenNlp
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        if (table.Function == "slanted_triangular")
            return Reproduction.Of(SlantedTriangular(p), lr);
        if (table.Function.StartsWith("cosine_with_warmup", StringComparison.Ordinal))
            return Transformers.Cosine(table with { BaseLr = p.OptionalNumber("base_lr_override") ?? lr }, Transformers.Wave(p.Count("num_warmup_steps"), p.Count("num_training_steps"), 0.0, p.Number("num_cycles", 0.5)));
        if (table.Function.StartsWith("cosine", StringComparison.Ordinal))
            return Reproduction.Of(Schedule.WarmRestarts(p.Count("t_initial"), p.Number("t_mul", 1.0), p.Number("eta_min", 0.0) / lr, p.Number("eta_mul", 1.0)), lr);
        if (table.Function.StartsWith("linear_with_warmup", StringComparison.Ordinal))
            return Reproduction.Of(Schedule.WarmupThenLinear(p.Count("warmup_steps"), p.Count("num_epochs") * p.Count("num_steps_per_epoch"), convention: WarmupConvention.HuggingFace), lr);

        return new Reproduction.NotCovered($"nothing is known of {table.Function}");
    }

    // Two groups of layers: with discriminative fine-tuning the lower one learns more slowly.
    private static Schedule SlantedTriangular(Parameters p)
    {
        var steps = p.Count("num_epochs") * p.Count("num_steps_per_epoch");
        var (least, top) = (1.0 / p.Number("ratio", 32.0), (long)(steps * p.Number("cut_frac", 0.1)));
        var layer = p.Count("layer", 1);
        var scale = p.Flag("discriminative_fine_tuning") ? Math.Pow(p.Number("decay_factor", 0.38), 1 - layer) : 1.0;
        p.Ignore("decay_factor");
        return scale * Schedule.Transition(least, 1.0, top).Then(Schedule.Transition(1.0, least, steps - top));
    }
}
