using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>OptimizerParamScheduler of Megatron-LM.</summary>
internal static class Megatron
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        var peak = p.Number("max_lr");
        var (warmup, total) = (p.Count("lr_warmup_steps", 0), p.Count("lr_decay_steps"));
        var least = p.Number("min_lr", 0.0) / peak;
        var length = total - warmup;
        var decay = p.Text("lr_decay_style") switch
        {
            "constant" => Schedule.Constant(),
            "linear" => Schedule.LinearDecay(length, least),
            "cosine" => Schedule.CosineDecay(length, least),
            "inverse-square-root" => InverseSquareRoot(Math.Max(1, warmup), length, least),
            "WSD" => Wsd(p, length, least),
            _ => null,
        };
        if (decay is null)
            return new Reproduction.NotCovered("nothing is known of that decay");

        var schedule = Schedule.Transition(p.Number("init_lr", 0.0) / peak, 1.0, warmup).Then(decay);
        return new Reproduction.Curve(schedule, peak) { WeightDecay = WeightDecay(p) };
    }

    // Never below the minimum, and at the minimum right behind the last step.
    private static Schedule InverseSquareRoot(long timescale, long length, double least) =>
        Schedule.InverseSquareRootDecay(timescale).AtLeast(least).Then(Schedule.Constant(least), length + 1);

    private static Schedule? Wsd(Parameters p, long length, double least)
    {
        var decay = p.Count("wsd_decay_steps");
        TransitionShape? shape = p.Text("lr_wsd_decay_style", "exponential") switch
        {
            "linear" => TransitionShape.Linear,
            "cosine" => TransitionShape.Cosine,
            "minus_sqrt" => TransitionShape.OneMinusSquareRoot,
            _ => null,
        };
        return shape is { } known ? Schedule.Constant().Then(Schedule.Transition(1.0, least, decay, known), length - decay) : null;
    }

    private static Schedule? WeightDecay(Parameters p)
    {
        var (start, end, steps) = (p.Number("start_wd", 0.0), p.Number("end_wd", 0.0), p.Count("wd_incr_steps", 0));
        return p.Text("wd_incr_style", "constant") switch
        {
            "linear" => Schedule.Transition(start, end, steps),
            "cosine" => Schedule.Transition(start, end, steps, TransitionShape.Cosine),
            _ => Schedule.Constant(end),
        };
    }
}
