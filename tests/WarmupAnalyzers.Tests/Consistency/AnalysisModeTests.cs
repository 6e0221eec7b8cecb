using System;
using System.IO;
using System.Linq;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>The presets of the package say of every rule what the documentation says.</summary>
public class AnalysisModeTests
{
    private static readonly string[] s_folder = ["src", "WarmupAnalyzers.CodeFixes", "Package", "config"];

    public static TheoryData<string> Names => [.. AnalysisMode.All.Select(mode => mode.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_config_is_the_generated_one(string name)
    {
        var mode = AnalysisMode.All.Single(mode => mode.Name == name);
        Generated.File(mode.Config, [.. s_folder, mode.FileName]);
    }

    [Fact]
    public void There_is_no_other_config() => Assert.Equal(
        AnalysisMode.All.Select(mode => mode.FileName).Order(StringComparer.Ordinal),
        Directory.GetFiles(Repository.PathOf(s_folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_documentation_lists_what_each_does_to_each_rule() =>
        Generated.Part("severities of the modes", Table(), "docs", "configuration.md");

    [Fact]
    public void The_documentation_says_what_each_is_for() => Generated.Part(
        "modes",
        "| mode | what it does |\n|---|---|\n" + string.Concat(AnalysisMode.All.Select(mode => $"| `{mode.Name}` | {mode.Meaning} |\n")),
        "docs",
        "configuration.md");

    [Fact]
    public void The_message_about_an_unknown_one_names_them_all() => Assert.Contains(
        "write " + string.Join(", ", AnalysisMode.All.SkipLast(1).Select(mode => $"'{mode.Name}'")) + $" or '{AnalysisMode.All[^1].Name}'",
        Repository.Read("src", "WarmupAnalyzers.CodeFixes", "Package", "WarmupAnalyzers.targets"));

    private static string Table()
    {
        var head = "| rule | " + string.Join(" | ", AnalysisMode.All.Select(mode => $"`{mode.Name}`")) + " |\n|---|" + string.Concat(AnalysisMode.All.Select(_ => "---|")) + "\n";
        return head + string.Concat(Package.Rules.Select(rule =>
            $"| [{rule.Id}](rules/{rule.Id}.md) {rule.Title} | {string.Join(" | ", AnalysisMode.All.Select(mode => mode.TextOf(rule)))} |\n"));
    }
}
