using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>torch.optim.lr_scheduler.</summary>
internal static class PyTorch
{
    internal static Reproduction Of(ReferenceTable table)
    {
        var lr = table.BaseLr ?? 1.0;
        var p = table.Params;
        if (table.Steps is { } steps && steps.Any(step => step != Math.Floor(step)))
            return new Reproduction.NotCovered("a schedule has no fractions of a step");

        switch (table.Function)
        {
            case "SequentialLR":
                return Reproduction.Of(Schedule.Join([.. p.Texts("schedulers").Select(text => One(text, table))], p.Counts("milestones")), lr);
            case "ChainedScheduler" or "compound (each stepped in turn)":
                return Reproduction.Of(p.Texts("schedulers").Select(text => One(text, table)).Aggregate((all, next) => all * next), lr);
            case "LambdaLR" when Regex.Match(p.Text("lr_lambda"), @"^([0-9.]+)\s*\*\*\s*\w+$") is { Success: true } power:
                return Reproduction.Of(Schedule.ExponentialDecay(double.Parse(power.Groups[1].Value, CultureInfo.InvariantCulture)), lr);
            case "CyclicLR":
                return Cyclic(p);
            case "OneCycleLR":
                return OneCycle(p);
            case "ReduceLROnPlateau":
                return Plateau(p, lr);
            default:
                return ByName(table.Function, p, lr, table.Lr.Length) is { } schedule
                    ? Reproduction.Of(schedule, lr)
                    : new Reproduction.NotCovered($"nothing is known of {table.Function}");
        }
    }

    /// <summary>A scheduler as it is written in a call: <c>StepLR(gamma=0.1,step_size=3)</c>.</summary>
    internal static Schedule One(string call, ReferenceTable table)
    {
        var name = call[..call.IndexOf('(', StringComparison.Ordinal)];
        var arguments = Regex.Matches(call, @"(\w+)=(\[[^\]]*\]|[^,()]+)").Select(pair => $"\"{pair.Groups[1].Value}\":{pair.Groups[2].Value}");
        var parameters = new Parameters(System.Text.Json.JsonDocument.Parse("{" + string.Join(',', arguments) + "}").RootElement);
        return ByName(name, parameters, table.BaseLr ?? 1.0, table.Lr.Length) ?? throw new MissingParameterException(call);
    }

    private static Schedule? ByName(string name, Parameters p, double lr, int length) => name switch
    {
        "StepLR" => Schedule.StepDecay(p.Count("step_size"), p.Number("gamma", 0.1)),
        "MultiStepLR" => Schedule.MultiStepDecay(p.Counts("milestones"), p.Number("gamma", 0.1)),
        "ConstantLR" => Schedule.Constant(p.Number("factor", 1.0 / 3.0)).Then(Schedule.Constant(), p.Count("total_iters", 5)),
        "LinearLR" => Schedule.Transition(p.Number("start_factor", 1.0 / 3.0), p.Number("end_factor", 1.0), p.Count("total_iters", 5)),
        "ExponentialLR" => Schedule.ExponentialDecay(p.Number("gamma")),
        "PolynomialLR" => Schedule.PolynomialDecay(p.Count("total_iters", 5), p.Number("power", 1.0)),
        "CosineAnnealingLR" => Cosine(p.Count("T_max"), p.Number("eta_min", 0.0) / lr, length),
        "CosineAnnealingWarmRestarts" => Schedule.WarmRestarts(p.Count("T_0"), p.Number("T_mult", 1.0), p.Number("eta_min", 0.0) / lr),
        _ => null,
    };

    // PyTorch's cosine comes back after T_max, for ever: as many whole waves as the table is long.
    private static Schedule Cosine(long halfWave, double minimum, int length)
    {
        var waves = length / (2 * halfWave) + 1;
        return Schedule.CosineDecay(2 * halfWave * waves, minimum, waves);
    }

    private static Reproduction Cyclic(Parameters p)
    {
        var peak = p.Number("max_lr");
        var (up, down) = (p.Count("step_size_up", 2000), p.OptionalCount("step_size_down"));
        var mode = p.Text("mode", "triangular") switch
        {
            "triangular" => CyclicMode.Triangular,
            "triangular2" => CyclicMode.Triangular2,
            "exp_range" => CyclicMode.ExpRange,
            _ => throw new MissingParameterException("mode"),
        };
        var schedule = Schedule.Cyclic(up, down, p.Number("base_lr") / peak, mode, p.Number("gamma", 1.0));
        var (low, high) = (p.Number("base_momentum", 0.8), p.Number("max_momentum", 0.9));
        p.Ignore("cycle_momentum");
        return new Reproduction.Curve(schedule, peak) { Momentum = (1.0 + high) * Schedule.CyclicMomentum(up, down, low / (1.0 + high), high / (1.0 + high), mode, p.Number("gamma", 1.0)) };
    }

    private static Reproduction OneCycle(Parameters p)
    {
        var peak = p.Number("max_lr");
        var total = p.OptionalCount("total_steps") ?? p.Count("epochs") * p.Count("steps_per_epoch");
        var shape = p.Text("anneal_strategy", "cos") == "linear" ? TransitionShape.Linear : TransitionShape.Cosine;
        var (share, phases) = (p.Number("pct_start", 0.3), p.Flag("three_phase"));
        var (low, high) = (p.Number("base_momentum", 0.85), p.Number("max_momentum", 0.95));
        p.Ignore("cycle_momentum");
        return new Reproduction.Curve(
            Schedule.OneCycle(total, share, p.Number("div_factor", 25.0), p.Number("final_div_factor", 1e4), phases, shape), peak)
        {
            // The tables have numbers that no momentum has: they are scaled down and up again.
            Momentum = (1.0 + high) * Schedule.OneCycleMomentum(total, share, low / (1.0 + high), high / (1.0 + high), phases, shape),
        };
    }

    private static Reproduction Plateau(Parameters p, double lr)
    {
        var (mode, factor, patience) = (p.Text("mode", "min"), p.Number("factor", 0.1), (int)p.Count("patience", 10));
        var (threshold, thresholdMode) = (p.Number("threshold", 1e-4), p.Text("threshold_mode", "rel"));
        var (cooldown, least, eps) = (p.Count("cooldown", 0), p.Number("min_lr", 0.0), p.Number("eps", 1e-8));
        return new Reproduction.Plateau(
            optimizer =>
            {
                var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 0, mode, factor, patience, threshold, thresholdMode, (int)cooldown, least, eps);
                return metric => scheduler.step(metric);
            },
            lr);
    }
}
