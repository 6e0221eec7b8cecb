using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The learning rate schedulers of fairseq.</summary>
internal static class Fairseq
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var (p, lr) = (table.Params, table.BaseLr ?? 1.0);
        return table.Function switch
        {
            "inverse_sqrt" => Reproduction.Of(InverseSquareRoot(p, lr), lr),
            "polynomial_decay" => Reproduction.Of(Polynomial(p, lr), lr),
            "cosine" => Reproduction.Of(Cosine(p, lr, table.Lr.Length), lr),
            "tri_stage" => Reproduction.Of(TriStage(p), lr),
            _ => new Reproduction.NotCovered($"nothing is known of {table.Function}"),
        };
    }

    private static Schedule InverseSquareRoot(Parameters p, double lr)
    {
        var (warmup, start) = (p.Count("warmup_updates"), p.Number("warmup_init_lr", -1.0));
        return Schedule.WarmupThenInverseSquareRoot(warmup, null, WarmupConvention.HuggingFace, start < 0.0 ? null : start / lr);
    }

    // The first update has the rate of the second: nothing is read before update 1 but what the constructor left.
    private static Schedule Polynomial(Parameters p, double lr)
    {
        if (p.OptionalCount("force_anneal") is > 0)
            throw new NotMappedException("annealing that is forced after some epochs");

        var (warmup, total) = (p.Count("warmup_updates", 0), p.Count("total_num_update"));
        var whole = Schedule.WarmupThenPolynomial(warmup, total, p.Number("power", 1.0), p.Number("end_learning_rate", 0.0) / lr, WarmupConvention.HuggingFace);
        return warmup == 0 ? whole : Schedule.Constant(whole.Factor(1)).Then(whole.Skip(1), 1);
    }

    // Peak and minimum shrink together from period to period.
    private static Schedule Cosine(Parameters p, double lr, int updates)
    {
        p.Ignore("max_update");
        var (warmup, period) = (p.Count("warmup_updates", 0), p.Count("lr_period_updates"));
        var (multiplier, shrink, start) = (p.Number("t_mult", 1.0), p.Number("lr_shrink", 0.1), p.Number("warmup_init_lr", -1.0));
        var waves = Schedule.WarmRestarts(period, multiplier, p.Number("min_lr", 0.0) / lr);
        if (shrink != 1.0)
            waves *= multiplier == 1.0 ? Schedule.StepDecay(period, shrink) : Schedule.MultiStepDecay(Starts(period, multiplier, updates), shrink);

        return Schedule.Transition(start < 0.0 ? p.Number("min_lr", 0.0) / lr : start / lr, 1.0, warmup).Then(waves);
    }

    // The first update of each period but the first, as far as the table goes.
    private static IEnumerable<long> Starts(long period, double multiplier, int updates)
    {
        var (start, length) = ((double)period, period * multiplier);
        for (; start < updates; start += length, length *= multiplier)
            yield return (long)Math.Ceiling(start);
    }

    private static Schedule TriStage(Parameters p)
    {
        p.Ignore("max_update", "warmup_steps", "hold_steps", "decay_steps");
        var (warmup, hold, decay) = p.Has("phase_ratio") ? Phases(p) : (p.Count("warmup_steps"), p.Count("hold_steps"), p.Count("decay_steps"));
        return Schedule.Transition(p.Number("init_lr_scale", 0.01), 1.0, warmup)
            .Then(Schedule.Transition(1.0, p.Number("final_lr_scale", 0.01), decay, TransitionShape.Exponential), warmup + hold);
    }

    private static (long Warmup, long Hold, long Decay) Phases(Parameters p) => p.Numbers("phase_ratio").Select(share => (long)(share * p.Count("max_update"))).ToArray() is [var warmup, var hold, var decay]
        ? (warmup, hold, decay)
        : throw new NotMappedException("phases that are not three");
}
