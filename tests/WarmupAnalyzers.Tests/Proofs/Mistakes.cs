using System;
using System.Collections.Generic;
using System.Globalization;
using WarmupAnalyzers.Reading.Optimizers;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>For each rule with a safe fix, how people make its mistake, and what the fix promises. A key begins with the rule's id.</summary>
internal static class Mistakes
{
    private const double Rate = 0.1;

    public static readonly SortedDictionary<string, Func<ProgramWriter, Mistake>> ByRule = new(StringComparer.Ordinal)
    {
        ["WARM1001"] = ZeroAtFirstStep,
        ["WARM1001 by hand"] = HandWrittenMistakes.ZeroAtFirstStep,
        ["WARM1002"] = IntegerDivision,
        ["WARM1002 by hand"] = HandWrittenMistakes.IntegerDivision,
        ["WARM1002 in an argument"] = ArgumentMistakes.IntegerDivision,
        ["WARM1003"] = BaseLearningRate,
        ["WARM1004"] = NoCap,
        ["WARM1004 by hand"] = HandWrittenMistakes.NoCap,
        ["WARM1005"] = write => NotFinite(write) with { IsDecay = true },
        ["WARM1005 by hand"] = HandWrittenMistakes.NotFinite,
        ["WARM1006"] = write => Negative(write) with { IsDecay = true },
        ["WARM2001"] = ArgumentMistakes.ZeroStart,
        ["WARM2002"] = ArgumentMistakes.OutOfRange,
        ["WARM2003"] = ArgumentMistakes.FreshOptimizer,
        ["WARM2004"] = ArgumentMistakes.DiscardedRate,
        ["WARM2007"] = Multiplied,
        ["WARM3001"] = write => RightSchedule(write) with { Stepping = Stepping.Never },
        ["WARM3002"] = write => RightSchedule(write) with { Stepping = Stepping.TooEarly },
        ["WARM3003"] = write => LinearWarmup(write, write.Whole(3, 9)) with { Stepping = Stepping.MadeAnew },
        ["WARM3005"] = write => RightSchedule(write) with { Stepping = Stepping.WithLoss },
        ["WARM3006"] = write => RightSchedule(write) with { Stepping = Stepping.WithIndex, IsOfOneFunction = true },
        ["WARM3007"] = write => RightSchedule(write) with { Stepping = Stepping.OnMicroBatch, IsOfOneFunction = true },
        ["WARM3010"] = write => RightSchedule(write) with { Stepping = Stepping.BehindTraining },
        ["WARM3011"] = write => RightSchedule(write) with { Lost = "step" },
        ["WARM3012"] = write => RightSchedule(write) with { Lost = "zero_grad" },
        ["WARM4002"] = CompositionMistakes.EarlyMilestone,
        ["WARM4003"] = CompositionMistakes.PartByHand,
        ["WARM4006"] = CompositionMistakes.ForgottenWarmup,
        ["WARM4010"] = CompositionMistakes.GroupBehind,
        ["WARM4010 replaced"] = CompositionMistakes.OptimizerReplaced,
        ["WARM5002"] = DefectMistakes.Momentum,
        ["WARM5003"] = DefectMistakes.LazyChain,
        ["WARM5007"] = DefectMistakes.GroupRate,
    };

    private static double Ramp(int k, int n) => Math.Min((k + 1) / (double)n, 1.0);

    private static Mistake ZeroAtFirstStep(ProgramWriter write)
    {
        var (k, n, after) = (write.Index, write.Whole(3, 9), write.Whole(20, 60));
        var (length, before) = Length(write, n);
        var decay = write.Whole(80, 99) / 100.0;
        return write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"Math.Min(1.0, (double){k} / {length})", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"Math.Min({k} / {n}.0, 1)", i => Rate * Ramp(i, n)),
            () => write.LambdaLR($"{k} / (double){length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"{k} < {length} ? {k} * 1.0 / {length} : 1.0", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"{k} >= {length} ? 1.0 : (float){k} / {length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"Math.Clamp({k} / (double){length}, 0, 1)", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR(
                $"{k} < {length} ? {k} / (double){length} : Math.Pow({ProgramWriter.Text(decay)}, {k} - {length})",
                i => Rate * (i < n ? (i + 1) / (double)n : Math.Pow(decay, i - n)), before),
            () => write.LambdaLR(
                $"{k} < {n} ? {k} / {n}.0 : 0.5 * (1 + Math.Cos(Math.PI * ({k} - {n}) / ({after} - {n})))",
                i => Rate * (i < n ? (i + 1) / (double)n : 0.5 * (1 + Math.Cos(Math.PI * (i - n) / (after - n))))),
            () => write.LambdaLR(
                $"Math.Min({k} / {n}.0, 1) * Math.Pow({ProgramWriter.Text(decay)}, {k})", i => Rate * Ramp(i, n) * Math.Pow(decay, i)))();
    }

    private static Mistake Multiplied(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(4, 9));
        var (length, before) = Length(write, n);
        var meant = write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"Math.Min(({k} + 1) / (double){length}, 1.0)", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"Math.Min({k} / {n}.0, 1)", i => Rate * Ramp(i, n)),
            () => write.LambdaLR($"{k} / {n}", i => Rate * Ramp(i, n)))();
        return meant with { Scheduler = meant.Scheduler.Replace("LambdaLR", "MultiplicativeLR", StringComparison.Ordinal) };
    }

    private static Mistake IntegerDivision(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(3, 9));
        var (length, before) = Length(write, n);
        return write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"{k} / {length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"({k} + 1) / {length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"Math.Min(1.0, {k} / {length})", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"Math.Min(({k} + 1) / {length}, 1)", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"(double)({k} / {length})", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"{k} < {length} ? ({k} + 1) / {length} : 1.0", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"0.1 + 0.9 * Math.Min(1.0, ({k} + 1) / {length})", i => Rate * (0.1 + 0.9 * Ramp(i, n)), before),
            () => write.LambdaLR($"1 / {n} + Math.Min(1.0 - 1 / {n}, {k} / {n}.0)", i => Rate * Ramp(i, n)))();
    }

    private static Mistake BaseLearningRate(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(3, 9));
        var lr = write.Pick(0.1, 0.05, 0.02, 3e-3);
        var text = ProgramWriter.Text(lr);
        var name = write.Pick("lr", "learningRate", "base_lr", "LR");
        var before = $"{write.Pick("const double", "double", "var")} {name} = {text};\n";
        var ramp = write.Pick($"Math.Min(({k} + 1) / {n}.0, 1.0)", $"Math.Min(1.0, ({k} + 1.0) / {n})", $"({k} < {n} ? ({k} + 1) / {n}.0 : 1.0)");
        var literal = write.OneIn(3);
        var factor = literal ? text : name;
        var body = write.Pick($"{factor} * {ramp}", $"{ramp} * {factor}", $"{factor} * {ramp} * 1.0");
        return write.LambdaLR(body, i => lr * Ramp(i, n), literal ? string.Empty : before, rate: factor);
    }

    private static Mistake NoCap(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(3, 9));
        var (length, before) = Length(write, n);
        double Capped(double factor) => Rate * Math.Min(factor, 1);
        return write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"({k} + 1) / (double){length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"({k} + 1.0) / {length}", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"1.0 / {length} * ({k} + 1)", i => Rate * Ramp(i, n), before),
            () => write.LambdaLR($"0.1 + 0.15 * {k}", i => Capped(0.1 + 0.15 * i)),
            () => write.LambdaLR($"0.25 + {k} / {n}.0", i => Capped(0.25 + i / (double)n)),
            () => write.LambdaLR($"Math.Sqrt(({k} + 1) / (double){length})", i => Capped(Math.Sqrt((i + 1) / (double)n)), before),
            () => write.LambdaLR($"Math.Log({k} + 2) / 1.5", i => Capped(Math.Log(i + 2) / 1.5)),
            () => write.LambdaLR($"{k} < 2 ? 0.1 + 0.05 * {k} : ({k} + 1) / {n}.0", i => Capped(i < 2 ? 0.1 + 0.05 * i : (i + 1) / (double)n)))();
    }

    private static Mistake NotFinite(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(3, 9));
        return write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"1.0 / {k}", i => Rate / (i + 1)),
            () => write.LambdaLR($"1 / (double){k}", i => Rate / (i + 1)),
            () => write.LambdaLR($"Math.Pow({k}, -0.5)", i => Rate / Math.Sqrt(i + 1)),
            () => write.LambdaLR($"1 / Math.Sqrt({k})", i => Rate / Math.Sqrt(i + 1)),
            () => write.LambdaLR($"Math.Max(0.1, 1.0 / {k})", i => Rate * Math.Max(0.1, 1.0 / (i + 1))),
            () => write.LambdaLR($"Math.Min(1, {k} / {n}.0) * Math.Pow({k}, -0.5)", i => Rate * Ramp(i, n) / Math.Sqrt(i + 1)),
            () => write.LambdaLR($"Math.Min(1.0, {k} / (double)warmup)", i => Rate, "const int warmup = 0;\n"),
            () => write.LambdaLR($"Math.Min({k} * 1.0 / warmup, 1.0)", i => Rate, "int warmup = 0;\n"))();
    }

    // The horizon lies before the twelfth round, which every program has.
    private static Mistake Negative(ProgramWriter write)
    {
        var (k, w, n) = (write.Index, write.Whole(2, 4), write.Whole(4, 6));
        var (length, before) = Length(write, n, "horizon", "decayEpochs", "n_total", "Steps");
        return write.Pick<Func<Mistake>>(
            () => write.LambdaLR($"1 - {k} / (double){length}", i => Rate * Math.Max(0, 1 - i / (double)n), before),
            () => write.LambdaLR($"1.0 - 0.1 * {k}", i => Rate * Math.Max(0, 1 - 0.1 * i)),
            () => write.LambdaLR($"({length} - {k}) / (double){length}", i => Rate * Math.Max(0, (n - i) / (double)n), before),
            () => write.LambdaLR($"1.0 * ({length} - {k}) / {length}", i => Rate * Math.Max(0, (n - i) / (double)n), before),
            () => write.LambdaLR($"Math.Cos(Math.PI * {k} / (2 * {length}))", i => Rate * Math.Max(0, Math.Cos(Math.PI * i / (2 * n))), before),
            () => write.LambdaLR($"1 - Math.Pow({k} / {n}.0, 2)", i => Rate * Math.Max(0, 1 - Math.Pow(i / (double)n, 2))),
            () => write.LambdaLR(
                $"{k} < {w} ? ({k} + 1) / {w}.0 : 1 - ({k} - {w}) / (double){length}",
                i => Rate * (i < w ? (i + 1) / (double)w : Math.Max(0, 1 - (i - w) / (double)n)), before))();
    }

    private static Mistake RightSchedule(ProgramWriter write)
    {
        var (k, n) = (write.Index, write.Whole(3, 9));
        return write.OneIn(2) ? write.LambdaLR($"Math.Min(({k} + 1) / {n}.0, 1.0)", i => Rate * Ramp(i, n)) : LinearWarmup(write, n);
    }

    private static Mistake LinearWarmup(ProgramWriter write, int n)
    {
        var start = write.Pick(0.1, 0.25, 0.5);
        var text = ProgramWriter.Text(start);
        return new Mistake(
            write.Pick(
                $"torch.optim.lr_scheduler.LinearLR(OPTIMIZER, {text}, total_iters: {n})",
                $"lr_scheduler.LinearLR(OPTIMIZER, total_iters: {n}, start_factor: {text})",
                $"new lr_scheduler.impl.LinearLR(OPTIMIZER, {text}, 1.0, {n})"),
            i => Rate * (start + (1 - start) * Math.Min(i, n) / n));
    }

    // A name that says epochs would be a mistake of its own in the programs that step on every batch.
    /// <summary>The warmup's length as a literal, a constant or a variable, and its declaration.</summary>
    public static (string Text, string Before) Length(ProgramWriter write, int n) => Length(write, n, "warmup", "warmupLength", "n_warmup", "WarmUpSteps");

    private static (string Text, string Before) Length(ProgramWriter write, int n, params string[] names)
    {
        var literal = n.ToString(CultureInfo.InvariantCulture);
        var name = write.Pick(names);
        return write.Whole(0, 3) switch
        {
            0 => (literal, string.Empty),
            1 => (name, $"const int {name} = {literal};\n"),
            2 => (name, $"int {name};\n{name} = {literal};\n"),
            _ => (name, $"var {name} = {literal};\n"),
        };
    }
}
