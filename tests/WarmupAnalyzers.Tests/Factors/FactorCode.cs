using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Factors;

namespace WarmupAnalyzers.Tests.Factors;

/// <summary>C# source as a compilation, and the factor programs in it.</summary>
internal sealed class FactorCode
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);

    public FactorCode(params string[] sources)
        : this(TestReferences.All, sources)
    {
    }

    public FactorCode(ImmutableArray<MetadataReference> references, params string[] sources)
    {
        Compilation = CSharpCompilation.Create(
            "Factors",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, s_parse, "file" + i + ".cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        Code = new TrainingCode(Compilation, KnownSymbols.Find(Compilation)!);
    }

    public CSharpCompilation Compilation { get; }

    public TrainingCode Code { get; }

    /// <summary>The delegate that a method returns, in the class of that name or in any.</summary>
    public FactorProgram ReturnedBy(string method, string? type = null, CancellationToken cancellation = default)
    {
        var declaration = Compilation.SyntaxTrees
            .SelectMany(tree => ((CompilationUnitSyntax)tree.GetRoot(cancellation)).Members.OfType<TypeDeclarationSyntax>())
            .Where(declared => type is null || declared.Identifier.ValueText == type)
            .SelectMany(declared => declared.Members.OfType<MethodDeclarationSyntax>())
            .First(candidate => candidate.Identifier.ValueText == method);
        return Read(ReturnedValue(declaration), cancellation);
    }

    /// <summary>The delegate given to the first call of <c>LambdaLR</c>.</summary>
    public FactorProgram GivenToLambdaLR(CancellationToken cancellation = default)
    {
        var call = Compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes())
            .OfType<InvocationExpressionSyntax>()
            .First(invocation => invocation.Expression.ToString().EndsWith("LambdaLR", System.StringComparison.Ordinal));
        return Read(call.ArgumentList.Arguments[1].Expression, cancellation);
    }

    public ImmutableArray<Diagnostic> Errors() =>
        [.. Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

    private static ExpressionSyntax ReturnedValue(MethodDeclarationSyntax method) =>
        method.ExpressionBody?.Expression ?? method.Body!.Statements.OfType<ReturnStatementSyntax>().Last().Expression!;

    private FactorProgram Read(ExpressionSyntax expression, CancellationToken cancellation) =>
        FactorReader.Read(Code.OperationOf(expression, cancellation)!, null, Code, cancellation);
}
