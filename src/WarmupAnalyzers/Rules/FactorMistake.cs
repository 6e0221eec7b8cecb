namespace WarmupAnalyzers.Rules;

/// <summary>What a rule found in one factor function, in one branch of its open variables.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Origin">The smallest expression that is wrong; null where it is the function as a whole.</param>
/// <param name="Effect">The message's text: what happens, with its numbers.</param>
/// <param name="Mention">The same in a few words, for the message of another rule that is reported instead.</param>
internal sealed record FactorMistake(string Id, object? Origin, string Effect, string Mention);
