using System.Collections.Immutable;

namespace WarmupAnalyzers.Tool.Loading;

/// <summary>The projects, or the solution, that a path on the command line stands for.</summary>
/// <param name="Paths">Full paths of C# projects, or of one solution.</param>
internal sealed record WorkToDo(ImmutableArray<string> Paths)
{
    private static readonly string[] s_solutions = [".sln", ".slnx", ".slnf"];

    public bool IsSolution => IsSolutionFile(Paths[0]);

    /// <summary>What there is at a path: a file as it is; in a folder its one solution, else its one project, else all projects below it.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="problem">What to do about it, where there is nothing.</param>
    public static WorkToDo? Find(string path, out string problem)
    {
        problem = string.Empty;
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            if (IsProject(full) || IsSolutionFile(full))
                return new([full]);
            problem = $"{path} is neither a C# project nor a solution.";
            return null;
        }

        if (!Directory.Exists(full))
        {
            problem = $"There is no {path}.";
            return null;
        }

        return InFolder(path, full, out problem);
    }

    private static WorkToDo? InFolder(string path, string full, out string problem)
    {
        problem = string.Empty;
        var here = Directory.GetFiles(full).Order(StringComparer.Ordinal).ToArray();
        foreach (var kind in new Func<string, bool>[] { IsSolutionFile, IsProject })
        {
            var found = here.Where(kind).ToArray();
            if (found.Length == 1)
                return new([found[0]]);
            if (found.Length > 1)
            {
                problem = $"{path} holds {string.Join(", ", found.Select(Path.GetFileName))}: name one of them.";
                return null;
            }
        }

        var below = Projects(full).Order(StringComparer.Ordinal).ToImmutableArray();
        if (!below.IsEmpty)
            return new(below);
        problem = $"There is no C# project and no solution in {path} or below it. To look at sources without a project, make one: dotnet new console, dotnet add package TorchSharp.";
        return null;
    }

    // Not in what a build writes, nor in what is hidden.
    private static IEnumerable<string> Projects(string folder) => Directory.GetFiles(folder).Where(IsProject)
        .Concat(Directory.GetDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules" or "artifacts") && !Path.GetFileName(inner).StartsWith('.'))
            .Where(inner => new DirectoryInfo(inner).LinkTarget is null)
            .SelectMany(Projects));

    private static bool IsProject(string path) => Path.GetExtension(path).Equals(".csproj", StringComparison.OrdinalIgnoreCase);

    private static bool IsSolutionFile(string path) => s_solutions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
}
