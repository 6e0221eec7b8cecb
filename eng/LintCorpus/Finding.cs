namespace LintCorpus;

/// <summary>One line of the output.</summary>
/// <param name="Path">Relative to the corpus, with slashes.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Id">Of the rule.</param>
/// <param name="Severity">As it is in force.</param>
/// <param name="Message">One line.</param>
internal sealed record Finding(string Path, int Line, int Column, string Id, string Severity, string Message)
{
    /// <summary>The id under which the compiler reports an analyzer that threw.</summary>
    public const string Failure = "AD0001";

    public override string ToString() => $"{Path}:{Line}:{Column} {Id} {Severity}: {Message}";
}
