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

    /// <summary>Each example of the page: what stands before, and what after, in pairs.</summary>
    [Fact]
    public async Task The_examples_of_the_page_are_what_happens()
    {
        var examples = Regex.Matches(s_page, "```csharp\n(?<code>.*?)```", RegexOptions.Singleline).Select(match => match.Groups["code"].Value).ToArray();
        Assert.Equal(0, examples.Length % 2);
        foreach (var pair in examples.Chunk(2))
        {
            var before = PageExampleTests.Program(pair[0]);
            var refactored = await Refactored.By(new UseWarmupSchedulers(), ["using WarmupSchedulers;\n" + before]);
            Assert.NotNull(refactored.Title);
            Assert.Equal(Words("using WarmupSchedulers;\n" + PageExampleTests.Program(pair[1])), Words(refactored.Text));
            Assert.Contains("`" + refactored.Title + "`", s_page);
        }
    }

    private static string Words(string text) => string.Join(" ", text.Split((char[]?)null, System.StringSplitOptions.RemoveEmptyEntries));
}
