using System.Diagnostics;
using System.Reflection;

namespace WarmupAnalyzers.Tool.Tests;

/// <summary>The tool, run as a process of its own.</summary>
internal static class Warmup
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string TorchSharpVersion { get; } = Metadata("TorchSharpVersion");

    /// <summary>Runs <c>warmup</c> in a folder.</summary>
    public static Task<Run> In(string folder, params string[] arguments) => Start(folder, [Metadata("Tool"), .. arguments]);

    /// <summary>Runs <c>dotnet</c> in a folder; it must succeed.</summary>
    public static async Task Dotnet(string folder, params string[] arguments)
    {
        var run = await Start(folder, arguments);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)}: {run.Output}{run.Status}");
    }

    private static async Task<Run> Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // What a build that runs these tests says of itself is not meant for the tool.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start)!;
        var (output, status) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Run(process.ExitCode, await output, await status);
    }

    private static string Metadata(string key) =>
        typeof(Warmup).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

/// <summary>What a run left.</summary>
/// <param name="ExitCode">0 nothing found, 1 something, 2 not everything looked at.</param>
/// <param name="Output">The results.</param>
/// <param name="Status">What is meant for people alone, on one line each.</param>
internal sealed record Run(int ExitCode, string Output, string Status)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The status without the line breaks of a narrow console.</summary>
    public string Said => string.Join(' ', Status.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
