using System.Linq;
using System.Reflection;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>What the build of these tests knew.</summary>
internal static class Build
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    public static string RepositoryUrl { get; } = Metadata("WarmupRepositoryUrl");

    public static string VersionPrefix { get; } = Metadata("VersionPrefix");

    public static string PackageCache { get; } = Metadata("PackageCache");

    public static string TorchSharpVersion { get; } = Metadata("TorchSharpVersion");

    public static string XunitVersion { get; } = Metadata("XunitVersion");

    private static string Metadata(string key) => typeof(Build).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
