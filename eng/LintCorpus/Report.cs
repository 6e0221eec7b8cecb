using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;

namespace LintCorpus;

/// <summary>What was found, and in how much. The same sources give the same text.</summary>
/// <param name="Files">The C# files.</param>
/// <param name="TorchSharpFiles">Those that mention TorchSharp.</param>
/// <param name="Compilations">What was compiled together.</param>
/// <param name="CompilerErrors">What the compiler could not resolve or did not accept.</param>
/// <param name="Findings">In any order.</param>
internal sealed record Report(int Files, int TorchSharpFiles, int Compilations, int CompilerErrors, ImmutableArray<Finding> Findings)
{
    public bool HasExceptions => Findings.Any(finding => finding.Id == Finding.Failure);

    public static Report OfAll(IReadOnlyCollection<Report> reports) => new(
        reports.Sum(report => report.Files),
        reports.Sum(report => report.TorchSharpFiles),
        reports.Sum(report => report.Compilations),
        reports.Sum(report => report.CompilerErrors),
        [.. reports.SelectMany(report => report.Findings)
            .OrderBy(finding => finding.Path, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .ThenBy(finding => finding.Message, StringComparer.Ordinal)]);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
            text.Append(finding).Append('\n');
        text.Append($"-- {Files} files, {TorchSharpFiles} of them mention TorchSharp, {Compilations} compilations, {CompilerErrors} compiler errors, {Exceptions} exceptions, {Findings.Length - Exceptions} findings");
        var rules = Findings.Where(finding => finding.Id != Finding.Failure).GroupBy(finding => finding.Id).OrderBy(rule => rule.Key, StringComparer.Ordinal);
        return text.Append(string.Concat(rules.Select((rule, i) => $"{(i == 0 ? ": " : ", ")}{rule.Key} {rule.Count()}"))).Append('\n').ToString();
    }

    private int Exceptions => Findings.Count(finding => finding.Id == Finding.Failure);
}
