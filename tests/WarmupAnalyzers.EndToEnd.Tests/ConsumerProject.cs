using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>A console project of a user's, outside the repository, that gets the packages from the folder they were packed to.</summary>
internal sealed class ConsumerProject
{
    private const string LogName = "findings.sarif";

    private readonly string _directory;
    private bool _restored;

    private ConsumerProject(string directory) => _directory = directory;

    private string ProjectFile => Path.Combine(_directory, "Consumer.csproj");

    /// <summary>Writes a project with these packages and these files.</summary>
    public static ConsumerProject Create(
        PackedPackages packages, string name, IEnumerable<(string Id, string Version)> references, params (string Name, string Text)[] files)
    {
        var project = new ConsumerProject(packages.NewFolder(name));
        var items = references.Select(reference => $"""<PackageReference Include="{reference.Id}" Version="{reference.Version}" />""");
        File.WriteAllText(project.ProjectFile, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{packages.Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", items)}
              </ItemGroup>
            </Project>
            """);
        foreach (var file in files)
            File.WriteAllText(Path.Combine(project._directory, file.Name), file.Text);
        return project;
    }

    /// <summary>Builds, and gives what our analyzers found.</summary>
    /// <param name="constants">What the preprocessor knows.</param>
    public async Task<ImmutableArray<Finding>> Build(string constants = "TRACE")
    {
        var log = Path.Combine(_directory, LogName);
        File.Delete(log);
        string[] arguments = ["build", ProjectFile, "-m:1", "-nodeReuse:false", "--no-incremental", "-p:DefineConstants=" + constants, $"-p:ErrorLog={log}%2Cversion=2.1"];
        await Dotnet.Run(_directory, _restored ? [.. arguments, "--no-restore"] : arguments);
        _restored = true;
        Assert.Empty(Sarif.AnalyzerFailures(log, _directory));
        return Sarif.OurFindings(log, _directory);
    }

    /// <summary>Applies the fixes of these rules as <c>dotnet format</c> does.</summary>
    public Task Format(params string[] ids) =>
        Dotnet.Run(_directory, ["format", "analyzers", ProjectFile, "--severity", "warn", "--no-restore", "--diagnostics", .. ids]);

    /// <summary>Runs the program that the last build made, and gives its lines.</summary>
    public async Task<string[]> Run()
    {
        var output = await Dotnet.Run(_directory, Path.Combine(_directory, "bin", "Debug", "net10.0", "Consumer.dll"));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The text of one of the project's files as it is now.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(_directory, name));
}
