using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace WarmupAnalyzers.Tests.Robustness;

/// <summary>Runs analyzers without the compiler's driver: file by file on the thread that asks, so that what they allocate can be counted.</summary>
internal static class OneThread
{
    // As long as one compilation lives, those with the same references share what is known of these.
    private static readonly CSharpCompilation s_anchor = Findings.Compile("System.Console.WriteLine(TorchSharp.torch.optim.SGD(null, 0.1));");

    /// <summary>What the analyzers report, and the bytes that they allocate.</summary>
    public static (ImmutableArray<Diagnostic> Found, long Bytes) Run(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, Action<SemanticModel>? see = null)
    {
        GC.KeepAlive(s_anchor);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var action in Actions(compilation, analyzers, found.Add, see: see))
            action();
        return (found.ToImmutable(), GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>What each analyzer does with each file, file by file.</summary>
    public static IEnumerable<Action> Actions(
        CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Diagnostic> report, AnalyzerOptions? given = null, CancellationToken cancellation = default, Action<SemanticModel>? see = null)
    {
        var options = given ?? new AnalyzerOptions([]);
        var starts = analyzers.Select(analyzer => Begin(analyzer, compilation, options, cancellation)).ToArray();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            see?.Invoke(model);
            foreach (var action in starts.SelectMany(start => start.Actions))
            {
#pragma warning disable CS0618 // the driver that is to be used instead has threads of its own
                yield return () => action(new SemanticModelAnalysisContext(model, options, report, _ => true, cancellation));
#pragma warning restore CS0618
            }
        }
    }

    private static Start Begin(DiagnosticAnalyzer analyzer, CSharpCompilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var start = new Start(compilation, options, cancellation);
        analyzer.Initialize(new Beginning(start));
        return start;
    }

#pragma warning disable RS1012 // no analyzer: the side that calls one
    private sealed class Beginning(Start start) : AnalysisContext
    {
        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
        {
        }

        public override void EnableConcurrentExecution()
        {
        }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) => action(start);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockStartAction<T>(Action<CodeBlockStartAnalysisContext<T>> action) => throw new NotSupportedException();

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => throw new NotSupportedException();

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => throw new NotSupportedException();

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => throw new NotSupportedException();

        public override void RegisterSyntaxNodeAction<T>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<T> syntaxKinds) => throw new NotSupportedException();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => throw new NotSupportedException();
    }

    private sealed class Start(CSharpCompilation compilation, AnalyzerOptions options, CancellationToken cancellation) : CompilationStartAnalysisContext(compilation, options, cancellation)
    {
        public List<Action<SemanticModelAnalysisContext>> Actions { get; } = [];

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => Actions.Add(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockStartAction<T>(Action<CodeBlockStartAnalysisContext<T>> action) => throw new NotSupportedException();

        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => throw new NotSupportedException();

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => throw new NotSupportedException();

        public override void RegisterSyntaxNodeAction<T>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<T> syntaxKinds) => throw new NotSupportedException();

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => throw new NotSupportedException();
    }
#pragma warning restore
}
