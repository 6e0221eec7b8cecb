using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Rules;

/// <summary>What a rule found in one factor function, in one branch of its open variables.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Origin">The smallest expression that is wrong; null where it is the function as a whole.</param>
/// <param name="Effect">The message's text: what happens, with its numbers.</param>
/// <param name="Mention">The same in a few words, for the message of another rule that is reported instead.</param>
/// <param name="EffectiveSeverity">Where the evidence is weaker than the rule's own severity claims.</param>
internal sealed record FactorMistake(DiagnosticDescriptor Rule, object? Origin, string Effect, string Mention, DiagnosticSeverity? EffectiveSeverity = null)
{
    public string Id => Rule.Id;
}
