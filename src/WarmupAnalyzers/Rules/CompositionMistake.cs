using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Rules;

/// <summary>What a composition rule found in one <c>SequentialLR</c> or <c>ChainedLR</c>.</summary>
/// <param name="Rule">The rule's descriptor.</param>
/// <param name="Place">What the user would edit, in the file of the creation.</param>
/// <param name="Effect">The message's text: what happens, with its numbers.</param>
internal sealed record CompositionMistake(DiagnosticDescriptor Rule, SyntaxNode Place, string Effect)
{
    /// <summary>What a fix writes in the place; null where there is none.</summary>
    public string? Replacement { get; init; }

    /// <summary>What the rule's fix is told.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>Whether this is only likely, so that it is reported as information.</summary>
    public bool IsLikelyOnly { get; init; }

    /// <summary>The report; the creation is its additional location.</summary>
    public Diagnostic ToDiagnostic(SyntaxNode creation) => Diagnostic.Create(
        Rule,
        Place.GetLocation(),
        IsLikelyOnly ? DiagnosticSeverity.Info : Rule.DefaultSeverity,
        [creation.GetLocation()],
        Properties,
        Effect);
}
