using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Schedules;

/// <summary>What an identifier says about warmup, by its words: <c>warmup_steps</c>, <c>LinearWarmUp</c>, <c>config.rampUpEpochs</c>.</summary>
internal static class WarmupName
{
    private static readonly ImmutableHashSet<string> s_whatComesAfter = ImmutableHashSet.Create(
        "after", "post", "past", "since", "following", "beyond", "then", "without", "no", "non", "not", "skip", "warmed", "done", "finished", "over", "complete", "completed");

    /// <summary>Whether what bears the name is a warmup or a part of one; false for what comes after it (<c>afterWarmup</c>, <c>warmedUp</c>).</summary>
    public static bool IsWarmup(string identifier)
    {
        var words = Words(identifier);
        return !words.Any(IsAfter) && Enumerable.Range(0, words.Length).Any(i => IsWarmupAt(words, i));
    }

    /// <summary>Whether what bears the name comes after a warmup.</summary>
    public static bool IsAfterWarmup(string identifier)
    {
        var words = Words(identifier);
        return words.Any(IsAfter) && (words.Any(word => Holds(word, "warm")) || Enumerable.Range(0, words.Length).Any(i => IsWarmupAt(words, i)));
    }

    /// <summary>Whether what bears the name is meant to go down.</summary>
    public static bool IsDecay(string identifier) => Words(identifier).Any(word =>
        word is "down" or "cooldown" || word.StartsWith("decay", StringComparison.Ordinal) || word.StartsWith("anneal", StringComparison.Ordinal));

    /// <summary>The words of an identifier in lower case: parts are told by capitals, underscores, dots and digits.</summary>
    public static ImmutableArray<string> Words(string identifier)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var i = 1; i <= identifier.Length; i++)
        {
            if (i < identifier.Length && !IsBoundary(identifier, i))
                continue;
            var word = identifier.Substring(start, i - start);
            if (word.All(char.IsLetter))
                words.Add(word.ToLowerInvariant());
            start = i;
        }

        return words.ToImmutable();
    }

    // `warmUp|Epochs`, `LR|Warmup`, `warmup|_|steps`, `warmup|2`.
    private static bool IsBoundary(string text, int at)
    {
        var (before, after) = (text[at - 1], text[at]);
        if (!char.IsLetter(before) || !char.IsLetter(after))
            return true;
        return char.IsUpper(after) && (char.IsLower(before) || at + 1 < text.Length && char.IsLower(text[at + 1]));
    }

    private static bool IsWarmupAt(IReadOnlyList<string> words, int at) =>
        Holds(words[at], "warmup") || Holds(words[at], "rampup")
        || words[at] is "warm" or "warming" or "ramp" or "ramping" && at + 1 < words.Count && words[at + 1].StartsWith("up", StringComparison.Ordinal);

    private static bool IsAfter(string word) => s_whatComesAfter.Contains(word)
        || Holds(word, "afterwarm") || Holds(word, "postwarm") || Holds(word, "warmedup") || Holds(word, "nowarm");

    private static bool Holds(string word, string part) => word.IndexOf(part, StringComparison.Ordinal) >= 0;
}
