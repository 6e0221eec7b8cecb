using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tool.Findings;

/// <summary>Findings as SARIF 2.1.0 (OASIS), for code scanning and for other tools.</summary>
internal static class SarifReport
{
    private const string SourceRoot = "SRCROOT";

    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the findings.</summary>
    /// <param name="findings">In their order.</param>
    /// <param name="file">Overwritten; its folder is made where there is none.</param>
    /// <param name="root">Paths are written relative to this folder.</param>
    public static void Write(IReadOnlyList<Finding> findings, FileInfo file, string root)
    {
        file.Directory?.Create();
        File.WriteAllText(file.FullName, Log(findings, root).ToJsonString(s_layout) + "\n");
    }

    private static JsonObject Log(IReadOnlyList<Finding> findings, string root)
    {
        var rules = findings.Select(finding => finding.Diagnostic.Descriptor).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        return new()
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "WarmupAnalyzers",
                        ["semanticVersion"] = typeof(SarifReport).Assembly.GetName().Version!.ToString(3),
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["originalUriBaseIds"] = new JsonObject { [SourceRoot] = new JsonObject { ["uri"] = new Uri(root + Path.DirectorySeparatorChar).AbsoluteUri } },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. findings.Select(finding => Result(finding, rules.FindIndex(rule => rule.Id == finding.Id), root))]),
            }),
        };
    }

    private static JsonObject Rule(DiagnosticDescriptor rule) => new()
    {
        ["id"] = rule.Id,
        ["shortDescription"] = Text(rule.Title.ToString(null)),
        ["fullDescription"] = Text(rule.Description.ToString(null)),
        ["helpUri"] = rule.HelpLinkUri,
    };

    private static JsonObject Result(Finding finding, int rule, string root) => new()
    {
        ["ruleId"] = finding.Id,
        ["ruleIndex"] = rule,
        ["level"] = finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "note",
        },
        ["message"] = Text(finding.Message),
        ["locations"] = new JsonArray(Place(finding.Diagnostic.Location, root)),
        ["relatedLocations"] = new JsonArray([.. finding.Diagnostic.AdditionalLocations.Select(place => Place(place, root))]),
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Place(Location location, string root)
    {
        var span = location.GetLineSpan();
        return new()
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = Artifact(span.Path, root),
                ["region"] = new JsonObject
                {
                    ["startLine"] = span.StartLinePosition.Line + 1,
                    ["startColumn"] = span.StartLinePosition.Character + 1,
                    ["endLine"] = span.EndLinePosition.Line + 1,
                    ["endColumn"] = span.EndLinePosition.Character + 1,
                },
            },
        };
    }

    // A linked file may stand outside the root, where no relative address is allowed to lead.
    private static JsonObject Artifact(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? new() { ["uri"] = new Uri(path).AbsoluteUri }
            : new() { ["uri"] = Uri.EscapeDataString(relative).Replace("%2F", "/", StringComparison.Ordinal), ["uriBaseId"] = SourceRoot };
    }
}
