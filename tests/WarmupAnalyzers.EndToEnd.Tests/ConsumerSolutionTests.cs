using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace WarmupAnalyzers.EndToEnd.Tests;

/// <summary>The package of the analyzers in projects of every kind that people have.</summary>
[Collection(PackedPackagesCollection.Name)]
public sealed class ConsumerSolutionTests(ConsumerSolution solution) : IClassFixture<ConsumerSolution>
{
    [Theory]
    [InlineData("Frameworks", "netstandard2.0", "warning")]
    [InlineData("Frameworks", "net8.0", "warning")]
    [InlineData("Frameworks", "net9.0", "warning")]
    [InlineData("Frameworks", "net10.0", "warning")]
    [InlineData("Strict", "net10.0", "error")]
    [InlineData("Transitive", "net10.0", "warning")]
    [InlineData("Beside", "net8.0", "warning")]
    public void The_mistake_is_reported_and_nothing_else(string project, string framework, string level)
    {
        var log = solution.Log(project, framework);
        Assert.True(File.Exists(log), solution.Output);
        Assert.Empty(Sarif.AnalyzerFailures(log, solution.Folder(project)));

        var mark = Assert.Single(Programs.Marks(ConsumerSolution.Ramp));
        var finding = Assert.Single(Sarif.OurFindings(log, solution.Folder(project)));
        Assert.Equal(mark.Place, $"{finding.Id} {finding.File}:{finding.Line}");
        Assert.Contains(mark.Text, finding.Message, StringComparison.Ordinal);
        Assert.Equal(level, finding.Level);
    }

    [Fact]
    public void Only_the_project_that_takes_warnings_for_errors_fails()
    {
        Assert.False(solution.Succeeded);
        var errors = Regex.Matches(solution.Output, @": error (?<id>\w+): .*\[(?<project>[^\]]+)\]");
        Assert.Equal(["WARM1001 Strict"], errors.Select(error => $"{error.Groups["id"]} {Path.GetFileNameWithoutExtension(error.Groups["project"].Value.Split("::")[0])}").Distinct());
    }

    [Fact]
    public void Another_package_of_analyzers_reports_beside_ours() =>
        Assert.Contains(Sarif.AllFindings(solution.Log("Beside", "net8.0"), solution.Folder("Beside")), finding => finding.Id == "xUnit2000");

    /// <summary>An analyzer is for the build: neither what is built nor what is built upon it gets anything of it.</summary>
    [Fact]
    public void Nothing_of_the_package_is_in_what_is_built() =>
        Assert.DoesNotContain(
            new[] { "Frameworks", "Transitive", "Beside" }.SelectMany(project => Directory.GetFiles(Path.Combine(solution.Folder(project), "bin"), "*", SearchOption.AllDirectories)),
            file => Path.GetFileName(file).StartsWith("Warmup", StringComparison.Ordinal) || (file.EndsWith(".deps.json", StringComparison.Ordinal) && File.ReadAllText(file).Contains("WarmupAnalyzers.dll", StringComparison.Ordinal)));
}
