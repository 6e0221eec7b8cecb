using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>A value of the MSBuild property <c>WarmupAnalysisMode</c>, and what it makes of each rule.</summary>
/// <param name="Name">As it is written in a project.</param>
/// <param name="Meaning">For the table in the documentation.</param>
/// <param name="SeverityOf">The severity of a rule; null where the mode leaves it as it is.</param>
internal sealed record AnalysisMode(string Name, string Meaning, Func<DiagnosticDescriptor, ReportDiagnostic?> SeverityOf)
{
    /// <summary>
    /// The rules of severity Info whose reports rest on what the code computes or does: certain, and only less costly than the others.
    /// The other rules of severity Info rest on names as well, which can mean something else.
    /// </summary>
    private static readonly ImmutableHashSet<string> s_certain =
        ["WARM1009", "WARM1010", "WARM1011", "WARM2006", "WARM4009", "WARM4013", "WARM5004", "WARM5006"];

    public static ImmutableArray<AnalysisMode> All { get; } =
    [
        new("Default", "the severities of the rules' pages", _ => null),
        new(
            "Recommended",
            "as `Default`, and the suggestions that rest on numbers and not on names are warnings",
            rule => s_certain.Contains(rule.Id) ? ReportDiagnostic.Warn : null),
        new("All", "every rule is a warning", _ => ReportDiagnostic.Warn),
        new("AllErrors", "every rule is an error", _ => ReportDiagnostic.Error),
        new("None", "no rule reports, but those that an `.editorconfig` switches on", _ => ReportDiagnostic.Suppress),
    ];

    /// <summary>The name of its global config.</summary>
    public string FileName => $"warmupanalysismode_{Name.ToLowerInvariant()}.globalconfig";

    /// <summary>The global config that the package holds.</summary>
    public string Config => string.Join("\n", Lines()) + "\n";

    /// <summary>As it is written in a config, with the default where the mode leaves a rule as it is.</summary>
    public string TextOf(DiagnosticDescriptor rule) => SeverityOf(rule) is { } severity ? Text(severity) : Text(rule.DefaultSeverity);

    private IEnumerable<string> Lines()
    {
        yield return $"# WarmupAnalysisMode = {Name}: {Meaning.Replace("`", string.Empty, StringComparison.Ordinal)}. Generated from the rules: see CONTRIBUTING.md.";
        yield return "is_global = true";
        yield return "global_level = -100";
        foreach (var (rule, severity) in Package.Rules.Select(rule => (rule, SeverityOf(rule))).Where(pair => pair.Item2 is not null))
        {
            yield return string.Empty;
            yield return "# " + rule.Title;
            yield return $"dotnet_diagnostic.{rule.Id}.severity = {Text(severity!.Value)}";
        }
    }

    private static string Text(ReportDiagnostic severity) => severity switch
    {
        ReportDiagnostic.Error => "error",
        ReportDiagnostic.Warn => "warning",
        ReportDiagnostic.Suppress => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "No mode gives it."),
    };

    private static string Text(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Warning => "warning",
        DiagnosticSeverity.Info => "suggestion",
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "No rule has it."),
    };
}
