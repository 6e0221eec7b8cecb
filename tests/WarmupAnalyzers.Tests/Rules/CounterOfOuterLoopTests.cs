using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.CodeFixes.Fixes;
using WarmupAnalyzers.Rules;
using Xunit;

namespace WarmupAnalyzers.Tests.Rules;

public class CounterOfOuterLoopTests
{
    private const string Id = "WARM3014";

    private const string Batch = "{ optimizer.zero_grad(); Loss(data[0].x, data[0].y).backward(); optimizer.step(); }";

    private static Task Fixed(string source, string fixedSource) => TrainingLoop<CounterOfOuterLoopReviewFix>.Fixed(Id, source, fixedSource);

    private static Task Silent(string source) => TrainingLoop<CounterOfOuterLoopReviewFix>.Silent(source);

    private static string Loops(string inner, string body = Batch, string outer = "for (int i = 0; i < 10; i++)") =>
        TrainingLoopProgram.Setup + "var n = data.Count;\n" + outer + "\n{\n    " + inner + "\n    " + body + "\n}\nvoid Train() " + Batch + "\n";

    [Theory]
    [InlineData("[|for (int idx = 0; i < n; i++)|]", "for (int idx = 0; idx < n; idx++)")]
    [InlineData("[|for (var idx = 0; /* all */ i < n; ++i)|]", "for (var idx = 0; /* all */ idx < n; ++idx)")]
    [InlineData("[|for (int idx = 0; i + 1 < n && i >= 0; i += 2)|]", "for (int idx = 0; idx + 1 < n && idx >= 0; idx += 2)")]
    [InlineData("[|for (int @out = 0; n > i; i++)|]", "for (int @out = 0; n > @out; @out++)")]
    public Task Its_own_variable_is_used(string inner, string mended) => Fixed(Loops(inner), Loops(mended));

    [Fact]
    public Task The_training_is_in_a_method() => Fixed(Loops("[|for (int idx = 0; i < n; i++)|]", "Train();"), Loops("for (int idx = 0; idx < n; idx++)", "Train();"));

    [Fact]
    public Task The_variable_is_of_the_loop_further_out() => Fixed(
        Loops("while (true) [|for (int idx = 0; i < n; i++)|]"),
        Loops("while (true) for (int idx = 0; idx < n; idx++)"));

    [Theory]
    [InlineData("for (int idx = 0; idx < n; idx++)", Batch)]
    [InlineData("for (int idx = 0; i < n; idx++)", Batch)]
    [InlineData("for (int idx = 0; idx < n; i++)", Batch)]
    [InlineData("for (int idx = 0; i < n; i++)", "{ Console.WriteLine(idx); }")] // no training
    [InlineData("for (int idx = 0; i < n; i++)", "{ Train(); idx += 2; }")] // counted in the body
    [InlineData("for (int idx = 0; i < n; i++)", "{ Train(); Move(ref idx); } void Move(ref int k) => k++;")]
    [InlineData("for (; i < n; i++)", Batch)]
    [InlineData("for (int idx = 0; n > 0; n--)", Batch)]
    [InlineData("for (double idx = 0; i < n; i++)", Batch)]
    public Task Loops_that_are_right_or_may_be(string inner, string body) => Silent(Loops(inner, body));

    [Fact]
    public Task A_variable_of_no_loop() => Silent(Loops("for (int idx = 0; i < n; i++)", outer: "int i = 0; while (i < 10)"));

    [Theory]
    [InlineData("for (int idx = 0; i < ; i++)")]
    [InlineData("for (int idx = 0; i < missing; i++)")]
    [InlineData("for (int idx = 0; i < n; i++")]
    public Task Half_typed_code(string inner) =>
        new WarmupTest<TrainingLoopAnalyzer, CounterOfOuterLoopReviewFix> { TestCode = TrainingLoopProgram.Usings + Loops(inner), CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);
}
