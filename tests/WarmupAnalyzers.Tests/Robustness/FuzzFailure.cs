using System;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>What went wrong with a program.</summary>
/// <param name="Kind">The same for the same mistake in another program.</param>
internal sealed record FuzzFailure(string Kind, string Details);

/// <summary>A promise that is broken.</summary>
internal sealed class FuzzException(string kind, string details) : Exception(kind)
{
    public FuzzFailure Failure { get; } = new(kind, details);
}
