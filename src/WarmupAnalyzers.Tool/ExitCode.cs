namespace WarmupAnalyzers.Tool;

/// <summary>What the tool tells the script that runs it.</summary>
internal static class ExitCode
{
    /// <summary>Everything was looked at and nothing was found.</summary>
    public const int Clean = 0;

    /// <summary>Everything was looked at and something was found.</summary>
    public const int Findings = 1;

    /// <summary>Something could not be looked at, or the call was wrong.</summary>
    public const int Failed = 2;
}
