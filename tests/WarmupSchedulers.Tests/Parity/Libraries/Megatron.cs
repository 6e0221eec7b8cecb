using System;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>OptimizerParamScheduler of Megatron-LM.</summary>
internal static class Megatron
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        // What a checkpoint is to change; the decay of one style is there with every other, too.
        p.Ignore("use_checkpoint_opt_param_scheduler", "override_opt_param_scheduler", "wsd_decay_steps", "lr_wsd_decay_style");
        var peak = p.Number("max_lr");
        var (warmup, total) = (p.Count("lr_warmup_steps", 0), p.Count("lr_decay_steps"));
        var least = p.Number("min_lr", 0.0) / peak;
        var length = total - warmup;
        var decay = p.Text("lr_decay_style") switch
        {
            "constant" => Schedule.Constant(),
            "linear" => Schedule.LinearDecay(length, least),
            "cosine" => Schedule.CosineDecay(length, least),
            "inverse-square-root" => InverseSquareRoot(warmup, length, least),
            "WSD" => Wsd(p, length, least),
            var other => throw new NotMappedException($"nothing is known of the decay {other}"),
        };
        var schedule = Schedule.Transition(p.Number("init_lr", 0.0) / peak, 1.0, warmup).Then(decay);
        return new Reproduction.Curve(schedule, peak) { WeightDecay = WeightDecay(p) };
    }

    // Never below the minimum, and at the minimum right behind the last step. Without a warmup the first two steps are one.
    private static Schedule InverseSquareRoot(long warmup, long length, double least)
    {
        var decay = Schedule.InverseSquareRootDecay(Math.Max(1, warmup)).AtLeast(least);
        return (warmup == 0 ? Schedule.Constant().Then(decay, 1) : decay).Then(Schedule.Constant(least), length + 1);
    }

    private static Schedule Wsd(Parameters p, long length, double least)
    {
        var decay = p.Count("wsd_decay_steps");
        var shape = p.Text("lr_wsd_decay_style", "exponential") switch
        {
            "linear" => TransitionShape.Linear,
            "cosine" => TransitionShape.Cosine,
            "minus_sqrt" => TransitionShape.OneMinusSquareRoot,
            var other => throw new NotMappedException($"there is no cooldown in the shape of Megatron's {other}"),
        };
        return Schedule.Constant().Then(Schedule.Transition(1.0, least, decay, shape), length - decay);
    }

    private static Schedule? WeightDecay(Parameters p)
    {
        var (start, end, steps) = (p.Number("start_wd", 0.0), p.Number("end_wd", 0.0), p.Count("wd_incr_steps", 0));
        return p.Text("wd_incr_style", "constant") switch
        {
            "linear" => Schedule.Transition(start, end, steps),
            "cosine" => Schedule.Transition(start, end, steps, TransitionShape.Cosine),
            "constant" => Schedule.Constant(end),
            var other => throw new NotMappedException($"nothing is known of the increase {other}"),
        };
    }
}
