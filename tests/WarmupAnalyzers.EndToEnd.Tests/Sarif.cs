using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>A diagnostic as the compiler wrote it into its error log.</summary>
/// <param name="Id">The rule.</param>
/// <param name="File">The file, relative to the project's folder.</param>
/// <param name="Line">The first line, from 1.</param>
/// <param name="Level">The severity: note, warning, error.</param>
/// <param name="Message">The message's text.</param>
internal sealed record Finding(string Id, string File, int Line, string Level, string Message)
{
    /// <summary>What a build prints on the console; the rest stands in the error log only.</summary>
    public bool IsPrinted => Level is "warning" or "error";

    public override string ToString() => IsPrinted ? $"{Id} {File}:{Line}" : $"{Id} {File}:{Line} {Level}";
}

/// <summary>Reads the compiler's error log (SARIF 2.1).</summary>
internal static class Sarif
{
    /// <summary>The diagnostics of this package, by file and line.</summary>
    public static ImmutableArray<Finding> OurFindings(string path, string projectDirectory) =>
        [.. AllFindings(path, projectDirectory)
            .Where(finding => finding.Id.StartsWith("WARM", StringComparison.Ordinal))
            .OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Id, StringComparer.Ordinal)];

    /// <summary>Compiler and host messages that say an analyzer did not load or crashed.</summary>
    public static ImmutableArray<Finding> AnalyzerFailures(string path, string projectDirectory) =>
        [.. AllFindings(path, projectDirectory).Where(finding => finding.Id is "AD0001" or "CS8032" or "CS8033" or "CS8034" or "CS8040" or "CS8785" or "CS9057")];

    /// <summary>The diagnostics of every package, and the compiler's own.</summary>
    public static IEnumerable<Finding> AllFindings(string path, string projectDirectory)
    {
        using var log = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var run in log.RootElement.GetProperty("runs").EnumerateArray())
        {
            foreach (var result in run.GetProperty("results").EnumerateArray())
                yield return Read(result, projectDirectory);
        }
    }

    private static Finding Read(JsonElement result, string projectDirectory)
    {
        var (file, line) = (string.Empty, 0);
        if (result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0)
        {
            var place = locations[0].GetProperty("physicalLocation");
            file = RelativePath(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!, projectDirectory);
            line = place.GetProperty("region").GetProperty("startLine").GetInt32();
        }

        return new Finding(
            result.GetProperty("ruleId").GetString()!,
            file,
            line,
            result.GetProperty("level").GetString()!,
            result.GetProperty("message").GetProperty("text").GetString()!);
    }

    private static string RelativePath(string uri, string projectDirectory)
    {
        var path = Uri.TryCreate(uri, UriKind.Absolute, out var absolute) ? absolute.LocalPath : Path.Combine(projectDirectory, Uri.UnescapeDataString(uri));
        return Path.GetRelativePath(projectDirectory, path).Replace('\\', '/');
    }
}
