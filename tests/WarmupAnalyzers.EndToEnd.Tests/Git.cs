using System.Diagnostics;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>The repository that these tests lie in.</summary>
internal static class Git
{
    /// <summary>The commit that is checked out.</summary>
    public static string Head()
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["rev-parse", "HEAD"]) { WorkingDirectory = Build.RepositoryRoot, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }
}
