using System.CommandLine;
using Microsoft.CodeAnalysis;
using Spectre.Console;
using WarmupAnalyzers.Tool.Findings;
using WarmupAnalyzers.Tool.Loading;

namespace WarmupAnalyzers.Tool.Commands;

/// <summary><c>warmup check</c>: the findings of a project, a solution or a folder as a table, and as an exit code.</summary>
internal sealed class CheckCommand
{
    private static readonly Argument<string> s_path = new("path")
    {
        Description = "A project, a solution, or a folder with one of them; by default the folder that you are in.",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<ReportedSeverity> s_severity = new("--severity")
    {
        Description = "The least severity that is shown and makes the exit code 1.",
        DefaultValueFactory = _ => ReportedSeverity.Warning,
    };

    private static readonly Option<FileInfo> s_sarif = new("--sarif")
    {
        Description = "Write all findings to this file as SARIF 2.1, whatever their severity.",
    };

    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _status;

    private CheckCommand(IAnsiConsole output, IAnsiConsole status)
    {
        _output = output;
        _status = status;
    }

    public static Command Create(IAnsiConsole output, IAnsiConsole status)
    {
        var command = new Command("check", "Shows what is wrong. Exit code: 0 nothing, 1 something, 2 not everything could be looked at.") { s_path, s_severity, s_sarif };
        command.SetAction((call, cancellation) => new CheckCommand(output, status).Run(
            call.GetRequiredValue(s_path), call.GetValue(s_severity), call.GetValue(s_sarif), cancellation));
        return command;
    }

    private async Task<int> Run(string path, ReportedSeverity severity, FileInfo? sarif, CancellationToken cancellation)
    {
        if (WorkToDo.Find(path, out var problem) is not { } work)
        {
            _status.MarkupLineInterpolated($"[red]{problem}[/]");
            return ExitCode.Failed;
        }

        using var code = await new ProjectLoader(_status).Load(work, cancellation);
        var findings = new List<Finding>();
        foreach (var project in code.Projects)
            findings.AddRange(await Linter.Check(project, cancellation));
        var all = Finding.InOrder(findings);
        if (sarif is not null)
            SarifReport.Write(all, sarif, Path.GetDirectoryName(work.Paths[0])!);

        var shown = all.Where(finding => finding.Severity >= severity.ToDiagnosticSeverity()).ToList();
        FindingTable.Write(_output, shown, Directory.GetCurrentDirectory());
        Summarize(code, shown, all.Length - shown.Count);
        return !code.IsComplete ? ExitCode.Failed : shown.Count > 0 ? ExitCode.Findings : ExitCode.Clean;
    }

    private void Summarize(LoadedCode code, List<Finding> shown, int hidden)
    {
        foreach (var failure in code.Failures)
            _status.MarkupLineInterpolated($"[yellow]{failure}[/]");
        var checkedProjects = code.Projects.Count(project => project.UsesTorchSharp);
        var others = code.Projects.Length - checkedProjects;
        _status.MarkupLineInterpolated($"{Count(shown.Count, "finding")} in {Count(checkedProjects, "project")}{(others > 0 ? $"; {Count(others, "project")} without TorchSharp" : string.Empty)}");
        if (hidden > 0)
            _status.MarkupLineInterpolated($"[grey]{Count(hidden, "suggestion")} not shown: --severity info[/]");
    }

    private static string Count(int number, string noun) => number == 1 ? "1 " + noun : $"{number} {noun}s";
}
