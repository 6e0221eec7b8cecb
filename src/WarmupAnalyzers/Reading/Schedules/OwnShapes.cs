using System;
using WarmupSchedulers;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>The shapes of our own library by the names of their factories: those of schedules, and those of schedulers, which end in LR.</summary>
internal static class OwnShapes
{
    private const string SchedulerEnding = "LR";

    /// <summary>The schedule that a factory makes; null for a name that is none, and where the code leaves an argument open.</summary>
    public static Schedule? Of(string factory, ArgumentReader arguments)
    {
        var name = factory.EndsWith(SchedulerEnding, StringComparison.Ordinal) ? factory.Substring(0, factory.Length - SchedulerEnding.Length) : factory;
        try
        {
            var made = arguments.Has("warmup_ratio") ? WithRatio(name, arguments) : WithSteps(name, arguments);
            return arguments.AreFixed ? made : null;
        }
        catch (ArgumentException) when (!arguments.AreFixed)
        {
            // An argument that is left open was read as zero.
            return null;
        }
    }

    private static Schedule? WithRatio(string name, ArgumentReader a) => name switch
    {
        "WarmupThenLinear" => Schedule.WarmupThenLinear(a.Number("warmup_ratio"), Total(a)),
        "WarmupThenCosine" => Schedule.WarmupThenCosine(a.Number("warmup_ratio"), Total(a)),
        "WarmupThenPolynomial" => Schedule.WarmupThenPolynomial(a.Number("warmup_ratio"), Total(a)),
        "WarmupThenHardRestarts" => Schedule.WarmupThenHardRestarts(a.Number("warmup_ratio"), Total(a)),
        "WarmupStableDecay" => Schedule.WarmupStableDecay(a.Number("warmup_ratio"), Total(a), Decay(a)),
        _ => null,
    };

    private static Schedule? WithSteps(string name, ArgumentReader a) => name switch
    {
        "LinearWarmup" => Schedule.LinearWarmup(Warmup(a), Convention(a), Start(a)),
        "CosineWarmup" => Schedule.CosineWarmup(Warmup(a), Convention(a), Start(a)),
        "PolynomialWarmup" => Schedule.PolynomialWarmup(Warmup(a), a.Number("power"), Convention(a), Start(a)),
        "ExponentialWarmup" => Schedule.ExponentialWarmup(a.LongCount("warmup_period")),
        "GradualWarmup" => Schedule.GradualWarmup(Warmup(a), a.Number("multiplier"), Convention(a)),
        "Noam" => Schedule.Noam(Warmup(a), Optional(a, "d_model")),
        "WarmupThenLinear" => Schedule.WarmupThenLinear(Warmup(a), Total(a), Least(a), Convention(a), Start(a)),
        "WarmupThenCosine" => Schedule.WarmupThenCosine(Warmup(a), Total(a), Least(a), Convention(a), Start(a)),
        "WarmupThenPolynomial" => Schedule.WarmupThenPolynomial(Warmup(a), Total(a), a.Number("power"), Least(a), Convention(a), Start(a)),
        "WarmupThenHardRestarts" => Schedule.WarmupThenHardRestarts(Warmup(a), Total(a), a.Number("cycles"), Least(a), Convention(a), Start(a)),
        "WarmupThenInverseSquareRoot" => Schedule.WarmupThenInverseSquareRoot(Warmup(a), Optional(a, "timescale"), Convention(a), Start(a)),
        "WarmupStableDecay" => Schedule.WarmupStableDecay(Warmup(a), Total(a), Decay(a), Least(a), Shape(a, "cooldown"), Convention(a), Start(a)),
        _ => WithoutWarmup(name, a),
    };

    private static Schedule? WithoutWarmup(string name, ArgumentReader a) => name switch
    {
        "Constant" => Schedule.Constant(a.Number("factor")),
        "LinearDecay" => Schedule.LinearDecay(Decay(a), Least(a)),
        "CosineDecay" => Schedule.CosineDecay(Decay(a), Least(a), a.Number("cycles")),
        "CosineHardRestarts" => Schedule.CosineHardRestarts(Decay(a), a.Number("cycles"), Least(a)),
        "WarmRestarts" => Schedule.WarmRestarts(a.LongCount("T_0"), a.Number("T_mult"), Least(a), a.Number("restart_factor")),
        "PolynomialDecay" => Schedule.PolynomialDecay(Decay(a), a.Number("power"), Least(a)),
        "InverseSquareRootDecay" => Schedule.InverseSquareRootDecay(a.LongCount("timescale")),
        "ExponentialDecay" => Schedule.ExponentialDecay(a.Number("gamma"), Decay(a)),
        "StepDecay" => Schedule.StepDecay(a.LongCount("step_size"), a.Number("gamma")),
        "MultiStepDecay" => MultiStep(a),
        "Transition" => Schedule.Transition(a.Number("start_factor"), a.Number("end_factor"), a.LongCount("steps"), Shape(a, "shape")),
        "OneCycle" or "OneCyclePolicy" => Schedule.OneCycle(
            Total(a), a.Number("pct_start"), a.Number("div_factor"), a.Number("final_div_factor"), a.Flag("three_phase"), Shape(a, "shape")),
        "Cyclic" or "CyclicPolicy" => Schedule.Cyclic(
            a.LongCount("step_size_up"), Optional(a, "step_size_down"), a.Number("base_factor"), (CyclicMode)a.Count("mode"), a.Number("gamma")),
        _ => null,
    };

    private static Schedule? MultiStep(ArgumentReader a)
    {
        var milestones = a.LongCounts("milestones");
        var gamma = a.Number("gamma");
        return a.AreFixed ? Schedule.MultiStepDecay(milestones, gamma) : null;
    }

    private static long Warmup(ArgumentReader a) => a.LongCount("warmup_steps");

    private static long Total(ArgumentReader a) => a.LongCount("total_steps");

    private static long Decay(ArgumentReader a) => a.LongCount("decay_steps");

    private static double Least(ArgumentReader a) => a.Number("min_lr_factor");

    private static double? Start(ArgumentReader a) => a.OptionalNumber("start_factor");

    private static long? Optional(ArgumentReader a, string parameter) => (long?)a.OptionalNumber(parameter);

    private static WarmupConvention Convention(ArgumentReader a) => (WarmupConvention)a.Count("convention");

    private static TransitionShape Shape(ArgumentReader a, string parameter) => (TransitionShape)a.Count(parameter);
}
