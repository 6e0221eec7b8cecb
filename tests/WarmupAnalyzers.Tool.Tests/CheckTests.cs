using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace WarmupAnalyzers.Tool.Tests;

public sealed class CheckTests
{
    [Fact]
    public async Task The_sample_has_the_expected_mistakes_on_the_console_and_in_the_log()
    {
        using var folder = new TemporaryFolder();
        var log = Path.Combine(folder.Root, "logs", "warmup.sarif");

        var run = await Warmup.In(Path.Combine(Warmup.RepositoryRoot, "samples", "Mistakes"), "check", "--severity", "info", "--sarif", log);

        Assert.Equal(1, run.ExitCode);
        var expected = File.ReadAllLines(Path.Combine(Warmup.RepositoryRoot, "samples", "Mistakes", "expected-diagnostics.txt")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, run.Lines.Select(Expected).Order(StringComparer.Ordinal));
        Assert.Equal(expected, Logged(log).Order(StringComparer.Ordinal));
        Assert.Contains($"{run.Lines.Count} findings in 1 project", run.Said);
    }

    [Fact]
    public async Task Right_training_has_nothing()
    {
        var run = await Warmup.In(Warmup.RepositoryRoot, "check", Path.Combine("samples", "Training", "Training.csproj"), "--severity", "info");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("0 findings in ", run.Said);
    }

    [Fact]
    public async Task In_a_solution_what_does_not_build_is_named_and_the_rest_is_checked()
    {
        using var folder = new TemporaryFolder();
        folder.AddProject("Trainer", TemporaryFolder.Mistake);
        folder.AddProject("Broken", TemporaryFolder.Mistake + "int missing = ;");
        folder.AddProject("Plain", "System.Console.WriteLine(1);", usesTorchSharp: false);
        await Warmup.Dotnet(folder.Root, "new", "sln", "--name", "All");
        await Warmup.Dotnet(folder.Root, "sln", "add", "Trainer", "Broken", "Plain");
        await Warmup.Dotnet(folder.Root, "restore");

        var run = await Warmup.In(folder.Root, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Lines, line => line.StartsWith(Path.Combine("Trainer", "Program.cs") + "(6,", StringComparison.Ordinal) && line.Contains("warning WARM1002: ", StringComparison.Ordinal));
        Assert.Contains("Broken.csproj does not compile (1 error), so findings may be missing. The first: CS1525 at Program.cs:14: Invalid expression term ';'", run.Said);
        Assert.Contains("1 project without TorchSharp", run.Said);
    }

    [Fact]
    public async Task What_is_not_restored_is_not_taken_for_clean()
    {
        using var folder = new TemporaryFolder();
        folder.AddProject("Trainer", TemporaryFolder.Mistake);

        var run = await Warmup.In(folder.Root, "check");

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("Run `dotnet restore` first.", run.Said);
    }

    [Fact]
    public async Task A_severity_that_is_configured_counts()
    {
        using var folder = new TemporaryFolder();
        folder.AddProject("Trainer", TemporaryFolder.Mistake);
        File.AppendAllText(Path.Combine(folder.Root, ".editorconfig"), "[*.cs]\ndotnet_diagnostic.WARM1002.severity = suggestion\n");
        await Warmup.Dotnet(Path.Combine(folder.Root, "Trainer"), "restore");

        var run = await Warmup.In(folder.Root, "check", "Trainer");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("1 suggestion not shown: --severity info", run.Said);
    }

    [Fact]
    public async Task A_project_that_cannot_be_read_is_named_and_the_rest_is_checked()
    {
        using var folder = new TemporaryFolder();
        folder.AddProject("Trainer", TemporaryFolder.Mistake);
        await Warmup.Dotnet(Path.Combine(folder.Root, "Trainer"), "restore");
        folder.AddProject("Torn", string.Empty);
        File.WriteAllText(Path.Combine(folder.Root, "Torn", "Torn.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\">");

        var run = await Warmup.In(folder.Root, "check");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("WARM1002", Assert.Single(run.Lines));
        Assert.Contains("Torn.csproj", run.Said);
    }

    [Fact]
    public async Task A_folder_without_a_project_is_no_success()
    {
        using var folder = new TemporaryFolder();

        var run = await Warmup.In(folder.Root, "check");

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.Contains("There is no C# project and no solution in . or below it.", run.Said);
    }

    [Theory]
    [InlineData("There is no nowhere.", "check", "nowhere")]
    [InlineData("Directory.Build.props is neither a C# project nor a solution.", "check", "Directory.Build.props")]
    [InlineData("Cannot parse argument 'fatal' for option '--severity'", "check", "--severity", "fatal")]
    [InlineData("Unrecognized command or argument 'chekc'.", "chekc")]
    public async Task A_call_that_is_wrong_is_no_finding(string said, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var run = await Warmup.In(folder.Root, arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Said);
    }

    // `path(line,column): severity id: message` as it stands in the list.
    private static string Expected(string line)
    {
        var parts = Regex.Match(line, @"^(?<path>.+)\((?<line>\d+),\d+\): (?<severity>\w+) (?<id>WARM\d{4}): .");
        return $"{parts.Groups["id"]} {parts.Groups["path"].Value.Replace('\\', '/')}:{parts.Groups["line"]}{(parts.Groups["severity"].Value == "info" ? " note" : string.Empty)}";
    }

    private static List<string> Logged(string log)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(log));
        var results = document.RootElement.GetProperty("runs")[0].GetProperty("results");
        return [.. results.EnumerateArray().Select(result =>
        {
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            var level = result.GetProperty("level").GetString() == "note" ? " note" : string.Empty;
            return $"{result.GetProperty("ruleId")} {place.GetProperty("artifactLocation").GetProperty("uri")}:{place.GetProperty("region").GetProperty("startLine")}{level}";
        })];
    }
}
