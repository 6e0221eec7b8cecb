using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>What is in the packages, file by file, and what their metadata say.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class PackageContentTests(PackedPackages packages)
{
    private static readonly Version s_compilerFloor = new(4, 8, 0, 0);

    /// <summary>What Roslyn 4.8.0 itself depends on, in the versions that it names.</summary>
    private static readonly Dictionary<string, Version> s_hostLibraries = new()
    {
        ["netstandard"] = new(2, 0, 0, 0),
        ["System.Collections.Immutable"] = new(7, 0, 0, 0),
        ["System.Memory"] = new(4, 0, 1, 2),
    };

    [Fact]
    public void The_analyzer_package_holds_these_files_and_no_other() => Assert.Equal(
        [
            "LICENSE",
            "README.md",
            "WarmupAnalyzers.nuspec",
            "analyzers/dotnet/roslyn4.8/cs/WarmupAnalyzers.CodeFixes.dll",
            "analyzers/dotnet/roslyn4.8/cs/WarmupAnalyzers.dll",
            "buildTransitive/WarmupAnalyzers.targets",
            "buildTransitive/config/warmupanalysismode_all.globalconfig",
            "buildTransitive/config/warmupanalysismode_allerrors.globalconfig",
            "buildTransitive/config/warmupanalysismode_default.globalconfig",
            "buildTransitive/config/warmupanalysismode_none.globalconfig",
            "buildTransitive/config/warmupanalysismode_recommended.globalconfig",
            "icon.png",
        ],
        Files("WarmupAnalyzers"));

    [Fact]
    public void The_library_package_holds_these_files_and_no_other() => Assert.Equal(
        [
            "LICENSE",
            "README.md",
            "WarmupSchedulers.nuspec",
            "icon.png",
            "lib/net8.0/WarmupSchedulers.dll",
            "lib/net8.0/WarmupSchedulers.xml",
            "lib/netstandard2.0/WarmupSchedulers.dll",
            "lib/netstandard2.0/WarmupSchedulers.xml",
        ],
        Files("WarmupSchedulers"));

    [Fact]
    public void Symbols_come_with_the_library_alone()
    {
        var symbols = Assert.Single(Directory.GetFiles(packages.Feed, "*.snupkg"));
        Assert.StartsWith("WarmupSchedulers.", Path.GetFileName(symbols));
    }

    [Theory]
    [InlineData("WarmupAnalyzers")]
    [InlineData("WarmupSchedulers")]
    public void The_metadata_are_fit_to_publish(string id)
    {
        var metadata = Metadata(id);
        var commit = Git.Head();
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["id"] = id,
                ["version"] = packages.Version,
                ["title"] = id,
                ["authors"] = "WarmupAnalyzers contributors",
                ["license"] = "MIT",
                ["icon"] = "icon.png",
                ["readme"] = "README.md",
                ["projectUrl"] = Build.RepositoryUrl,
                ["releaseNotes"] = Build.RepositoryUrl + "/blob/main/CHANGELOG.md",
                ["copyright"] = "Copyright © WarmupAnalyzers contributors",
            },
            metadata.Elements()
                .Where(element => element.Name.LocalName is not ("description" or "tags" or "repository" or "dependencies" or "developmentDependency" or "licenseUrl"))
                .ToDictionary(element => element.Name.LocalName, element => (string?)element.Value));
        Assert.InRange(Value(metadata, "description").Length, 80, 4000);
        Assert.Contains("torchsharp", Value(metadata, "tags").Split(' '));

        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Equal(Build.RepositoryUrl + ".git", repository.Attribute("url")?.Value);
        Assert.Equal(commit, repository.Attribute("commit")?.Value);
    }

    [Fact]
    public void The_analyzer_package_is_for_development_and_depends_on_nothing()
    {
        var metadata = Metadata("WarmupAnalyzers");
        Assert.Equal("true", Value(metadata, "developmentDependency"));
        Assert.DoesNotContain(metadata.Elements(), element => element.Name.LocalName == "dependencies");
    }

    [Fact]
    public void The_library_brings_the_analyzers_of_its_version_and_TorchSharp()
    {
        var metadata = Metadata("WarmupSchedulers");
        Assert.DoesNotContain(metadata.Elements(), element => element.Name.LocalName == "developmentDependency");
        var groups = metadata.Elements().Single(element => element.Name.LocalName == "dependencies").Elements().ToArray();
        Assert.Equal([".NETStandard2.0", "net8.0"], groups.Select(group => group.Attribute("targetFramework")!.Value).Order(StringComparer.Ordinal));
        foreach (var group in groups)
        {
            var dependencies = group.Elements().ToDictionary(dependency => dependency.Attribute("id")!.Value);
            Assert.Equal(["TorchSharp", "WarmupAnalyzers"], dependencies.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(Build.TorchSharpVersion, dependencies["TorchSharp"].Attribute("version")!.Value);
            Assert.Equal(packages.Version, dependencies["WarmupAnalyzers"].Attribute("version")!.Value);
            Assert.Contains("Analyzers", dependencies["WarmupAnalyzers"].Attribute("include")!.Value.Split(','));
        }
    }

    /// <summary>What the oldest compiler host does not carry, it cannot load: the user would get CS8032 and no analyzer.</summary>
    [Theory]
    [InlineData("WarmupAnalyzers", new[] { "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp" })]
    [InlineData("WarmupAnalyzers.CodeFixes", new[] { "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "Microsoft.CodeAnalysis.Workspaces", "WarmupAnalyzers" })]
    public void The_analyzers_reference_nothing_that_the_oldest_host_lacks(string assembly, string[] own)
    {
        var references = References(Path.Combine(packages.Analyzers, assembly + ".dll"));
        Assert.Empty(references.Keys.Except(s_hostLibraries.Keys).Except(own));
        foreach (var (name, version) in references)
        {
            if (name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))
                Assert.Equal(s_compilerFloor, version);
            else if (s_hostLibraries.TryGetValue(name, out var ceiling))
                Assert.True(version <= ceiling, $"{name} {version}");
        }
    }

    [Theory]
    [InlineData("WarmupAnalyzers")]
    [InlineData("WarmupSchedulers")]
    public void Links_of_a_package_readme_are_absolute_and_of_this_repository(string id)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(id));
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
        var text = reader.ReadToEnd();
        foreach (Match link in Regex.Matches(text, @"\]\((?<target>[^)]+)\)"))
        {
            var target = link.Groups["target"].Value;
            Assert.StartsWith("https://", target);
            Assert.True(target.StartsWith(Build.RepositoryUrl, StringComparison.Ordinal) || target == "https://github.com/dotnet/TorchSharp", target);
        }

        Assert.InRange(text.Length, 500, 10_000);
    }

    private string[] Files(string id)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(id));
        return [.. package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/services/", StringComparison.Ordinal) && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
    }

    private XElement Metadata(string id)
    {
        using var package = ZipFile.OpenRead(packages.PathOf(id));
        using var nuspec = package.GetEntry(id + ".nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

    private static Dictionary<string, Version> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences
            .Select(handle => metadata.GetAssemblyReference(handle))
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
    }
}
