using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeRefactorings;
using WarmupAnalyzers.CodeFixes.Refactorings;
using WarmupAnalyzers.Tests.Refactorings;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>What editors ask of refactorings, and their page.</summary>
public class RefactoringProviderTests
{
    private static readonly string s_page = Repository.Read("docs", "refactorings.md");

    [Fact]
    public void Providers_are_exported_for_CSharp_by_their_own_name() => Assert.All(Package.RefactoringProviders, provider =>
    {
        var export = Assert.Single(provider.GetType().GetCustomAttributes(typeof(ExportCodeRefactoringProviderAttribute), inherit: false).Cast<ExportCodeRefactoringProviderAttribute>());
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Equal(provider.GetType().Name, export.Name);
        Assert.True(provider.GetType().IsSealed);
    });

    [Fact]
    public void The_readme_leads_to_the_page() => Assert.Contains("(docs/refactorings.md)", Repository.Read("README.md"));

    public static TheoryData<string, string> Sections => new()
    {
        { nameof(UseWarmupSchedulers), "LambdaLR(" },
        { nameof(AddLinearWarmup), "optimizer =" },
        { nameof(ChainWithSequentialLR), "LinearLR(" },
    };

    [Fact]
    public void Each_has_a_section() => Assert.Equal(
        Package.RefactoringProviders.Select(provider => provider.GetType().Name), Sections.Select(section => (string)section[0]).Order(System.StringComparer.Ordinal));

    /// <summary>Each example of a section: what stands before, and what after, in pairs.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public async Task The_examples_of_the_page_are_what_happens(string name, string caret)
    {
        var provider = Package.RefactoringProviders.Single(one => one.GetType().Name == name);
        var section = Section(name);
        var examples = Regex.Matches(section, "```csharp\n(?<code>.*?)```", RegexOptions.Singleline).Select(match => match.Groups["code"].Value).ToArray();
        Assert.NotEmpty(examples);
        Assert.Equal(0, examples.Length % 2);
        foreach (var pair in examples.Chunk(2))
        {
            var before = PageExampleTests.Program(pair[0]);
            var refactored = await Refactored.By(provider, ["using WarmupSchedulers;\n" + before], caret);
            Assert.NotNull(refactored.Title);
            Assert.Equal(Words("using WarmupSchedulers;\n" + PageExampleTests.Program(pair[1])), Words(refactored.Text));
            Assert.True(section.Contains("`" + refactored.Title + "`", System.StringComparison.Ordinal), refactored.Title);
        }
    }

    // The heading is the name in words.
    private static string Section(string name) => Regex.Split(s_page, "^## ", RegexOptions.Multiline)
        .Single(section => section.Split('\n')[0].Replace(" a ", " ", System.StringComparison.Ordinal).Replace(" ", string.Empty, System.StringComparison.Ordinal).Equals(name, System.StringComparison.OrdinalIgnoreCase));

    private static string Words(string text) => string.Join(" ", text.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));
}
