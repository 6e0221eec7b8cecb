using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>What the training programs of these tests have in common.</summary>
internal static class SteppingProgram
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using TorchSharp;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;
        using static TorchSharp.torch.optim.lr_scheduler;
        using Optimizer = TorchSharp.torch.optim.Optimizer;
        using Model = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;


        """;

    /// <summary>A model, its data, an optimizer, and a function that brings gradients.</summary>
    public const string Setup = """
        var model = Linear(10, 1);
        var data = new List<(Tensor x, Tensor y)>();
        var optimizer = torch.optim.SGD(model.parameters(), learningRate: 0.1);
        void Backward(Tensor x, Tensor y)
        {
            optimizer.zero_grad();
            functional.mse_loss(model.forward(x), y).backward();
        }

        """;

    /// <summary>For programs that are nothing but types.</summary>
    public const string Main = """

        static class Program
        {
            static void Main()
            {
            }
        }
        """;
}

/// <summary>Stepping programs with markup for one rule: <c>[|…|]</c> is a report of it.</summary>
internal static class Stepping<TCodeFix>
    where TCodeFix : CodeFixProvider, new()
{
    public static string Program(string id, string source) =>
        SteppingProgram.Usings + source.Replace("[|", "{|" + id + ":").Replace("|]", "|}");

    public static Task Silent(string source) =>
        new WarmupTest<SteppingAnalyzer, TCodeFix> { TestCode = SteppingProgram.Usings + source }.RunAsync(CancellationToken.None);

    /// <summary>Reported, and by this provider not mended.</summary>
    public static Task Reported(string id, string source) => Fixed(id, source, source);

    public static Task Fixed(string id, string source, string fixedSource)
    {
        var test = new WarmupTest<SteppingAnalyzer, TCodeFix> { TestCode = Program(id, source), FixedCode = Program(id, fixedSource) };
        return test.RunAsync(CancellationToken.None);
    }

    /// <summary>Several files; the first is the program.</summary>
    public static Task Files(string id, params string[] sources)
    {
        var test = new WarmupTest<SteppingAnalyzer, TCodeFix>();
        foreach (var source in sources)
            test.TestState.Sources.Add(Program(id, source));
        return test.RunAsync(CancellationToken.None);
    }

    /// <summary>A program that does not compile.</summary>
    public static Task Unfinished(string source) =>
        new WarmupTest<SteppingAnalyzer, TCodeFix> { TestCode = SteppingProgram.Usings + source, CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);
}
