using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace WarmupAnalyzers.Tests;

/// <summary>One program through an analyzer and its fix, by the public testing library, on the host's newest C#.</summary>
internal sealed class WarmupTest<TAnalyzer, TCodeFix> : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    public WarmupTest(bool withTorchSharp = true)
    {
        ReferenceAssemblies = new ReferenceAssemblies("net8.0");
        TestState.AdditionalReferences.AddRange(withTorchSharp ? TestReferences.All : TestReferences.Framework);
        TestState.OutputKind = OutputKind.ConsoleApplication;
    }

    protected override ParseOptions CreateParseOptions() =>
        ((CSharpParseOptions)base.CreateParseOptions()).WithLanguageVersion(LanguageVersion.Latest);

    protected override CompilationOptions CreateCompilationOptions() =>
        ((CSharpCompilationOptions)base.CreateCompilationOptions()).WithNullableContextOptions(NullableContextOptions.Enable);
}

/// <summary>Shorthands for <see cref="WarmupTest{TAnalyzer, TCodeFix}"/>.</summary>
internal static class Verify<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    /// <summary>The diagnostics that the markup claims, and no fix.</summary>
    public static Task NoFix(string source, params DiagnosticResult[] expected) => Fix(source, source, expected);

    /// <summary>The program is clean: no diagnostic at all.</summary>
    public static Task Silent(string source, bool withTorchSharp = true) =>
        new WarmupTest<TAnalyzer, TCodeFix>(withTorchSharp) { TestCode = source }.RunAsync(CancellationToken.None);

    /// <summary>The diagnostics that the markup claims; each fixed one by one, and by Fix All, the source is the fixed one.</summary>
    public static Task Fix(string source, string fixedSource, params DiagnosticResult[] expected) =>
        Fix(source, fixedSource, actionIndex: null, expected);

    /// <summary>As above with the action of that index.</summary>
    public static Task Fix(string source, string fixedSource, int? actionIndex, params DiagnosticResult[] expected)
    {
        var test = new WarmupTest<TAnalyzer, TCodeFix> { TestCode = source, FixedCode = fixedSource, CodeActionIndex = actionIndex };
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync(CancellationToken.None);
    }

    /// <summary>A diagnostic of the analyzer at a markup location.</summary>
    public static DiagnosticResult Diagnostic(string id, int location, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new DiagnosticResult(id, severity).WithLocation(location);
}
