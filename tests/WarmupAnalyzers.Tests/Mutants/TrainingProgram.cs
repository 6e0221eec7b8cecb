using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Tests.Consistency;

namespace WarmupAnalyzers.Tests.Mutants;

/// <summary>A correct training program, and where in it the training is.</summary>
internal sealed class TrainingProgram
{
    private readonly SemanticModel _model;

    private TrainingProgram(string name, string source)
    {
        Name = name;
        Source = source;
        Compilation = Findings.Compile(source);
        Root = (CompilationUnitSyntax)Compilation.SyntaxTrees[0].GetRoot();
        _model = Compilation.GetSemanticModel(Compilation.SyntaxTrees[0]);
    }

    public static ImmutableArray<TrainingProgram> All { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "tests", "WarmupAnalyzers.Tests", "Mutants", "Programs"), "*.cs")
            .OrderBy(file => file, StringComparer.Ordinal)
            .Select(file => new TrainingProgram(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file)))];

    public string Name { get; }

    public string Source { get; }

    public CSharpCompilation Compilation { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>The statements that call a method of this name on something of this type, and nothing else.</summary>
    public IEnumerable<ExpressionStatementSyntax> Calls(string method, string type) => Root.DescendantNodes()
        .OfType<ExpressionStatementSyntax>()
        .Where(statement => statement.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name.Identifier.ValueText == method
            && IsA(access.Expression, type));

    public IEnumerable<ExpressionStatementSyntax> SchedulerSteps => Calls("step", "LRScheduler");

    public IEnumerable<ExpressionStatementSyntax> OptimizerSteps => Calls("step", "Optimizer");

    /// <summary>The calls that make a scheduler, with its class's name.</summary>
    public IEnumerable<(InvocationExpressionSyntax Call, string Kind)> Creations => Root.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => _model.GetSymbolInfo(call).Symbol is IMethodSymbol { IsStatic: true, ContainingType.Name: "lr_scheduler" })
        .Select(call => (call, ((IMethodSymbol)_model.GetSymbolInfo(call).Symbol!).Name));

    /// <summary>The argument that a parameter is given; null where its default is taken.</summary>
    public ArgumentSyntax? Argument(InvocationExpressionSyntax call, string parameter)
    {
        var method = (IMethodSymbol)_model.GetSymbolInfo(call).Symbol!;
        return call.ArgumentList.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == parameter)
            ?? call.ArgumentList.Arguments.Where((argument, i) => argument.NameColon is null && i < method.Parameters.Length && method.Parameters[i].Name == parameter).FirstOrDefault();
    }

    /// <summary>The constant value of an expression; null where it has none.</summary>
    public object? Constant(ExpressionSyntax expression) => _model.GetConstantValue(expression) is { HasValue: true, Value: var value } ? value : null;

    public ISymbol? SymbolOf(SyntaxNode expression) => _model.GetSymbolInfo(expression).Symbol;

    /// <summary>The variable on which a step is called.</summary>
    public ISymbol? Receiver(ExpressionStatementSyntax call) => SymbolOf(((MemberAccessExpressionSyntax)((InvocationExpressionSyntax)call.Expression).Expression).Expression);

    /// <summary>The variable that a creation is kept in; null where it is handed on.</summary>
    public ISymbol? Holder(InvocationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } => _model.GetDeclaredSymbol(declarator),
        AssignmentExpressionSyntax assignment when assignment.Right == creation => SymbolOf(assignment.Left),
        _ => null,
    };

    /// <summary>Every mention of a variable.</summary>
    public IEnumerable<IdentifierNameSyntax> Mentions(ISymbol variable) => Root.DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(SymbolOf(name), variable));

    /// <summary>Whether the expression's type is this one of TorchSharp's, or derives from it.</summary>
    public bool IsA(ExpressionSyntax expression, string type)
    {
        for (var current = _model.GetTypeInfo(expression).Type; current is not null; current = current.BaseType)
        {
            if (current.Name == type && current.ContainingAssembly?.Name == "TorchSharp")
                return true;
        }

        return false;
    }

    /// <summary>The innermost loop in which a node stands, in its own function.</summary>
    public static StatementSyntax? LoopOf(SyntaxNode node) => node.Ancestors()
        .TakeWhile(outer => outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || outer is GlobalStatementSyntax)
        .OfType<StatementSyntax>()
        .FirstOrDefault(IsLoop);

    /// <summary>The outermost one.</summary>
    public static StatementSyntax? OutermostLoopOf(SyntaxNode node) => node.Ancestors()
        .TakeWhile(outer => outer is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) || outer is GlobalStatementSyntax)
        .OfType<StatementSyntax>()
        .LastOrDefault(IsLoop);

    public static bool IsLoop(StatementSyntax statement) => statement is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    public static BlockSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        ForStatementSyntax counted => counted.Statement as BlockSyntax,
        CommonForEachStatementSyntax each => each.Statement as BlockSyntax,
        WhileStatementSyntax conditional => conditional.Statement as BlockSyntax,
        DoStatementSyntax conditional => conditional.Statement as BlockSyntax,
        _ => null,
    };

    public override string ToString() => Name;
}
