using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>What is written about a rule agrees with the rule.</summary>
public class DocumentationTests
{
    private static readonly string[] s_sections =
        ["What it does", "Why is this bad", "Example", "Use instead", "Options", "When to suppress", "Known limitations"];

    /// <summary>Which rule reads which option.</summary>
    private static readonly (string Key, string Rule)[] s_options = [(WarmupOptions.AllowZeroFirstStepKey, "WARM1001")];

    public static TheoryData<string> Ids => Package.Ids;

    [Fact]
    public void Every_id_has_one_rule() => Assert.Equal(Package.Rules.Select(rule => rule.Id).Distinct(), Package.Rules.Select(rule => rule.Id));

    [Fact]
    public void Every_page_is_of_a_rule() => Assert.Equal(
        Package.Rules.Select(rule => rule.Id),
        Directory.GetFiles(Repository.PathOf("docs", "rules"), "WARM*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_begins_with_id_and_title(string id) =>
        Assert.StartsWith($"# {id}: {Title(id)}\n", Page(id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_names_category_and_severity(string id)
    {
        var rule = Package.Rule(id);
        Assert.Contains($"\n| Category | {rule.Category} |\n", Page(id));
        Assert.Contains($"\n| Severity | {rule.DefaultSeverity} |\n", Page(id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_whether_there_is_a_fix(string id)
    {
        var row = Regex.Match(Page(id), @"^\| Fix \| (?<text>\w+)", RegexOptions.Multiline).Groups["text"].Value;
        Assert.Equal(Package.WithoutFix.Contains(id) ? "none" : "yes", row);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_has_the_sections_of_all_pages(string id)
    {
        var sections = Regex.Matches(Page(id), "^## (?<title>.+)$", RegexOptions.Multiline).Select(match => match.Groups["title"].Value);
        Assert.Equal(s_sections, sections);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_help_link_leads_to_the_page_of_this_version(string id) =>
        Assert.Equal($"{Repository.Url}/blob/v{Repository.Version}/docs/rules/{id}.md", Package.Rule(id).HelpLinkUri);

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_readme_lists_the_rule(string id)
    {
        var fix = Package.WithoutFix.Contains(id) ? "–" : "✓";
        Assert.Contains($"\n| [{id}](docs/rules/{id}.md) | {Package.Rule(id).DefaultSeverity} | {Title(id)} | {fix} |\n", Repository.Read("README.md"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_package_readme_lists_the_rule(string id)
    {
        var fix = Package.WithoutFix.Contains(id) ? "–" : "yes";
        Assert.Contains(
            $"\n| [{id}]({Repository.Url}/blob/main/docs/rules/{id}.md) | {Package.Rule(id).DefaultSeverity} | {Title(id)} | {fix} |\n",
            Repository.Read("docs", "package", "WarmupAnalyzers.md"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/package/WarmupAnalyzers.md")]
    public void A_readme_lists_no_other_rule(string path)
    {
        var listed = Regex.Matches(Repository.Read(path), @"^\| \[(?<id>WARM\d{4})\]", RegexOptions.Multiline).Select(match => match.Groups["id"].Value);
        Assert.Equal(Package.Rules.Select(rule => rule.Id), listed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_release_notes_of_the_analyzers_list_the_rule(string id)
    {
        var rule = Package.Rule(id);
        var releases = Repository.Read("AnalyzerReleases.Shipped.md") + Repository.Read("AnalyzerReleases.Unshipped.md");
        Assert.Matches($@"(?m)^\|?\s*{id}\s*\|\s*{Regex.Escape(rule.Category)}\s*\|\s*{rule.DefaultSeverity}\s*\|.*$", releases);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_sample_makes_the_mistake(string id) =>
        Assert.Contains(File.ReadAllLines(Repository.PathOf("samples", "Mistakes", "expected-diagnostics.txt")), line => line.StartsWith(id + " ", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Title_and_message_have_no_full_stop(string id)
    {
        var message = Package.Rule(id).MessageFormat.ToString(null);
        Assert.DoesNotMatch(@"\.(\s|$)", Title(id));
        Assert.DoesNotMatch(@"\.(\s|$)", message);
        Assert.Matches("^[A-Z]|^scheduler[.]", message);
        Assert.EndsWith(".", Package.Rule(id).Description.ToString(null));
    }

    [Fact]
    public void Every_option_is_read_by_a_rule() => Assert.Equal(WarmupOptions.Keys, s_options.Select(option => option.Key));

    [Fact]
    public void Options_stand_on_the_page_of_their_rule_and_in_the_lists_of_options()
    {
        foreach (var (key, rule) in s_options)
        {
            Assert.Contains($"`{key}`", Section(rule, "Options"));
            Assert.Contains($"| `{key}` |", Section("WARM0001", "Options"));
            Assert.Contains($"| `{key}` |", Repository.Read("README.md"));
        }
    }

    [Fact]
    public void No_other_option_is_written_about()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md"));
        Assert.All(pages, page => Assert.Empty(Regex.Matches(File.ReadAllText(page), @"\bwarmup\.[a-z_]+\b").Select(match => match.Value).Except(WarmupOptions.Keys)));
    }

    private static string Title(string id) => Package.Rule(id).Title.ToString(null);

    private static string Page(string id) => Repository.Read("docs", "rules", id + ".md");

    internal static string Section(string id, string title) =>
        Regex.Match(Page(id), $@"^## {title}\n(?<text>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups["text"].Value;
}
