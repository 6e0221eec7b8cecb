using System;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules;

/// <summary>What a number counts.</summary>
internal enum CountUnit
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>Whole passes over the data.</summary>
    Epochs,

    /// <summary>Batches, or the optimizer's steps.</summary>
    Batches,

    /// <summary>The batches of one epoch.</summary>
    BatchesPerEpoch,
}

/// <summary>What an identifier says about the unit of its number: <c>warmupEpochs</c>, <c>total_steps</c>, <c>batchesPerEpoch</c>.</summary>
internal static class CountName
{
    private static readonly ImmutableHashSet<string> s_batches = ImmutableHashSet.Create(
        "batch", "batches", "minibatch", "minibatches", "step", "steps", "iter", "iters", "iteration", "iterations");

    /// <summary>Words that make another number of it: <c>batchSize</c>, <c>stepSize</c>, <c>decaySteps</c>, <c>epochLoss</c>.</summary>
    private static readonly ImmutableHashSet<string> s_others = ImmutableHashSet.Create(
        "size", "decay", "schedule", "scheduler", "lr", "rate", "loss", "every", "interval", "gamma", "factor", "start", "end", "first", "last", "index", "current");

    public static CountUnit Of(string identifier)
    {
        var words = WarmupName.Words(identifier);
        if (words.Any(s_others.Contains))
            return CountUnit.Unknown;
        var (epochs, batches, isRatio) = (words.Any(IsEpoch), words.Any(s_batches.Contains), words.Contains("per") || words.Contains("in"));
        return (epochs, batches) switch
        {
            (true, true) => isRatio && s_batches.Overlaps(words.TakeWhile(word => word is not ("per" or "in"))) ? CountUnit.BatchesPerEpoch : CountUnit.Unknown,
            (true, false) => isRatio ? CountUnit.Unknown : CountUnit.Epochs,
            (false, true) => isRatio ? CountUnit.Unknown : CountUnit.Batches,
            _ => CountUnit.Unknown,
        };
    }

    /// <summary>Whether a loop that bears the names goes through epochs.</summary>
    public static bool IsEpochs(ImmutableArray<string> identifiers)
    {
        var words = identifiers.SelectMany(name => WarmupName.Words(name)).ToArray();
        return words.Any(IsEpoch) && !words.Any(s_batches.Contains);
    }

    /// <summary>Whether one of the names speaks of epochs at all.</summary>
    public static bool MayBeEpochs(ImmutableArray<string> identifiers) => identifiers.SelectMany(name => WarmupName.Words(name)).Any(IsEpoch);

    private static bool IsEpoch(string word) => word.StartsWith("epoch", StringComparison.Ordinal);
}
