using System.IO;
using System.Linq;
using System.Reflection;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>The files of this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Url { get; } = Metadata("WarmupRepositoryUrl");

    public static string Version { get; } = Metadata("WarmupVersion");

    public static string Read(params string[] path) => File.ReadAllText(PathOf(path));

    public static string PathOf(params string[] path) => Path.Combine([Root, .. path]);

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
