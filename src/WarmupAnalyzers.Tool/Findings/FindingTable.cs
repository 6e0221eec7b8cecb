using System.Globalization;
using Microsoft.CodeAnalysis;
using Spectre.Console;

namespace WarmupAnalyzers.Tool.Findings;

/// <summary>Findings as a person reads them: by file, each with its line, rule and message, which holds the curve as numbers and bars.</summary>
internal static class FindingTable
{
    /// <summary>Writes a table to a terminal, and to a pipe a line for each finding as a compiler prints it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="findings">In their order.</param>
    /// <param name="root">Paths are shown relative to this folder.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings, string root)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            foreach (var finding in findings)
                console.Profile.Out.Writer.WriteLine(Line(finding, root));
            return;
        }

        foreach (var file in findings.GroupBy(finding => finding.Path))
        {
            console.Write(new Text(Relative(file.Key, root) + "\n", new Style(decoration: Decoration.Bold)));
            console.Write(Rows(file));
            console.WriteLine();
        }
    }

    private static Table Rows(IEnumerable<Finding> findings)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(2, 0, 2, 0) });
        table.AddColumn(new TableColumn(string.Empty) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        table.AddColumn(new TableColumn(string.Empty) { Padding = new Padding(0) });
        foreach (var finding in findings)
        {
            table.AddRow(
                new Text(finding.Line.ToString(CultureInfo.InvariantCulture), new Style(foreground: Color.Grey)),
                new Text(finding.Id, StyleOf(finding.Severity)),
                new Text(finding.Message));
        }

        return table;
    }

    private static string Line(Finding finding, string root) =>
        $"{Relative(finding.Path, root)}({finding.Line},{finding.Column}): {finding.Severity.ToString().ToLowerInvariant()} {finding.Id}: {finding.Message}";

    private static string Relative(string path, string root) => Path.GetRelativePath(root, path);

    private static Style StyleOf(DiagnosticSeverity severity) => new(severity switch
    {
        DiagnosticSeverity.Error => Color.Red,
        DiagnosticSeverity.Warning => Color.Yellow,
        _ => Color.Blue,
    });
}
