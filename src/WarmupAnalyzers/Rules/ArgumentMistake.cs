using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Rules;

/// <summary>What an argument rule found in one scheduler's creation.</summary>
/// <param name="Rule">The rule's descriptor.</param>
/// <param name="Place">What the user would edit, in the file of the creation.</param>
/// <param name="Effect">The message's text: what happens, with its numbers.</param>
internal sealed record ArgumentMistake(DiagnosticDescriptor Rule, SyntaxNode Place, string Effect)
{
    /// <summary>The property that holds the name of the parameter.</summary>
    public const string Parameter = "parameter";

    /// <summary>The property that holds what a fix writes in the argument's place.</summary>
    public const string Replacement = "replacement";

    /// <summary>What the rule's fix is told.</summary>
    public ImmutableDictionary<string, string?> Properties { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>What belongs to the same mistake; further locations of the report, behind the creation.</summary>
    public ImmutableArray<SyntaxNode> Others { get; init; } = ImmutableArray<SyntaxNode>.Empty;

    /// <summary>Whether this is only likely, so that it is reported as information.</summary>
    public bool IsLikelyOnly { get; init; }

    /// <summary>Whether both say the same of the same argument, perhaps before and after an edit.</summary>
    public bool IsSameAs(ArgumentMistake other) =>
        Rule.Id == other.Rule.Id && Properties.TryGetValue(Parameter, out var mine) == other.Properties.TryGetValue(Parameter, out var theirs) && mine == theirs;

    /// <summary>The report; the creation is its additional location.</summary>
    public Diagnostic ToDiagnostic(SyntaxNode creation) => Diagnostic.Create(
        Rule,
        Place.GetLocation(),
        IsLikelyOnly ? DiagnosticSeverity.Info : Rule.DefaultSeverity,
        [creation.GetLocation(), .. Others.Select(other => other.GetLocation())],
        Properties,
        Effect);
}
