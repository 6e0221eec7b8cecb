using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>Both packages, packed once for the test run, outside the repository and under a version that no cache holds.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("warmup-end-to-end-");

    public string Version { get; } = Build.VersionPrefix + "-e2e." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The folder that serves as the package source.</summary>
    public string Feed => Path.Combine(_root.FullName, "feed");

    /// <summary>Where builds of the repository's own projects go, so that they do not meet the build that runs these tests.</summary>
    public string Artifacts => Path.Combine(_root.FullName, "artifacts");

    /// <summary>The analyzer assemblies, taken out of the package.</summary>
    public string Analyzers => Path.Combine(_root.FullName, "analyzers");

    public string PathOf(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    /// <summary>A new folder for a consumer project.</summary>
    internal string NewFolder(string name) => _root.CreateSubdirectory(name).FullName;

    async Task IAsyncLifetime.InitializeAsync()
    {
        // Nothing above a consumer project has a say in its build.
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, "Directory.Packages.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root.FullName, ".editorconfig"), "root = true\n");

        foreach (var project in new[] { "WarmupAnalyzers.CodeFixes", "WarmupSchedulers" })
        {
            await Dotnet.Run(
                Build.RepositoryRoot, "pack", Path.Combine("src", project), "-c", "Release", "-p:Version=" + Version, "-p:RunAnalyzers=false", "-p:ContinuousIntegrationBuild=true",
                "-o", Feed, "--artifacts-path", Artifacts, "-m:1", "-nodeReuse:false");
        }

        Directory.CreateDirectory(Analyzers);
        using var package = ZipFile.OpenRead(PathOf("WarmupAnalyzers"));
        foreach (var assembly in package.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)))
            assembly.ExtractToFile(Path.Combine(Analyzers, assembly.Name));
    }

    Task IAsyncLifetime.DisposeAsync()
    {
        _root.Delete(recursive: true);
        foreach (var id in new[] { "warmupanalyzers", "warmupschedulers" })
        {
            var cached = Path.Combine(Build.PackageCache, id, Version);
            if (Directory.Exists(cached))
                Directory.Delete(cached, recursive: true);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The tests that share the packed packages; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackagesCollection : ICollectionFixture<PackedPackages>
{
    public const string Name = "Packed packages";
}
