using System;
using System.Globalization;
using System.Linq;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>How people give a scheduler the wrong number, and what the fix promises.</summary>
internal static class ArgumentMistakes
{
    /// <summary>A quotient of whole numbers as a rate or a factor.</summary>
    public static Mistake IntegerDivision(ProgramWriter write)
    {
        var (length, n, before) = Length(write);
        var tenth = write.Whole(2, 20);
        return write.Pick<Func<Mistake>>(
            () => Scheduler(write, "ExponentialLR", i => 1.0 / tenth * Math.Pow(0.9, i), ["gamma: 0.9"]) with { Rate = $"1 / {tenth}" },
            () => Scheduler(write, "StepLR", i => 1.0 / tenth * Math.Pow(0.5, i / 4), ["step_size: 4", "gamma: 0.5"]) with { Rate = $"1 / {tenth}" },
            () => Linear(write, n, 1.0 / n, 1, [$"start_factor: 1 / {InParentheses(length)}", "total_iters: " + length]) with { Before = before },
            () => Linear(write, n, 1.0 / n, 1, [$"start_factor: (double)(1 / {InParentheses(length)})", "total_iters: " + length]) with { Before = before },
            () => Scheduler(write, "ExponentialLR", i => 0.1 * Math.Pow(9.0 / 10, i), ["gamma: 9 / 10"]))();
    }

    public static Mistake ZeroStart(ProgramWriter write)
    {
        var (length, n, before) = Length(write);
        var end = write.Pick("1", "0.5", "1.0", "");
        string[] arguments = ["start_factor: " + write.Pick("0", "0.0", "0f", "-0.0", "0d", "none"), "total_iters: " + length];
        return WithRate(write, Linear(write, n, 1.0 / n, end == "0.5" ? 0.5 : 1, end.Length > 0 ? [.. arguments, "end_factor: " + end] : arguments)) with
        {
            Before = before + (arguments[0].EndsWith("none", StringComparison.Ordinal) ? "const double none = 0;\n" : ""),
        };
    }

    public static Mistake OutOfRange(ProgramWriter write)
    {
        var n = write.Whole(2, 11);
        var (first, second) = (write.Whole(2, 5), write.Whole(6, 10));
        var milestones = write.Pick($"new[] {{ {second}, {first} }}", $"new System.Collections.Generic.List<int> {{ {second}, {first} }}", $"new int[] {{ {second}, {first} }}");
        return WithRate(write, write.Pick<Func<Mistake>>(
            () => Linear(write, n, 0.5, 1, ["end_factor: " + write.Pick("2", "10.0", "1.5", "1e3"), "start_factor: 0.5", $"total_iters: {n}"]),
            () => Linear(write, n, 0.5, 0, ["end_factor: " + write.Pick("-2", "-0.5", "-1e-3"), "start_factor: 0.5", $"total_iters: {n}"]) with { IsDecay = true },
            () => Scheduler(write, "StepLR", i => 0.1 * Math.Pow(0.5, i / n), [$"step_size: -{n}", "gamma: 0.5"]),
            () => Scheduler(write, "MultiStepLR", i => 0.1 * Math.Pow(0.5, (i >= first ? 1 : 0) + (i >= second ? 1 : 0)), ["milestones: " + milestones, "gamma: 0.5"]))());
    }

    public static Mistake FreshOptimizer(ProgramWriter write)
    {
        var (length, n, before) = Length(write);
        var last = write.Pick("0", "3", "resumed");
        return WithRate(write, write.Pick<Func<Mistake>>(
            () => Linear(write, n, 0.25, 1, ["last_epoch: " + last, "start_factor: 0.25", "total_iters: " + length]),
            () => Scheduler(write, "ExponentialLR", i => 0.1 * Math.Pow(0.9, i), ["last_epoch: " + last, "gamma: 0.9", "verbose: false"]),
            () => new Mistake($"{Factory(write)}ExponentialLR(OPTIMIZER, 0.9, {last}{write.Pick(", false", "", ", verbose: false")})", i => 0.1 * Math.Pow(0.9, i)) { IsDecay = true },
            () => new Mistake($"{Factory(write)}StepLR(OPTIMIZER, {n}, 0.5, {last}{write.Pick(", false", "")})", i => 0.1 * Math.Pow(0.5, i / n)) { IsDecay = true })()) with
        {
            Before = before + (last == "resumed" ? "const int resumed = 2;\n" : ""),
        };
    }

    public static Mistake DiscardedRate(ProgramWriter write)
    {
        var n = write.Whole(2, 11);
        var value = write.Pick(0.5, 0.01, 0.25);
        var between = write.Pick(
            "foreach (var group in OPTIMIZER.ParamGroups) group.LearningRate = RATE;\n",
            "foreach (var g in OPTIMIZER.ParamGroups)\n{\ng.LearningRate = RATE;\n}\n",
            "OPTIMIZER.ParamGroups.First().LearningRate = RATE;\n",
            "var first = OPTIMIZER.ParamGroups.ElementAt(0);\nfirst.LearningRate = RATE;\n").Replace("RATE", write.Pick(ProgramWriter.Text(value), "written"), StringComparison.Ordinal);
        var mistake = write.LambdaLR($"Math.Min(({write.Index} + 1) / {n}.0, 1.0)", i => value * Math.Min((i + 1) / (double)n, 1));
        return mistake with
        {
            Between = between,
            Before = (between.Contains("written", StringComparison.Ordinal) ? $"double written = {ProgramWriter.Text(value)};\n" : "") + mistake.Before,
            Rate = write.Pick("0.1", "0.05", "3e-4"),
        };
    }

    // Named arguments in any order; the optimizer first, or named as well.
    private static Mistake Scheduler(ProgramWriter write, string kind, Func<int, double> promised, string[] arguments)
    {
        var shuffled = write.OneIn(2) ? arguments : [.. arguments.OrderBy(_ => write.Whole(0, 1000))];
        var all = string.Join(", ", write.OneIn(4) ? [.. shuffled, "optimizer: OPTIMIZER"] : ["OPTIMIZER", .. shuffled]);
        return new Mistake($"{Factory(write)}{kind}({all})", promised) { IsDecay = kind != "LinearLR" };
    }

    private static Mistake Linear(ProgramWriter write, int n, double start, double end, string[] arguments) =>
        Scheduler(write, "LinearLR", i => 0.1 * (start + ((end - start) * Math.Min(i, n) / n)), arguments);

    private static Mistake WithRate(ProgramWriter write, Mistake mistake)
    {
        var rate = write.Pick(0.1, 0.05, 3e-4);
        return mistake with { Rate = ProgramWriter.Text(rate), Promised = i => rate / 0.1 * mistake.Promised(i) };
    }

    private static string Factory(ProgramWriter write) =>
        write.Pick("torch.optim.lr_scheduler.", "new torch.optim.lr_scheduler.impl.", "TorchSharp.torch.optim.lr_scheduler.", "lr_scheduler.");

    private static (string Text, int Value, string Before) Length(ProgramWriter write)
    {
        var n = write.Whole(2, 11);
        var half = Math.Max(1, n / 2); // every program makes more steps than n
        var declared = $"const int steps = {n.ToString(CultureInfo.InvariantCulture)};\n";
        return write.Whole(0, 2) switch
        {
            0 => (n.ToString(CultureInfo.InvariantCulture), n, ""),
            1 => ("steps", n, declared),
            _ => ("2 * steps", 2 * half, $"const int steps = {half.ToString(CultureInfo.InvariantCulture)};\n"),
        };
    }

    private static string InParentheses(string length) => length.Contains('*', StringComparison.Ordinal) ? $"({length})" : length;
}
