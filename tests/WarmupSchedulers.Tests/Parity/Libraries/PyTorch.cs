using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WarmupSchedulers.Tests.Parity.Libraries;

/// <summary>torch.optim.lr_scheduler.</summary>
internal static class PyTorch
{
    // The order of the arguments where they are written without names.
    private static readonly Dictionary<string, string[]> s_positions = new()
    {
        ["StepLR"] = ["step_size", "gamma"],
        ["MultiStepLR"] = ["milestones", "gamma"],
        ["ConstantLR"] = ["factor", "total_iters"],
        ["LinearLR"] = ["start_factor", "end_factor", "total_iters"],
        ["ExponentialLR"] = ["gamma"],
        ["PolynomialLR"] = ["total_iters", "power"],
        ["CosineAnnealingLR"] = ["T_max", "eta_min"],
        ["CosineAnnealingWarmRestarts"] = ["T_0", "T_mult", "eta_min"],
    };

    internal static Reproduction Of(ReferenceTable table)
    {
        var lr = table.BaseLr ?? 1.0;
        var p = table.Params;
        switch (table.Function)
        {
            case "SequentialLR":
                return Reproduction.Of(Schedule.Join(p.Texts("schedulers").Select(text => One(text, table)), p.Counts("milestones")), lr);
            case "ChainedScheduler" or "compound (each stepped in turn)":
                return Chained(table, lr);
            case "LambdaLR":
                return Reproduction.Of(Lambda(p.Text("lr_lambda")), lr);
            case "MultiplicativeLR":
                return Reproduction.Of(Schedule.ExponentialDecay(Constant(p.Text("lr_lambda")) ?? throw new NotMappedException("a factor that changes from step to step")), lr);
            case "CyclicLR":
                return Cyclic(p);
            case "OneCycleLR":
                return OneCycle(p);
            case "ReduceLROnPlateau":
                return Plateau(table, lr);
            case "CosineAnnealingWarmRestarts":
                return WarmRestarts(table, lr);
            default:
                return ByName(table.Function, p, lr, table.Lr.Length) is { } schedule
                    ? Reproduction.Of(schedule, lr)
                    : new Reproduction.NotCovered($"nothing is known of {table.Function}");
        }
    }

    /// <summary>A scheduler as it is written in a call: <c>StepLR(gamma=0.1,step_size=3)</c> or <c>StepLR(3, 0.1)</c>.</summary>
    internal static Schedule One(string call, ReferenceTable table)
    {
        var (name, parameters) = Read(call);
        var schedule = ByName(name, parameters, table.BaseLr ?? 1.0, table.Lr.Length) ?? throw new NotMappedException($"nothing is known of {call}");
        return parameters.Unread.FirstOrDefault() is { } unread ? throw new NotMappedException($"nothing is known of {unread} in {call}") : schedule;
    }

    internal static Reproduction Plateau(ReferenceTable table, double lr)
    {
        var p = table.Params;
        var (mode, factor, patience) = (p.Text("mode", "min"), p.Number("factor", 0.1), (int)p.Count("patience", 10));
        var (threshold, thresholdMode) = (p.Number("threshold", 1e-4), p.Text("threshold_mode", "rel"));
        var (cooldown, least, eps) = (p.Count("cooldown", 0), p.Number("min_lr", 0.0), p.Number("eps", 1e-8));
        if (p.OfGroup(1).OptionalNumber("min_lr") is { } other && other != least)
            return new Reproduction.NotCovered("the least learning rate is one for all groups");
        if (table.Metrics is null)
            return new Reproduction.NotCovered("there is no metric");
        if (thresholdMode == "rel" && table.Metrics.Any(metric => metric < 0.0))
            return new Reproduction.UpstreamDefect("a share of a best metric below zero lets a worse one be better");

        return new Reproduction.Plateau(
            optimizer =>
            {
                var scheduler = LRSchedulers.WarmupThenPlateauLR(optimizer, 0, mode, factor, patience, threshold, thresholdMode, (int)cooldown, least, eps);
                return metric => scheduler.step(metric);
            },
            lr);
    }

    private static (string Name, Parameters Arguments) Read(string call)
    {
        var match = Regex.Match(call, @"^(\w+)\((.*)\)$");
        if (!match.Success)
            throw new NotMappedException($"'{call}' is not a call.");

        var name = match.Groups[1].Value;
        var positions = s_positions.GetValueOrDefault(name, []);
        var arguments = Regex.Matches(match.Groups[2].Value, @"(?:(\w+)\s*=\s*)?(\[[^\]]*\]|[^,()\s]+)").Select((argument, i) =>
        {
            var parameter = argument.Groups[1].Success ? argument.Groups[1].Value : positions.ElementAtOrDefault(i) ?? throw new NotMappedException($"nothing is known of argument {i} of {call}");
            return $"\"{parameter}\":{argument.Groups[2].Value}";
        });
        return (name, new Parameters(JsonDocument.Parse("{" + string.Join(',', arguments) + "}").RootElement));
    }

    private static Schedule? ByName(string name, Parameters p, double lr, int length) => name switch
    {
        "StepLR" => Schedule.StepDecay(p.Count("step_size"), p.Number("gamma", 0.1)),
        "MultiStepLR" => Schedule.MultiStepDecay(p.Counts("milestones").Order(), p.Number("gamma", 0.1)),
        "ConstantLR" => Held(p, p.Number("factor", 1.0 / 3.0), (start, steps) => Schedule.Constant(start).Then(Schedule.Constant(), steps)),
        "LinearLR" => Linear(p, p.Number("end_factor", 1.0)),
        "ExponentialLR" => Schedule.ExponentialDecay(p.Number("gamma")),
        "PolynomialLR" => Schedule.PolynomialDecay(p.Count("total_iters", 5), p.Number("power", 1.0)),
        "CosineAnnealingLR" => Cosine(p.Count("T_max"), p.Number("eta_min", 0.0) / lr, length),
        "CosineAnnealingWarmRestarts" => Schedule.WarmRestarts(p.Count("T_0"), p.Number("T_mult", 1.0), p.Number("eta_min", 0.0) / lr),
        _ => null,
    };

    private static Schedule Linear(Parameters p, double end) =>
        Held(p, p.Number("start_factor", 1.0 / 3.0), (start, steps) => Schedule.Transition(start, end, steps));

    // PyTorch never leaves the first factor of a ramp that has no step.
    private static Schedule Held(Parameters p, double start, Func<double, long, Schedule> ramp) =>
        p.Count("total_iters", 5) is > 0 and var steps ? ramp(start, steps) : Schedule.Constant(start);

    // PyTorch's cosine comes back after T_max, for ever: as many whole waves as the table is long. With a minimum above the peak it is upside down.
    private static Schedule Cosine(long halfWave, double minimum, int length)
    {
        var waves = length / (2 * halfWave) + 2;
        return minimum <= 1.0
            ? Schedule.CosineDecay(2 * halfWave * waves, minimum, waves)
            : Schedule.Constant() + (minimum - 1.0) * Schedule.CosineDecay(2 * halfWave * waves, 0.0, waves).Skip(halfWave);
    }

    // Every one multiplies the rate that it finds, so that together they are a product; but a cosine that comes back from zero starts from the base rate, and
    // one with a minimum adds it to what the others made.
    private static Reproduction Chained(ReferenceTable table, double lr)
    {
        var calls = table.Params.Texts("schedulers");
        var cosines = calls.Select(Read).Where(call => call.Name == "CosineAnnealingLR").Select(call => call.Arguments).ToList();
        if (calls.Length > 1 && cosines.Any(cosine => cosine.Number("eta_min", 0.0) > 1e-6 * lr))
            throw new NotMappedException("a cosine that adds its minimum to what other schedulers made");

        var product = calls.Select(call => One(call, table)).Aggregate((all, next) => all * next);
        return new Reproduction.Curve(product, lr) { Until = calls.Length > 1 && cosines.Count > 0 ? cosines.Min(cosine => cosine.Count("T_max")) + 1 : long.MaxValue };
    }

    // An epoch is as many steps as the fractions of the table need.
    private static Reproduction.Curve WarmRestarts(ReferenceTable table, double lr)
    {
        var p = table.Params;
        var parts = Enumerable.Range(1, 1000).FirstOrDefault(parts => (table.Steps ?? []).All(step => Math.Abs(step * parts - Math.Round(step * parts)) < 1e-9));
        if (parts == 0)
            throw new NotMappedException("a schedule has no fractions of a step");

        return new(Schedule.WarmRestarts(p.Count("T_0") * parts, p.Number("T_mult", 1.0), p.Number("eta_min", 0.0) / lr), lr) { PerStep = parts };
    }

    private static Schedule Lambda(string text)
    {
        var body = Body(text);
        if (Constant(text) is { } constant)
            return Schedule.Constant(constant);
        if (Regex.Match(body, @"^([0-9.]+)\*\*[a-z_]+$") is { Success: true } power)
            return Schedule.ExponentialDecay(Number(power.Groups[1]));
        if (Regex.Match(body, @"^([0-9.]+)\*\*\(?[a-z_]+//([0-9]+)\)?$") is { Success: true } stairs)
            return Schedule.StepDecay((long)Number(stairs.Groups[2]), Number(stairs.Groups[1]));
        if (Regex.Match(body, @"^min\(1(?:\.0*)?,(\([a-z_]+\+1\)|[a-z_]+)/([0-9]+)(?:\.0*)?\)$") is { Success: true } ramp)
            return Schedule.LinearWarmup((long)Number(ramp.Groups[2]), ramp.Groups[1].Value.EndsWith("+1)", StringComparison.Ordinal) ? WarmupConvention.Default : WarmupConvention.HuggingFace);

        throw new NotMappedException($"nothing is known of the function {text}");
    }

    private static double? Constant(string text) => double.TryParse(Body(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Body(string text) => Regex.Replace(Regex.Replace(text, @"^\s*lambda\s+\w+\s*:", ""), @"\s+", "");

    private static double Number(Group text) => double.Parse(text.Value, CultureInfo.InvariantCulture);

    private static Reproduction Cyclic(Parameters p)
    {
        var peak = p.Number("max_lr");
        var (up, down) = (p.Count("step_size_up", 2000), p.OptionalCount("step_size_down"));
        var mode = p.Text("mode", "triangular") switch
        {
            "triangular" => CyclicMode.Triangular,
            "triangular2" => CyclicMode.Triangular2,
            "exp_range" => CyclicMode.ExpRange,
            var other => throw new NotMappedException($"nothing is known of the mode {other}"),
        };
        var gamma = p.Number("gamma", 1.0);
        var (low, high) = (p.Number("base_momentum", 0.8), p.Number("max_momentum", 0.9));
        return new Reproduction.Curve(Schedule.Cyclic(up, down, p.Number("base_lr") / peak, mode, gamma), peak)
        {
            Momentum = p.Flag("cycle_momentum", true) ? Scaled(high, scale => Schedule.CyclicMomentum(up, down, low / scale, high / scale, mode, gamma)) : null,
        };
    }

    private static Reproduction OneCycle(Parameters p)
    {
        var peak = p.Number("max_lr");
        var total = p.OptionalCount("total_steps") ?? p.Count("epochs") * p.Count("steps_per_epoch");
        p.Ignore("epochs", "steps_per_epoch");
        var shape = p.Text("anneal_strategy", "cos") switch
        {
            "cos" => TransitionShape.Cosine,
            "linear" => TransitionShape.Linear,
            var other => throw new NotMappedException($"nothing is known of the strategy {other}"),
        };
        var (share, phases) = (p.Number("pct_start", 0.3), p.Flag("three_phase"));
        var (low, high) = (p.Number("base_momentum", 0.85), p.Number("max_momentum", 0.95));
        return new Reproduction.Curve(Schedule.OneCycle(total, share, p.Number("div_factor", 25.0), p.Number("final_div_factor", 1e4), phases, shape), peak)
        {
            Momentum = p.Flag("cycle_momentum", true) ? Scaled(high, scale => Schedule.OneCycleMomentum(total, share, low / scale, high / scale, phases, shape)) : null,
        };
    }

    // The tables have numbers that no momentum has: they are scaled down and up again.
    private static Schedule Scaled(double high, Func<double, Schedule> momentum) => high < 1.0 ? momentum(1.0) : (1.0 + high) * momentum(1.0 + high);
}
