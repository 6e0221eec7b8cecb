using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace LintCorpus;

/// <summary>A folder of C# sources: the projects in it, or the whole of it where there are none.</summary>
internal static class Corpus
{
    private static readonly string[] s_skipped = ["bin", "obj", "artifacts", ".git", ".vs"];

    public static async Task<Report> Lint(string folder, bool withTorchSharp = true)
    {
        var root = Path.GetFullPath(folder);
        var projects = Projects(root);
        var compiler = new ProjectCompiler(projects, withTorchSharp);
        var linter = new Linter(root, FolderOptions.In(root));
        var reports = new List<Report>();
        foreach (var project in projects)
            reports.Add(await linter.Lint(project, compiler.Compile(project)));
        return Report.OfAll(reports);
    }

    // A file belongs to the nearest folder above it that holds a project file; what has none belongs to the root.
    private static SourceProject[] Projects(string root)
    {
        var files = FilesBelow(root).ToArray();
        var folders = files.Where(file => file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)).Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        return [.. files
            .Where(file => file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            .GroupBy(file => Nearest(FolderOf(file), folders, root), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => SourceProject.In(group.Key, root, group.Order(StringComparer.Ordinal)))];
    }

    private static string Nearest(string folder, HashSet<string> projects, string root)
    {
        while (folder != root && !projects.Contains(folder))
            folder = FolderOf(folder);
        return folder;
    }

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder).Concat(new DirectoryInfo(folder).EnumerateDirectories()
            .Where(inner => inner.LinkTarget is null && !s_skipped.Contains(inner.Name, StringComparer.OrdinalIgnoreCase))
            .SelectMany(inner => FilesBelow(inner.FullName)));

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;
}
