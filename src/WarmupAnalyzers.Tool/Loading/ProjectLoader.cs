using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.MSBuild;
using Spectre.Console;

namespace WarmupAnalyzers.Tool.Loading;

/// <summary>Loads projects as a build would see them, without building them.</summary>
internal sealed class ProjectLoader
{
    private readonly IAnsiConsole _status;

    public ProjectLoader(IAnsiConsole status) => _status = status;

    public async Task<LoadedCode> Load(WorkToDo work, CancellationToken cancellation)
    {
        var problems = new ConcurrentQueue<string>();
        var workspace = MSBuildWorkspace.Create();
        workspace.RegisterWorkspaceFailedHandler(failure =>
        {
            if (failure.Diagnostic.Kind == WorkspaceDiagnosticKind.Failure)
                problems.Enqueue(failure.Diagnostic.Message);
        });

        var failures = new List<string>();
        var projects = new List<LoadedProject>();
        await WithProgress(async show =>
        {
            var progress = new Progress<ProjectLoadProgress>(step => show($"Loading {Path.GetFileName(step.FilePath)} …"));
            await Open(workspace, work, progress, failures, cancellation);
            foreach (var project in workspace.CurrentSolution.Projects.Where(project => project.Language == LanguageNames.CSharp).OrderBy(project => project.Name, StringComparer.Ordinal))
            {
                show($"Compiling {project.Name} …");
                if (await project.GetCompilationAsync(cancellation) is { } compilation)
                    projects.Add(new LoadedProject(project, compilation));
            }
        });
        failures.AddRange(projects.Select(LoadProblem.Of).OfType<string>());
        failures.AddRange(LoadProblem.OfWhatIsMissing(problems, projects, anyFailed: failures.Count > 0 || projects.Count == 0));
        return new LoadedCode(workspace, [.. projects], [.. failures.Distinct()]);
    }

    private static async Task Open(MSBuildWorkspace workspace, WorkToDo work, IProgress<ProjectLoadProgress> progress, List<string> failures, CancellationToken cancellation)
    {
        foreach (var path in work.Paths)
        {
            // One project brings those that it refers to.
            if (workspace.CurrentSolution.Projects.Any(project => string.Equals(project.FilePath, path, StringComparison.OrdinalIgnoreCase)))
                continue;
            try
            {
                if (work.IsSolution)
                    await workspace.OpenSolutionAsync(path, progress, cancellation);
                else
                    await workspace.OpenProjectAsync(path, progress, cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add($"{Path.GetFileName(path)} could not be loaded: {exception.Message}");
            }
        }
    }

    // A log is no place for a spinner.
    private Task WithProgress(Func<Action<string>, Task> work) => _status.Profile.Out.IsTerminal
        ? _status.Status().StartAsync("Loading …", context => work(text => context.Status = Markup.Escape(text)))
        : work(_ => { });
}
