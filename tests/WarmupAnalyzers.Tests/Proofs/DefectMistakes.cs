using System;

namespace WarmupAnalyzers.Tests.Proofs;

/// <summary>How people meet TorchSharp's own defects, and what the fix promises.</summary>
internal static class DefectMistakes
{
    /// <summary>Two ramps made by a query.</summary>
    public static Mistake LazyChain(ProgramWriter write)
    {
        var (first, second) = (write.Whole(2, 6), write.Whole(7, 11));
        var ramp = write.Pick(
            "torch.optim.lr_scheduler.LinearLR(OPTIMIZER, 0.5, total_iters: n)",
            "new lr_scheduler.impl.LinearLR(OPTIMIZER, 0.5, 1.0, n)");
        var list = write.Pick($"lengths.Select(n => {ramp})", $"from n in lengths select {ramp}", $"lengths.OrderBy(n => n).Select((n, at) => {{ return {ramp}; }})", "parts");
        var chained = write.Pick("torch.optim.lr_scheduler.ChainedLR", "lr_scheduler.ChainedLR", "new lr_scheduler.impl.ChainedLR");
        return new Mistake($"{chained}({write.Pick("", "schedulers: ")}{list})", i => 0.1 * Ramp(i, first) * Ramp(i, second))
        {
            Between = $"var lengths = new[] {{ {first}, {second} }};\n" + (list == "parts" ? $"var parts = lengths.Select(n => {ramp});\n" : ""),
        };
    }

    /// <summary>Triangles with the default momentum, on optimizers with and without one.</summary>
    public static Mistake Momentum(ProgramWriter write)
    {
        var up = write.Whole(2, 6);
        var momentum = write.Pick("", ", cycle_momentum: true", ", base_momentum: 0.85, max_momentum: 0.95");
        var factory = write.Pick("torch.optim.lr_scheduler.CyclicLR", "lr_scheduler.CyclicLR", "new torch.optim.lr_scheduler.impl.CyclicLR");
        return new Mistake($"{factory}(OPTIMIZER, {write.Pick("0.01, 0.1", "max_lr: 0.1, base_lr: 0.01")}, step_size_up: {up}{momentum})", i => 0.01 + (0.09 * Height(i % (2 * up), up)));
    }

    /// <summary>A group that is made from parameters alone.</summary>
    public static Mistake GroupRate(ProgramWriter write)
    {
        var (n, rate) = (write.Whole(2, 11), write.Pick(0.1, 0.05, 3e-4));
        return new Mistake($"torch.optim.lr_scheduler.LinearLR(OPTIMIZER, 0.5, total_iters: {n})", i => rate * Ramp(i, n))
        {
            Rate = ProgramWriter.Text(rate),
            HasGroup = true,
        };
    }

    private static double Ramp(int i, int n) => 0.5 + (0.5 * Math.Min(i, n) / n);

    private static double Height(int step, int up) => (step <= up ? step : (2 * up) - step) / (double)up;
}
