using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>A way to change a text; null where it cannot be done to this one.</summary>
/// <param name="KeepsMeaning">The compiler makes the same of it.</param>
internal sealed record Mutator(string Name, Func<Ground, string?> Change, bool KeepsMeaning = false);

/// <summary>A text after one change or several, one upon the other.</summary>
internal sealed record Mutated(string Text, ImmutableArray<Mutator> Changes)
{
    private const int Attempts = 20;
    private const int LongestText = 200_000;

    /// <summary>The compiler makes the same of it as of the original.</summary>
    public bool KeepsMeaning => Changes.All(change => change.KeepsMeaning);

    public static Mutated Of(string text, Func<string> other, Random random)
    {
        var changes = ImmutableArray.CreateBuilder<Mutator>();
        var wanted = random.Next(10) switch { < 6 => 1, < 8 => 2, < 9 => 3, _ => 4 };
        var layoutOnly = random.Next(8) == 0;
        for (var attempt = 0; attempt < Attempts && changes.Count < wanted; attempt++)
        {
            var group = layoutOnly ? LayoutMutators.All : Group(random);
            var mutator = group[random.Next(group.Length)];
            if (mutator.Change(new Ground(text, other, random)) is not { Length: < LongestText } changed || changed == text)
                continue;
            text = changed;
            changes.Add(mutator);
        }

        return new Mutated(text, changes.ToImmutable());
    }

    // What breaks a text is rarer: most mutants should be programs.
    private static ImmutableArray<Mutator> Group(Random random) => random.Next(100) switch
    {
        < 12 => TokenMutators.All,
        < 40 => ValueMutators.All,
        < 68 => StatementMutators.All,
        < 82 => ShapeMutators.All,
        < 98 => LayoutMutators.All,
        _ => DepthMutators.All,
    };

    public override string ToString() => string.Join(", ", Changes.Select(change => change.Name));
}
