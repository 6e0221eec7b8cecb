using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Tests.Consistency;
using Xunit;

namespace WarmupAnalyzers.Tests.Source;

public sealed class SourceNamesTests
{
    [Theory]
    [InlineData("int rate = 1; rate++; System.Console.WriteLine(rate);", 3)]
    [InlineData("int @rate = 1; @rate++; System.Console.WriteLine(rate);", 3)]
    [InlineData("int rates = 1, my_rate = 2, rate2 = 3; System.Console.WriteLine(rates + my_rate + rate2);", 0)]
    [InlineData("// rate\nSystem.Console.WriteLine(1); /* rate */", 0)]
    [InlineData("System.Console.WriteLine(\"rate\" + @\"rate\");", 0)]
    [InlineData("int rate = 1; System.Console.WriteLine($\"rate {rate} rate\");", 2)]
    [InlineData("#if NEVER\nint rate = 1;\n#endif\nSystem.Console.WriteLine(1);", 0)]
    [InlineData("int r\\u0061te = 1; System.Console.WriteLine(rate);", 2)]
    [InlineData("string text = \"\\u2588\"; int rate = 1; System.Console.WriteLine(text + rate);", 2)]
    [InlineData("rate();\nvoid rate() { }", 2)]
    public void Names_are_the_tokens_and_not_the_text(string source, int expected)
    {
        var compilation = Findings.Compile(source);

        var found = new SourceNames(compilation).In(compilation.SyntaxTrees[0].GetRoot(), "rate").ToArray();

        Assert.Equal(expected, found.Length);
        Assert.All(found, token => Assert.Equal("rate", token.ValueText));
    }

    [Fact]
    public void A_part_of_the_source_is_looked_through_alone()
    {
        var compilation = Findings.Compile("int rate = 1; { rate++; } rate--;");
        var root = compilation.SyntaxTrees[0].GetRoot();

        var found = new SourceNames(compilation).IdentifiersIn(root.DescendantNodes().OfType<BlockSyntax>().Single(), "rate");

        Assert.IsType<PostfixUnaryExpressionSyntax>(Assert.Single(found).Parent);
    }

    [Fact]
    public void The_whole_compilation_is_looked_through_in_the_order_of_its_files()
    {
        var compilation = Findings.Compile("class A { int rate; }", "class B { }", "class C { int r\\u0061te; }");

        var found = new SourceNames(compilation).Everywhere("rate", CancellationToken.None);

        Assert.Equal(["Program0.cs", "Program2.cs"], found.Select(token => token.SyntaxTree!.FilePath));
    }

    [Theory]
    [InlineData("int größe = 1, rate = größe; größe++; äö(); void äö() { }rate++;//größer")]
    [InlineData("class rate { rate f(rate rate) => @rate; } struct _1 { int a1_; }")]
    [InlineData("rate")]
    public void Every_name_is_found_where_it_stands(string source)
    {
        var compilation = Findings.Compile(source);
        var root = compilation.SyntaxTrees[0].GetRoot();
        var names = new SourceNames(compilation);

        foreach (var token in root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && !token.IsMissing))
            Assert.Contains(token, names.In(root, token.ValueText));
    }

    [Fact]
    public void Every_name_and_keyword_of_the_samples_is_found_where_it_stands()
    {
        var files = Directory.GetFiles(Repository.PathOf("samples"), "*.cs", SearchOption.AllDirectories).Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));
        var compilation = Findings.Compile([.. files.Select(File.ReadAllText)]);
        var names = new SourceNames(compilation);

        foreach (var root in compilation.SyntaxTrees.Select(tree => tree.GetRoot()))
        {
            var words = root.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) || token.IsKeyword()).ToLookup(token => token.ValueText);
            Assert.All(words, word => Assert.Equal(word, names.In(root, word.Key)));
        }
    }
}
