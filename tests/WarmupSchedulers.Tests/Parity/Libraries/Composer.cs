using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>The schedulers of MosaicML Composer, whose times are texts.</summary>
internal static class Composer
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var p = table.Params;
        var clock = new Clock(p);
        var schedule = Of(table.Function, p, clock);
        return schedule is null
            ? new Reproduction.NotCovered($"nothing is known of {table.Function}")
            : new Reproduction.Curve(schedule, table.BaseLr ?? 1.0) { StepsOf = clock.At };
    }

    private static Schedule? Of(string function, Parameters p, Clock clock)
    {
        if (function.EndsWith("WithWarmupScheduler", StringComparison.Ordinal))
            return WithWarmup(function, p, clock);

        return function switch
        {
            // Behind its time it leaves the rate alone.
            "ConstantScheduler" => Schedule.Constant(p.Number("alpha", 1.0)).Then(Schedule.Constant(), clock.Scaled(p.Text("t_max", "1dur"))),
            "LinearScheduler" => Schedule.Transition(p.Number("alpha_i", 1.0), p.Number("alpha_f", 0.0), clock.Scaled(p.Text("t_max", "1dur"))),
            "CosineAnnealingScheduler" => Schedule.CosineDecay(clock.Scaled(p.Text("t_max", "1dur")), p.Number("alpha_f", 0.0)),
            "CosineAnnealingWarmRestartsScheduler" => Schedule.WarmRestarts(clock.Scaled(p.Text("t_0")), p.Number("t_mult", 1.0), p.Number("alpha_f", 0.0)),
            "PolynomialScheduler" => Polynomial(p, clock.Scaled(p.Text("t_max", "1dur"))),
            "StepScheduler" => Schedule.StepDecay(clock.Scaled(p.Text("step_size")), p.Number("gamma", 0.1)),
            "MultiStepScheduler" => MultiStep(p, clock),
            "ExponentialScheduler" => Schedule.ExponentialDecay(p.Number("gamma"), clock.Scaled(p.Text("decay_period", "1ep"))),
            _ => null,
        };
    }

    private static Schedule? WithWarmup(string function, Parameters p, Clock clock)
    {
        var warmup = p.Flag("scale_warmup") ? clock.Scaled(p.Text("t_warmup")) : clock.Unscaled(p.Text("t_warmup"));
        var rest = clock.Scaled(p.Text("t_max", "1dur")) - warmup;
        var start = p.Number("alpha_i", p.Number("alpha", 1.0));
        var decay = function switch
        {
            "MultiStepWithWarmupScheduler" => MultiStep(p, clock).Skip(warmup),
            // Where nothing is left behind the warmup, its end holds.
            _ when rest <= 0 => Schedule.Constant(start),
            "ConstantWithWarmupScheduler" => Schedule.Constant(start),
            "LinearWithWarmupScheduler" => Schedule.Transition(start, p.Number("alpha_f", 0.0), rest),
            "CosineAnnealingWithWarmupScheduler" => Schedule.Transition(start, p.Number("alpha_f", 0.0), rest, TransitionShape.Cosine),
            "PolynomialWithWarmupScheduler" => Polynomial(p, rest, 2.0),
            _ => null,
        };
        return decay is null ? null : Schedule.Transition(0.0, start, warmup).Then(decay);
    }

    private static Schedule Polynomial(Parameters p, long steps, double usual = 1.0) =>
        Powers.Between(p.Number("alpha_i", 1.0), p.Number("alpha_f", 0.0), steps, p.Number("power", usual));

    // The milestones are steps of the whole.
    private static Schedule MultiStep(Parameters p, Clock clock) => Schedule.MultiStepDecay(p.Texts("milestones").Select(clock.Scaled).Order(), p.Number("gamma", 0.1));

    /// <summary>Times of Composer in steps: 'ba' batches, 'ep' epochs, 'dur' shares of the whole training.</summary>
    private sealed class Clock(Parameters p)
    {
        private readonly double _ratio = p.Number("scale_schedule_ratio", 1.0);
        private readonly long _batches = p.Count("batches_per_epoch", 1);
        private readonly string _duration = p.Text("max_duration", "1ep");

        internal long At(string time) => Steps(time, 1.0);

        internal long Scaled(string time) => Steps(time, _ratio);

        internal long Unscaled(string time) => Steps(time, 1.0);

        private long Steps(string time, double ratio)
        {
            var match = Regex.Match(time, @"^([0-9.]+)(ba|ep|dur)$");
            if (!match.Success)
                throw new NotMappedException($"nothing is known of the time {time}");

            var number = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            return match.Groups[2].Value switch
            {
                "dur" => (long)Math.Round(number * Steps(_duration, _ratio)),
                "ep" => (long)Math.Round(number * _batches * ratio),
                _ => (long)Math.Round(number * ratio),
            };
        }
    }
}
