using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>What the programs of the training loop rules have in common.</summary>
internal static class TrainingLoopProgram
{
    public const string Usings = SteppingProgram.Usings;

    /// <summary>A model, its data, an optimizer, and a loss.</summary>
    public const string Setup = """
        var model = Linear(10, 1);
        var data = new List<(Tensor x, Tensor y)>();
        var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.1);
        Tensor Loss(Tensor x, Tensor y) => functional.mse_loss(model.forward(x), y);

        """;
}

/// <summary>Programs with markup for one of those rules: <c>[|…|]</c> is a report of it.</summary>
internal static class TrainingLoop<TCodeFix>
    where TCodeFix : CodeFixProvider, new()
{
    public static Task Silent(string source) =>
        new WarmupTest<TrainingLoopAnalyzer, TCodeFix> { TestCode = SteppingProgram.Usings + source }.RunAsync(CancellationToken.None);

    public static Task Fixed(string id, string source, string fixedSource) => new WarmupTest<TrainingLoopAnalyzer, TCodeFix>
    {
        TestCode = Stepping<TCodeFix>.Program(id, source),
        FixedCode = Stepping<TCodeFix>.Program(id, fixedSource),
    }.RunAsync(CancellationToken.None);
}
