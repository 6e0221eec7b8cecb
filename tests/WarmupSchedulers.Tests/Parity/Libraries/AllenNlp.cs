using System;
using System.Linq;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The learning rate schedulers of AllenNLP.</summary>
internal static class AllenNlp
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        // "cosine (with restarts)": the first word is the name.
        return table.Function.Split(' ')[0] switch
        {
            "slanted_triangular" => Reproduction.Of(SlantedTriangular(p), lr),
            "cosine_with_warmup" => HuggingFace(table, p),
            "cosine" => Reproduction.Of(Schedule.WarmRestarts(p.Count("t_initial"), p.Number("t_mul", 1.0), p.Number("eta_min", 0.0) / lr, p.Number("eta_mul", 1.0)), lr),
            "linear_with_warmup" => Reproduction.Of(Polynomial(p, 1.0, 0.0), lr),
            "polynomial_decay" => Reproduction.Of(Polynomial(p, p.Number("power", 1.0), p.Number("end_learning_rate", 0.0) / lr), lr),
            "constant_with_warmup" => Reproduction.Of(Schedule.LinearWarmup(p.OptionalCount("warmup_steps") ?? p.Count("num_warmup_steps"), WarmupConvention.HuggingFace), lr),
            "constant" => Reproduction.Of(Schedule.Constant(), lr),
            "exponential" => Reproduction.Of(Schedule.ExponentialDecay(p.Number("gamma", 0.1)), lr),
            "step" => Reproduction.Of(Schedule.StepDecay(p.Count("step_size"), p.Number("gamma", 0.1)), lr),
            "multi_step" => Reproduction.Of(Schedule.MultiStepDecay(p.Counts("milestones").Order(), p.Number("gamma", 0.1)), lr),
            "noam" => Reproduction.Of(Noam(p), lr),
            _ => new Reproduction.NotCovered($"nothing is known of {table.Function}"),
        };
    }

    private static Reproduction HuggingFace(ReferenceTable table, Parameters p) => Transformers.Cosine(
        table with { BaseLr = p.OptionalNumber("base_lr_override") ?? table.BaseLr },
        Transformers.Wave(p.Count("num_warmup_steps"), p.Count("num_training_steps"), 0.0, p.Number("num_cycles", 0.5)));

    private static Schedule Polynomial(Parameters p, double power, double end) => Schedule.WarmupThenPolynomial(
        p.Count("warmup_steps"), p.Count("num_epochs") * p.Count("num_steps_per_epoch"), power, end, WarmupConvention.HuggingFace);

    // The steps are counted from 0, where the number of the step of the paper is 1, too.
    private static Schedule Noam(Parameters p)
    {
        var noam = p.Number("factor", 1.0) * Schedule.Noam(p.Count("warmup_steps"), p.Count("model_size"));
        return Schedule.Constant(noam.Factor(0)).Then(noam, 1);
    }

    // Two groups of layers: with discriminative fine-tuning the lower one learns more slowly, and with gradual unfreezing from the second epoch on, where
    // both begin anew.
    private static Schedule SlantedTriangular(Parameters p)
    {
        var (epoch, epochs) = (p.Count("num_steps_per_epoch"), p.Count("num_epochs"));
        var layer = p.Count("layer", 1);
        var scale = p.Flag("discriminative_fine_tuning") ? Math.Pow(p.Number("decay_factor", 0.38), 1 - layer) : 1.0;
        p.Ignore("decay_factor");
        if (!p.Flag("gradual_unfreezing"))
            return scale * Triangle(p, epochs * epoch);

        return scale * (layer == 0 ? Schedule.Constant(0.0) : Triangle(p, epoch)).Then(Triangle(p, (epochs - 1) * epoch), epoch);
    }

    private static Schedule Triangle(Parameters p, long steps)
    {
        var (least, top) = (1.0 / p.Number("ratio", 32.0), (long)(steps * p.Number("cut_frac", 0.1)));
        return Schedule.Transition(least, 1.0, top).Then(Schedule.Transition(1.0, least, steps - top));
    }
}
