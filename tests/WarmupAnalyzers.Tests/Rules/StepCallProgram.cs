using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Testing;
using WarmupAnalyzers.Rules;

namespace WarmupAnalyzers.Tests.Rules;

/// <summary>Programs with a call of <c>step</c>, with markup for one rule: <c>[|…|]</c> is a report of it.</summary>
internal static class StepCallProgram<TCodeFix>
    where TCodeFix : CodeFixProvider, new()
{
    public static Task Silent(string source) =>
        new WarmupTest<StepCallAnalyzer, TCodeFix> { TestCode = SteppingProgram.Usings + source }.RunAsync(CancellationToken.None);

    /// <summary>Reported, and by this provider not mended.</summary>
    public static Task Reported(string id, string source) => Fixed(id, source, source);

    public static Task Fixed(string id, string source, string fixedSource) =>
        new WarmupTest<StepCallAnalyzer, TCodeFix> { TestCode = Stepping<TCodeFix>.Program(id, source), FixedCode = Stepping<TCodeFix>.Program(id, fixedSource) }
            .RunAsync(CancellationToken.None);

    /// <summary>A program that does not compile.</summary>
    public static Task Unfinished(string source) =>
        new WarmupTest<StepCallAnalyzer, TCodeFix> { TestCode = SteppingProgram.Usings + source, CompilerDiagnostics = CompilerDiagnostics.None }.RunAsync(CancellationToken.None);
}
