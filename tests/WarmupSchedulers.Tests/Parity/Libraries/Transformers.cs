using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>get_…_schedule… of Hugging Face Transformers.</summary>
internal static class Transformers
{
    private const WarmupConvention HuggingFace = WarmupConvention.HuggingFace;
    private const string DefaultDecay = "cosine";

    internal static Reproduction Of(ReferenceTable table)
    {
        var lr = table.BaseLr ?? 1.0;
        var p = table.Params;
        switch (table.Function)
        {
            case "get_constant_schedule":
                return Reproduction.Of(Schedule.Constant(), lr);
            case "get_constant_schedule_with_warmup":
                return Reproduction.Of(Schedule.LinearWarmup(p.Count("num_warmup_steps"), HuggingFace), lr);
            case "get_inverse_sqrt_schedule":
                return Reproduction.Of(Schedule.WarmupThenInverseSquareRoot(p.Count("num_warmup_steps"), p.OptionalCount("timescale"), HuggingFace), lr);
            case "get_reduce_on_plateau_schedule":
                return PyTorch.Plateau(table, lr);
            case "get_wsd_schedule":
                return Reproduction.Of(Wsd(p), lr);
        }

        var (warmup, total) = (p.Count("num_warmup_steps"), p.Count("num_training_steps"));
        if (warmup > total)
            return new Reproduction.Refused(() => Schedule.WarmupThenCosine(warmup, total, convention: HuggingFace));

        return table.Function switch
        {
            "get_linear_schedule_with_warmup" => Reproduction.Of(Schedule.WarmupThenLinear(warmup, total, convention: HuggingFace), lr),
            "get_polynomial_decay_schedule_with_warmup" => Reproduction.Of(
                Schedule.WarmupThenPolynomial(warmup, total, p.Number("power", 1.0), p.Number("lr_end", 1e-7) / lr, HuggingFace), lr),
            "get_cosine_schedule_with_warmup" => Cosine(table, Wave(warmup, total, 0.0, p.Number("num_cycles", 0.5))),
            "get_cosine_with_hard_restarts_schedule_with_warmup" => Cosine(
                table, Schedule.WarmupThenHardRestarts(warmup, total, p.Number("num_cycles", 1.0), convention: HuggingFace)),
            "get_cosine_with_min_lr_schedule_with_warmup" => Cosine(table, Wave(warmup, total, Minimum(p, lr), p.Number("num_cycles", 0.5))),
            "get_cosine_with_min_lr_schedule_with_warmup_lr_rate" => Cosine(table, Rated(warmup, total, Minimum(p, lr), p)),
            _ => new Reproduction.NotCovered($"nothing is known of {table.Function}"),
        };
    }

    // Past num_training_steps the cosines of Hugging Face rise again, which is not copied.
    internal static Reproduction Cosine(ReferenceTable table, Schedule schedule) =>
        new Reproduction.Curve(schedule, table.BaseLr ?? 1.0) { Until = table.Params.Count("num_training_steps") };

    internal static Schedule Wave(long warmup, long total, double minimum, double cycles) => warmup == total
        ? Schedule.LinearWarmup(warmup, HuggingFace)
        : Schedule.LinearWarmup(warmup, HuggingFace).Then(Schedule.CosineDecay(total - warmup, minimum, cycles));

    private static double Minimum(Parameters p, double lr) =>
        p.OptionalNumber("min_lr_rate") ?? p.Number("min_lr") / lr;

    // Counts from one: the decay is one step ahead, and the warmup is (k + 1) / W, or goes from its rate to 1 in W − 1 steps.
    private static Schedule Rated(long warmup, long total, double minimum, Parameters p)
    {
        var cycles = p.Number("num_cycles", 0.5);
        var ramp = p.OptionalNumber("warmup_lr_rate") is { } rate
            ? Schedule.Transition(rate, 1.0, Math.Max(1, warmup - 1))
            : Schedule.LinearWarmup(warmup);
        return ramp.Then(warmup == total ? Schedule.Constant() : Schedule.CosineDecay(total - warmup, minimum, cycles).Skip(1), warmup);
    }

    private static Schedule Wsd(Parameters p)
    {
        var (warmup, decay) = (p.Count("num_warmup_steps"), p.Count("num_decay_steps"));
        var stable = p.OptionalCount("num_stable_steps") ?? p.Count("num_training_steps") - warmup - decay;
        p.Ignore("num_training_steps");
        var least = p.Number("min_lr_ratio", 0.0);
        var end = p.Text("decay_type", DefaultDecay) == "cosine"
            ? Schedule.CosineDecay(decay, least, p.Number("num_cycles", 0.5)).Then(Schedule.Constant(least), decay)
            : Schedule.Transition(1.0, least, decay, Shape(p.Text("decay_type", DefaultDecay)));
        return Schedule.Transition(least, 1.0, warmup, Shape(p.Text("warmup_type", "linear"))).Then(end, warmup + stable);
    }

    private static TransitionShape Shape(string type) => type switch
    {
        "linear" => TransitionShape.Linear,
        "cosine" => TransitionShape.Cosine,
        "1-sqrt" => TransitionShape.OneMinusSquareRoot,
        _ => throw new NotMappedException($"nothing is known of the shape {type}"),
    };
}
