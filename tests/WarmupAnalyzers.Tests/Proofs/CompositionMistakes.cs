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

    private static string Linear(ProgramWriter write, int n) => write.Pick(
        $"torch.optim.lr_scheduler.LinearLR(OPTIMIZER, 0.5, total_iters: {n})",
        $"lr_scheduler.LinearLR(OPTIMIZER, total_iters: {n}, start_factor: 0.5)");

    private static double Ramp(int i, int n) => 0.5 + (0.5 * Math.Min(i, n) / n);
}
