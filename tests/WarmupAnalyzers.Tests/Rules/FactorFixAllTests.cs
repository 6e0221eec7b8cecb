using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;
using Verify = WarmupAnalyzers.Tests.Verify<WarmupAnalyzers.Rules.FactorAnalyzer, WarmupAnalyzers.CodeFixes.Fixes.FactorFix>;

namespace WarmupAnalyzers.Tests.Rules;

public class FactorFixAllTests
{
    [Fact]
    public async Task SeveralDocumentsAndAllRulesInOneRun()
    {
        static string Trainer(string name, string first, string second) => $$"""
            using System;
            using TorchSharp;

            public static class {{name}}
            {
                public static void Train(torch.nn.Module model, torch.optim.Optimizer other)
                {
                    const double lr = 0.1;
                    var optimizer = torch.optim.SGD(model.parameters(), lr);
                    var first = torch.optim.lr_scheduler.LambdaLR(optimizer, {{first}}); // the first
                    var second = new torch.optim.lr_scheduler.impl.LambdaLR(other, /* ramp */ {{second}} /* ends */);
                }
            }
            """;

        var test = new WarmupTest<FactorAnalyzer, FactorFix>
        {
            TestState =
            {
                OutputKind = OutputKind.DynamicallyLinkedLibrary,
                Sources =
                {
                    Trainer("A", "e => {|WARM1002:e / 10|}", "e => Math.Min({|WARM1001:e / 7.0|}, 1)"),
                    Trainer("B", "e => {|WARM1003:lr|} * Math.Min((e + 1) / 4.0, 1)", "k => {|WARM1002:(k + 1) / 9|}"),
                },
            },
            FixedState =
            {
                Sources =
                {
                    Trainer("A", "e => Math.Min((e + 1) / 10.0, 1.0)", "e => Math.Min((e + 1) / 7.0, 1.0)"),
                    Trainer("B", "e => Math.Min((e + 1) / 4.0, 1.0)", "k => Math.Min((k + 1) / 9.0, 1.0)"),
                },
            },
        };
        await test.RunAsync(CancellationToken.None);
    }

    [Fact]
    public Task SeveralRulesOnOneLine()
    {
        const string List = "new torch.optim.lr_scheduler.impl.LambdaLR(optimizer, [FACTOR])";
        return Verify.Fix(
            FactorSource.Script("e => {|WARM1004:(e + 1) / 5.0|}, e => {|WARM1006:1 - e / 10.0|}, e => {|WARM1005:1.0 / e|}, e => {|WARM1002:e / 7|}", scheduler: List),
            FactorSource.Script("e => Math.Min((e + 1) / 5.0, 1.0), e => Math.Max(0.0, 1 - e / 10.0), e => 1.0 / (e + 1), e => Math.Min((e + 1) / 7.0, 1.0)", scheduler: List));
    }

    [Fact]
    public Task LayoutAndCommentsSurvive() => Verify.Fix(
        FactorSource.Script("""
            epoch =>
                    {
                        // warm up over five epochs
                        if (epoch < 5)
                        {
                            return {|WARM1002:epoch / 5|}; // the ramp
                        }

                        #region decay
                        return   Math.Pow(0.9,epoch - 5);
                        #endregion
                    }
            """),
        FactorSource.Script("""
            epoch =>
                    {
                        // warm up over five epochs
                        if (epoch < 5)
                        {
                            return (epoch + 1) / 5.0; // the ramp
                        }

                        #region decay
                        return   Math.Pow(0.9,epoch - 5);
                        #endregion
                    }
            """));

    [Fact]
    public Task CommentsInsideTheExpressionSurvive() => Verify.Fix(
        FactorSource.Script("""
            epoch => Math.Min(
                        {|WARM1002:epoch /* zero-based */ / 5|}, // the ramp
                        1)
            """),
        FactorSource.Script("""
            epoch => Math.Min(
                        (epoch + 1) /* zero-based */ / 5.0, // the ramp
                        1)
            """));

    [Theory]
    [InlineData("@event => {|WARM1002:@event / 5|}", "@event => Math.Min((@event + 1) / 5.0, 1.0)")]
    [InlineData("static epoch => {|WARM1002:epoch / 5|}", "static epoch => Math.Min((epoch + 1) / 5.0, 1.0)")]
    [InlineData("(epoch) => ({|WARM1002:epoch / 5|})", "(epoch) => Math.Min((epoch + 1) / 5.0, 1.0)")]
    public Task NamesAndModifiers(string factor, string mended) => Verify.Fix(FactorSource.Script(factor), FactorSource.Script(mended));

    [Fact]
    public Task MathByUsingStatic() => Verify.Fix(
        "using static System.Math;\n" + FactorSource.Script("epoch => Min({|WARM1001:epoch / 5.0|}, 1)"),
        "using static System.Math;\n" + FactorSource.Script("epoch => Min((epoch + 1) / 5.0, 1.0)"));
}
