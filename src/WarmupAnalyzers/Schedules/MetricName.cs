using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules;

/// <summary>Which way a metric goes while training goes well.</summary>
internal enum MetricDirection
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>Better is less.</summary>
    Down,

    /// <summary>Better is more.</summary>
    Up,
}

/// <summary>What an identifier says about a metric, by its words: <c>val_accuracy</c>, <c>macroF1</c>, <c>epochLoss</c>.</summary>
internal static class MetricName
{
    private static readonly ImmutableHashSet<string> s_up = ImmutableHashSet.Create(
        "accuracy", "accuracies", "acc", "score", "scores", "auc", "auroc", "precision", "recall", "bleu", "rouge", "dice", "iou", "reward", "rewards", "fscore", "psnr", "ssim");

    private static readonly ImmutableHashSet<string> s_down = ImmutableHashSet.Create(
        "loss", "losses", "error", "errors", "perplexity", "ppl", "mse", "rmse", "mae", "mape", "nll", "wer", "cer", "brier", "crps", "fid", "distance", "cost", "penalty", "anomaly");

    /// <summary>Words that say that the number is another than the metric, or runs against it.</summary>
    private static readonly ImmutableHashSet<string> s_turns = ImmutableHashSet.Create(
        "neg", "negative", "negated", "minus", "inverse", "inverted", "one", "drop", "decrease", "decline", "reduction", "improvement", "increase", "gain", "gap", "delta", "diff",
        "difference", "change", "non", "not", "no", "without", "bad", "z");

    /// <summary>What all the names together say; unknown where they contradict each other.</summary>
    public static MetricDirection DirectionOf(IEnumerable<string> identifiers)
    {
        var names = identifiers.ToArray();
        var words = names.SelectMany(name => WarmupName.Words(name)).ToArray();
        if (words.Any(s_turns.Contains))
            return MetricDirection.Unknown;
        var (isUp, isDown) = (words.Any(s_up.Contains) || names.Any(HoldsF1), words.Any(s_down.Contains));
        return isUp == isDown ? MetricDirection.Unknown : isUp ? MetricDirection.Up : MetricDirection.Down;
    }

    // `f1`, `valF1`, `macro_f1`, `F1Score`, and not `diff1` or `f12`.
    private static bool HoldsF1(string name) => Enumerable.Range(0, Math.Max(0, name.Length - 1)).Any(at =>
        name[at + 1] == '1' && (name[at] == 'F' || name[at] == 'f' && (at == 0 || !char.IsLetterOrDigit(name[at - 1])))
        && (at + 2 == name.Length || !char.IsDigit(name[at + 2])));
}
