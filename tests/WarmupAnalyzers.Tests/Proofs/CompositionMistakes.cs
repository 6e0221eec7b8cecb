using System;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>How people put schedulers together wrongly, and what the fix promises.</summary>
internal static class CompositionMistakes
{
    /// <summary>A sequence that leaves its warmup halfway.</summary>
    public static Mistake EarlyMilestone(ProgramWriter write)
    {
        var (n, gamma) = (write.Whole(5, 9), write.Pick(0.9, 0.95, 0.8));
        var warmup = Linear(write, n);
        var decay = write.Pick("torch.optim.lr_scheduler.ExponentialLR", "lr_scheduler.ExponentialLR", "new lr_scheduler.impl.ExponentialLR") + $"(OPTIMIZER, {ProgramWriter.Text(gamma)})";
        var milestones = write.Pick("new[] { M }", "new int[] { M }", "new List<int> { M }").Replace("M", write.Whole(1, n / 2).ToString(), StringComparison.Ordinal);
        var sequence = write.Pick("torch.optim.lr_scheduler.SequentialLR", "lr_scheduler.SequentialLR");
        return new Mistake($"{sequence}(OPTIMIZER, new torch.optim.lr_scheduler.LRScheduler[] {{ {warmup}, {decay} }}, {milestones})", i => 0.1 * (i < n ? Ramp(i, n) : Math.Pow(gamma, i - n)));
    }

    /// <summary>A cosine or polynomial behind a warmup that is made for the whole training.</summary>
    public static Mistake ForgottenWarmup(ProgramWriter write)
    {
        var (n, isCosine, isNamed) = (write.Whole(2, 6), write.OneIn(2), write.OneIn(2));
        var (warmup, milestones) = (Linear(write, n), write.Pick("new[] { M }", "new int[] { M }", "new List<int> { M }"));
        var sequence = write.Pick("torch.optim.lr_scheduler.SequentialLR", "lr_scheduler.SequentialLR");
        var spelled = isCosine
            ? write.Pick("lr_scheduler.CosineAnnealingLR(OPTIMIZER, HORIZON)", "torch.optim.lr_scheduler.CosineAnnealingLR(T_max: HORIZON, optimizer: OPTIMIZER)", "new lr_scheduler.impl.CosineAnnealingLR(OPTIMIZER, HORIZON, 0.0)")
            : write.Pick("lr_scheduler.PolynomialLR(OPTIMIZER, HORIZON, 1)", "torch.optim.lr_scheduler.PolynomialLR(OPTIMIZER, power: 1, total_iters: HORIZON)");
        var name = write.Pick("total", "epochs", "T_max");
        return new Mistake(string.Empty, _ => 0)
        {
            OfSteps = steps => new Mistake(
                $"{sequence}(OPTIMIZER, new torch.optim.lr_scheduler.LRScheduler[] {{ {warmup}, {spelled.Replace("HORIZON", isNamed ? name : Text(steps), StringComparison.Ordinal)} }}, {milestones.Replace("M", Text(n), StringComparison.Ordinal)})",
                i => 0.1 * (i < n ? Ramp(i, n) : isCosine ? (1 + Math.Cos(Math.PI * (i - n) / (steps - n))) / 2 : 1 - ((i - n) / (double)(steps - n))))
            {
                Before = isNamed ? $"const int {name} = {steps};\n" : string.Empty,
            },
        };
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A part of a chain that is stepped beside it.</summary>
    public static Mistake PartByHand(ProgramWriter write)
    {
        var (first, second) = (write.Whole(2, 6), write.Whole(7, 11));
        var chained = write.Pick("torch.optim.lr_scheduler.ChainedLR", "lr_scheduler.ChainedLR", "new lr_scheduler.impl.ChainedLR");
        return new Mistake($"{chained}({write.Pick("", "schedulers: ")}new[] {{ ramp, slow }})", i => 0.1 * Ramp(i, first) * Ramp(i, second))
        {
            Between = $"var ramp = {Linear(write, first)};\nvar slow = {Linear(write, second)};\n",
            IsOfOneFunction = true,
            Stepping = Stepping.WithPart,
        };
    }

    /// <summary>A parameter group that comes when the scheduler is there.</summary>
    public static Mistake GroupBehind(ProgramWriter write)
    {
        var n = write.Whole(3, 9);
        var group = write.Pick("SGD", "Adam", "AdamW");
        var parameters = write.Pick("nn.Linear(2, 2).parameters()", "torch.nn.Linear(1, 1).parameters()");
        var add = $"OPTIMIZER.add_param_group(new TorchSharp.Modules.{group}.ParamGroup {{ Parameters = {parameters} }}); // network\n";
        return new Mistake(Linear(write, n), i => 0.1 * Ramp(i, n)) { Behind = write.Pick(string.Empty, "Console.Write(1);\n") + add + write.Pick(string.Empty, add) };
    }

    /// <summary>A variable that is given another optimizer when the scheduler is there.</summary>
    public static Mistake OptimizerReplaced(ProgramWriter write)
    {
        var (n, rate) = (write.Whole(3, 9), write.Pick(0.2, 0.05, 0.5));
        return new Mistake(Linear(write, n), i => rate * Ramp(i, n))
        {
            Optimizer = "SGD",
            Behind = $"OPTIMIZER = torch.optim.SGD(model.parameters(), {ProgramWriter.Text(rate)});\n",
            IsOfOneFunction = true,
        };
    }

    private static string Linear(ProgramWriter write, int n) => write.Pick(
        $"torch.optim.lr_scheduler.LinearLR(OPTIMIZER, 0.5, total_iters: {n})",
        $"lr_scheduler.LinearLR(OPTIMIZER, total_iters: {n}, start_factor: 0.5)");

    private static double Ramp(int i, int n) => 0.5 + (0.5 * Math.Min(i, n) / n);
}
