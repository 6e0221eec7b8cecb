using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;

namespace WarmupAnalyzers.Tests.Consistency;

/// <summary>The examples of the pages are run: the wrong one is reported, in the words of the page, and the right one is not.</summary>
public class PageExampleTests
{
    public static TheoryData<string> IdsWithCode => [.. Package.Rules.Select(rule => rule.Id).Where(id => Code(id, "Example").Length > 0)];

    [Theory]
    [MemberData(nameof(IdsWithCode))]
    public async Task The_example_is_reported(string id)
    {
        var found = Assert.Single(await Findings.In(Program(Code(id, "Example"))));
        Assert.Equal(id, found.Id);
        var quoted = Regex.Match(DocumentationTests.Section(id, "Example"), @"^(warning|info) (?<text>WARM\d{4}: .+)$", RegexOptions.Multiline);
        if (quoted.Success)
            Assert.Equal(quoted.Value, found.Severity.ToString().ToLowerInvariant() + " " + found.Id + ": " + found.GetMessage());
    }

    [Theory]
    [MemberData(nameof(IdsWithCode))]
    public async Task What_to_use_instead_is_silent(string id) => Assert.Empty(await Findings.In(Program(Code(id, "Use instead"))));

    internal static string Code(string id, string section) =>
        Regex.Match(DocumentationTests.Section(id, section), "```csharp\n(?<code>.*?)```", RegexOptions.Singleline).Groups["code"].Value;

    /// <summary>A training round the lines of a page: with a model, an optimizer and a loop, where the page has none of its own.</summary>
    internal static string Program(string code)
    {
        var optimizer = code.Contains("var optimizer", StringComparison.Ordinal) ? "" : "var optimizer = torch.optim.SGD(model.parameters(), 0.05);\n";
        var loop = code.Contains("for (", StringComparison.Ordinal)
            ? ""
            : """
                for (int epoch = 0; epoch < 20; epoch++)
                {
                    optimizer.zero_grad();
                    using var loss = model.forward(input).mean();
                    loss.backward();
                    optimizer.step();
                    scheduler.step();
                }

                """;
        return $$"""
            using System;
            using TorchSharp;
            using static TorchSharp.torch;
            using static TorchSharp.torch.nn;

            public static class Program
            {
                public static void Main()
                {
                    using var model = Linear(4, 1);
                    using var input = randn(8, 4);
                    {{optimizer}}
                    {{code}}
                    {{loop}}
                }
            }
            """;
    }
}
