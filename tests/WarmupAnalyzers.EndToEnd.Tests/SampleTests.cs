using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>The repository's own projects, built with our analyzers.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class SampleTests(PackedPackages packages)
{
    [Fact]
    public async Task The_sample_shows_the_expected_mistakes_and_no_other()
    {
        var directory = Path.Combine(Build.RepositoryRoot, "samples", "Mistakes");
        var log = NewLog("Mistakes");
        var output = await Dotnet.Run(directory, BuildArguments("build", "Mistakes.csproj", $"-p:ErrorLog={log}%2Cversion=2.1"));

        var found = Sarif.OurFindings(log, directory);
        var expected = File.ReadAllLines(Path.Combine(directory, "expected-diagnostics.txt"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(finding => finding.ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(Sarif.AnalyzerFailures(log, directory));
        // A user reads them on the console.
        Assert.All(found, finding => Assert.Equal(finding.IsPrinted, output.Contains(finding.Message, StringComparison.Ordinal)));
        Assert.DoesNotContain(found, finding => finding.Level == "error");
    }

    [Fact]
    public async Task A_second_build_of_the_sample_shows_them_again()
    {
        var directory = Path.Combine(Build.RepositoryRoot, "samples", "Mistakes");
        await Dotnet.Run(directory, BuildArguments("build", "Mistakes.csproj"));
        Assert.Contains("warning WARM1001", await Dotnet.Run(directory, BuildArguments("build", "Mistakes.csproj")));
    }

    /// <summary>The rules say what is right; our own training code follows them.</summary>
    [Theory]
    [InlineData("samples/Training", "Compile", "Training", "Training")]
    [InlineData("src/WarmupSchedulers", "Build", "Warmup", "WarmupAnalyzers", "WarmupAnalyzers.CodeFixes", "WarmupSchedulers-net8.0", "WarmupSchedulers-netstandard2.0")]
    public async Task Our_own_code_is_free_of_mistakes(string project, string target, string compiledAnew, params string[] mustHaveCompiled)
    {
        var logs = packages.NewFolder("logs-" + Path.GetFileName(project));
        var extension = Path.Combine(logs, "WithAnalyzers.targets");
        File.WriteAllText(extension, $"""
            <Project>
              <PropertyGroup>
                <ErrorLog>{logs}/$(MSBuildProjectName)</ErrorLog>
                <ErrorLog Condition="'$(TargetFrameworks)' != ''">$(ErrorLog)-$(TargetFramework)</ErrorLog>
                <ErrorLog>$(ErrorLog).sarif,version=2.1</ErrorLog>
              </PropertyGroup>
              <!-- In place of the project's own reference, where it has one; and compiled even if it was for the packages. -->
              <Target Name="AddPackedAnalyzers" BeforeTargets="CoreCompile">
                <Delete Files="@(IntermediateAssembly)" Condition="$(MSBuildProjectName.StartsWith('{compiledAnew}'))" />
                <ItemGroup>
                  <Analyzer Remove="@(Analyzer)" Condition="$([System.String]::Copy('%(Filename)').StartsWith('WarmupAnalyzers'))" />
                  <Analyzer Include="{packages.Analyzers}/*.dll" />
                </ItemGroup>
              </Target>
            </Project>
            """);
        var directory = Path.Combine(Build.RepositoryRoot, project);
        // To compile a training is enough: its native libraries are large.
        await Dotnet.Run(directory, BuildArguments("build", "-t:" + target, $"-p:CustomAfterMicrosoftCommonTargets={extension}"));

        Assert.Superset(mustHaveCompiled.ToHashSet(), Directory.GetFiles(logs, "*.sarif").Select(log => Path.GetFileNameWithoutExtension(log)!).ToHashSet());
        foreach (var log in Directory.GetFiles(logs, "*.sarif"))
        {
            Assert.Empty(Sarif.OurFindings(log, directory));
            Assert.Empty(Sarif.AnalyzerFailures(log, directory));
        }
    }

    private string NewLog(string name) => Path.Combine(packages.NewFolder("logs-" + name), "findings.sarif");

    // Beside the build that runs these tests, not into it; what was built for the packages is not built again. What the SDK's analyzers say, its own build says.
    private string[] BuildArguments(string command, params string[] arguments) =>
    [
        command, .. arguments, "-c", "Release", "-p:Version=" + packages.Version, "-p:ArtifactsPath=" + packages.Artifacts,
        "-p:EnableNETAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-m:1", "-nodeReuse:false",
    ];
}
