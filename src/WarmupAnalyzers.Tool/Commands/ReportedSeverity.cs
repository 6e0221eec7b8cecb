using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tool.Commands;

/// <summary>The severities one can ask for.</summary>
internal enum ReportedSeverity
{
    Info,
    Warning,
    Error,
}

internal static class ReportedSeverities
{
    public static DiagnosticSeverity ToDiagnosticSeverity(this ReportedSeverity severity) => severity switch
    {
        ReportedSeverity.Info => DiagnosticSeverity.Info,
        ReportedSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Error,
    };
}
