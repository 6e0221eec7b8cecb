using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Tool.Loading;

/// <summary>What keeps a project from being looked at, and what to do about it.</summary>
internal static partial class LoadProblem
{
    /// <summary>
    /// What MSBuild said of projects that are not there now. It says warnings as it says errors: what it says of a project that
    /// compiles does no harm, and what it says of no project counts where something is missing.
    /// </summary>
    public static IEnumerable<string> OfWhatIsMissing(IEnumerable<string> messages, IReadOnlyCollection<LoadedProject> projects, bool anyFailed)
    {
        foreach (var message in messages.Distinct())
        {
            var named = ProjectName().Match(message);
            var isThere = projects.Any(project => string.Equals(project.Project.FilePath, named.Value, StringComparison.OrdinalIgnoreCase));
            if (named.Success ? !isThere : anyFailed)
                yield return Explain(message);
        }
    }

    private static string Explain(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        if (text.Contains("NETSDK1004", StringComparison.Ordinal) || text.Contains("project.assets.json", StringComparison.Ordinal))
            return text + " Run `dotnet restore` first.";
        if (text.Contains("NETSDK1045", StringComparison.Ordinal))
            return text + " Install that SDK, or run the tool where it is installed.";
        return text;
    }

    [GeneratedRegex(@"(?<=')[^']+\.\w*proj(?=')")]
    private static partial Regex ProjectName();

    /// <summary>A project that does not compile: what stands in its broken parts is not looked at. Null where it does.</summary>
    public static string? Of(LoadedProject project)
    {
        var errors = project.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count == 0)
            return null;
        var name = Path.GetFileName(project.Project.FilePath) ?? project.Project.Name;
        var assets = Path.Combine(Path.GetDirectoryName(project.Project.FilePath) ?? string.Empty, "obj", "project.assets.json");
        return project.Project.MetadataReferences.Count == 0 || (!File.Exists(assets) && errors.Any(error => error.Id is "CS0246" or "CS0234"))
            ? $"{name} does not compile: its packages are not restored. Run `dotnet restore` first."
            : $"{name} does not compile ({errors.Count} {(errors.Count == 1 ? "error" : "errors")}), so findings may be missing. The first: {errors[0].Id} at {Place(errors[0])}: {errors[0].GetMessage()}";
    }

    private static string Place(Diagnostic error)
    {
        var place = error.Location.GetLineSpan();
        return place.IsValid ? $"{Path.GetFileName(place.Path)}:{place.StartLinePosition.Line + 1}" : "no place in the source";
    }
}
