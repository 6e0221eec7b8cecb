using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WarmupAnalyzers.Rules;

/// <summary>The options of this package, from <c>.editorconfig</c>.</summary>
/// <param name="AllowZeroFirstStep">Whether a learning rate of zero at the first step is accepted.</param>
internal sealed record WarmupOptions(bool AllowZeroFirstStep)
{
    /// <summary><c>warmup.allow_zero_first_step</c>: <c>true</c> or <c>false</c> (default).</summary>
    public const string AllowZeroFirstStepKey = "warmup.allow_zero_first_step";

    /// <summary>All keys, each with a bool as its value.</summary>
    public static ImmutableArray<string> Keys { get; } = ImmutableArray.Create(AllowZeroFirstStepKey);

    /// <summary>The options in force in a tree; the default where a value is not known.</summary>
    public static WarmupOptions Of(AnalyzerOptions options, SyntaxTree tree)
    {
        var values = options.AnalyzerConfigOptionsProvider.GetOptions(tree);
        return new WarmupOptions(values.TryGetValue(AllowZeroFirstStepKey, out var text) && bool.TryParse(text, out var allowed) && allowed);
    }

    /// <summary>The value of a key in a tree that is none, or null.</summary>
    public static string? InvalidValue(AnalyzerOptions options, SyntaxTree tree, string key) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(key, out var text) && !bool.TryParse(text, out _) ? text : null;
}
