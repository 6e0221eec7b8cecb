using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tool.Findings;

/// <summary>One report of one rule.</summary>
internal sealed record Finding(Diagnostic Diagnostic, string Path, int Line, int Column, string Message)
{
    public string Id => Diagnostic.Id;

    public DiagnosticSeverity Severity => Diagnostic.Severity;

    public static Finding Of(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return new(diagnostic, place.Path, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>By place. What a project reports for each of its target frameworks is one finding.</summary>
    public static ImmutableArray<Finding> InOrder(IEnumerable<Finding> findings) =>
    [
        .. findings
            .DistinctBy(finding => (finding.Id, finding.Path, finding.Line, finding.Column, finding.Message))
            .OrderBy(finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal),
    ];
}
