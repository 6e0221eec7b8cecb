using System;
using System.Linq;
using System.Threading.Tasks;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Refactorings;

/// <summary>A scheduler of the user's becomes the library's where both have the same numbers.</summary>
public class UseWarmupSchedulersTests
{
    private const string Lengths = "int warmup = 5, total = 16;";
    private const string HuggingFace = "convention: WarmupSchedulers.WarmupConvention.HuggingFace";

    [Theory]
    // A ramp, however it is written.
    [InlineData("e => Math.Min((e + 1) / 5.0, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => Math.Min((e + 1) / (double)warmup, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e < warmup ? (e + 1) / (double)warmup : 1.0", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e >= 4 ? 1 : 0.2 * (e + 1)", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => e switch { < 5 => (e + 1) * 0.2, _ => 1 }", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    [InlineData("e => e switch { 0 => 0.25, 1 => 0.5, 2 => 0.75, _ => 1 }", "LinearWarmupLR(optimizer, warmup_steps: 4)")]
    [InlineData("e => { if (e < warmup) return (double)(e + 1) / warmup; return 1; }", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => { var k = e + 1; return Math.Clamp(k / (double)warmup, 0, 1); }", "LinearWarmupLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => new[] { 0.25, 0.5, 0.75, 1.0 }[Math.Min(e, 3)]", "LinearWarmupLR(optimizer, warmup_steps: 4)")]
    [InlineData("delegate (int e) { return Math.Min((e + 1) / 5.0, 1.0); }", "LinearWarmupLR(optimizer, warmup_steps: 5)")]
    // As other libraries count, and from a start above zero.
    [InlineData("e => Math.Min(e / 5.0, 1.0)", "LinearWarmupLR(optimizer, warmup_steps: 5, " + HuggingFace + ")")]
    [InlineData("e => Math.Min(1.0, e / (double)Math.Max(1, warmup))", "LinearWarmupLR(optimizer, warmup_steps: warmup, " + HuggingFace + ")")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / (warmup + 1))", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.NeMo)")]
    [InlineData("e => Math.Min(1.0, e / (warmup - 1.0))", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.Lightning)")]
    [InlineData("e => Math.Min(1.0, 0.1 + 0.9 * e / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.PyTorch, start_factor: 0.1)")]
    [InlineData("e => Math.Min(1.0, 1.0 / 3 + (1 - 1.0 / 3) * e / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, convention: WarmupSchedulers.WarmupConvention.PyTorch)")]
    [InlineData("e => Math.Min(1.0, 0.1 + 0.9 * (e + 1) / warmup)", "LinearWarmupLR(optimizer, warmup_steps: warmup, start_factor: 0.1)")]
    // Then a line.
    [InlineData("e => e < warmup ? (e + 1) / (double)warmup : Math.Max(0.0, (total - e) / (double)(total - warmup))", "WarmupThenLinearLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    [InlineData("e => e < warmup ? e / (double)Math.Max(1, warmup) : Math.Max(0.0, (double)(total - e) / Math.Max(1, total - warmup))", "WarmupThenLinearLR(optimizer, warmup_steps: warmup, total_steps: total, " + HuggingFace + ")")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 - Math.Min(1.0, (e - 5) / 11.0)", "WarmupThenLinearLR(optimizer, warmup_steps: 5, total_steps: 16)")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 0.1 + 0.9 * Math.Max(0, 16 - e) / 11", "WarmupThenLinearLR(optimizer, warmup_steps: 5, total_steps: 16, min_lr_factor: 0.1)")]
    // Then half a cosine.
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : e >= total ? 0 : 0.5 * (1 + Math.Cos(Math.PI * (e - warmup) / (total - warmup)))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    [InlineData("e => e < warmup ? (double)e / warmup : 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1.0, (double)(e - warmup) / (total - warmup))))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total, " + HuggingFace + ")")]
    [InlineData("e => { if (e < warmup) return (e + 1.0) / warmup; var p = Math.Min(1.0, (e - warmup) / (double)(total - warmup)); return 0.05 + (1 - 0.05) * 0.5 * (1 + Math.Cos(Math.PI * p)); }", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total, min_lr_factor: 0.05)")]
    [InlineData("e => Math.Min(1.0, (e + 1.0) / warmup) * (e < warmup ? 1 : e > total ? 0 : Math.Pow(Math.Cos(Math.PI / 2 * (e - warmup) / (total - warmup)), 2))", "WarmupThenCosineLR(optimizer, warmup_steps: warmup, total_steps: total)")]
    // Then the inverse square root.
    [InlineData("e => e < warmup ? (e + 1.0) / warmup : Math.Sqrt((double)warmup / e)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => e < warmup ? (double)e / warmup : 1 / Math.Sqrt((double)e / warmup)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: warmup, " + HuggingFace + ")")]
    [InlineData("e => e < 5 ? (e + 1) / 5.0 : 1 / Math.Sqrt((e - 5 + 100) / 100.0)", "WarmupThenInverseSquareRootLR(optimizer, warmup_steps: 5, timescale: 100)")]
    [InlineData("e => Math.Min((e + 1.0) / warmup, Math.Sqrt(warmup / (e + 1.0)))", "NoamLR(optimizer, warmup_steps: warmup)")]
    [InlineData("e => Math.Pow(512, -0.5) * Math.Min(Math.Pow(e + 1, -0.5), (e + 1) * Math.Pow(warmup, -1.5))", "NoamLR(optimizer, warmup_steps: warmup, d_model: 512)")]
    [InlineData("e => 1 / Math.Sqrt(64.0) * Math.Min(1 / Math.Sqrt(e + 1), (e + 1) / (warmup * Math.Sqrt(warmup)))", "NoamLR(optimizer, warmup_steps: warmup, d_model: 64)")]
    public async Task TheSameNumbersAreOffered(string factor, string call)
    {
        var before = FactorSource.Script(factor, Lengths);
        var after = await Offered(before);

        Assert.Equal(before.Replace("torch.optim.lr_scheduler.LambdaLR(optimizer, " + factor + ")", "WarmupSchedulers.LRSchedulers." + call, StringComparison.Ordinal), after);
        AssertSameRun(before, after);
    }

    private static async Task<string> Offered(params string[] sources)
    {
        var refactored = await Refactored.By(new UseWarmupSchedulers(), sources);
        Assert.NotNull(refactored.Title);
        return refactored.Text;
    }

    private static void AssertSameRun(string before, string after)
    {
        var (old, now) = (TrainingRun.LearningRates(before), TrainingRun.LearningRates(after));
        Assert.Equal(old.Count, now.Count);
        foreach (var (left, right) in old.Zip(now))
            Assert.Equal(left, right, 1e-12 * Math.Abs(left) + 1e-16);
    }
}
