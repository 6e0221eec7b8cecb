using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading;
using Xunit;

namespace WarmupAnalyzers.Tests.Source;

public sealed class SymbolMentionsTests
{
    private const string Source = """
        System.Console.WriteLine(new First().Rate + new Second().Rate + new First().Other());
        internal class First
        {
            internal double Rate { get; set; }
            internal double Other() => Rate + Twice(this.Rate) + Missing.Rate;
            private double Twice(double value) => 2 * value;
        }
        internal class Second
        {
            internal double Rate { get; } = new First { Rate = 1 }.Rate;
            internal double Twice(double value) => new First() is { Rate: > 0 } ? Twice(value - 1) : Missing();
        }
        internal static class Extensions
        {
            internal static double Thrice(this First first) => 3 * first.Rate + first.Thrice();
        }
        """;

    [Theory]
    [InlineData("First", "Rate", 7)]
    [InlineData("Second", "Rate", 1)]
    [InlineData("First", "Twice", 1)]
    [InlineData("Second", "Twice", 1)]
    public void Members_of_one_name_have_their_own(string type, string member, int expected)
    {
        var code = Code();

        Assert.Equal(expected, code.Mentions.Of(Member(code, type, member), CancellationToken.None).Count());
    }

    [Fact]
    public void What_stands_for_nothing_is_known_by_its_name_alone()
    {
        var code = Code();

        Assert.Equal("Missing.Rate", Assert.Single(code.Mentions.Unbound("Rate", CancellationToken.None)).Parent!.ToString());
    }

    [Theory]
    [InlineData("First", "Twice", "Twice(this.Rate)")]
    [InlineData("Second", "Twice", "Twice(value - 1)")]
    [InlineData("Extensions", "Thrice", "first.Thrice()")]
    public void Calls_are_those_of_the_method(string type, string method, string expected)
    {
        var code = Code();

        Assert.Equal(expected, Assert.Single(code.Mentions.CallsOf((IMethodSymbol)Member(code, type, method), CancellationToken.None)).ToString());
    }

    private static TrainingCode Code()
    {
        var compilation = Findings.Compile(Source);
        return new TrainingCode(compilation, KnownSymbols.Find(compilation)!);
    }

    private static ISymbol Member(TrainingCode code, string type, string member) => code.Compilation.GetTypeByMetadataName(type)!.GetMembers(member).Single();
}
