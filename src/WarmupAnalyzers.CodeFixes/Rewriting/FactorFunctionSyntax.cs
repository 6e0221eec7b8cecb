using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Schedules;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The function that a delegate stands for, as syntax in the same document.</summary>
/// <param name="Declaration">The lambda, local function or method.</param>
/// <param name="Index">The name of the schedule index, as it is written.</param>
/// <param name="Value">The one expression that the function is; null where it has statements.</param>
/// <param name="Result">The expression of the only return; null where there are several.</param>
internal sealed record FactorFunctionSyntax(SyntaxNode Declaration, SyntaxToken Index, ExpressionSyntax? Value, ExpressionSyntax? Result)
{
    private FactorFunctionSyntax(SyntaxNode declaration, ParameterSyntax index, ExpressionSyntax? expression, BlockSyntax? block)
        : this(declaration, index.Identifier, SingleValue(expression, block), expression ?? OnlyReturn(block))
    {
    }

    /// <summary>Follows the delegate's argument to its function; null where that stands elsewhere or cannot be told.</summary>
    public static FactorFunctionSyntax? Of(FactorState state, CancellationToken cancellation) => state.Schedule.Round is { } round
        ? HandWrittenRateSyntax.Of(round, state, cancellation)
        : Of(state.Delegate, state, cancellation);

    private static FactorFunctionSyntax? Of(SyntaxNode argument, FactorState state, CancellationToken cancellation)
    {
        switch (argument)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Of(parenthesized.Expression, state, cancellation);
            case CastExpressionSyntax cast:
                return Of(cast.Expression, state, cancellation);
            case ObjectCreationExpressionSyntax { ArgumentList.Arguments: [var only] }:
                return Of(only.Expression, state, cancellation);
            case SimpleLambdaExpressionSyntax simple:
                return new FactorFunctionSyntax(simple, simple.Parameter, simple.ExpressionBody, simple.Block);
            case ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var parameter] } lambda:
                return new FactorFunctionSyntax(lambda, parameter, lambda.ExpressionBody, lambda.Block);
            case AnonymousMethodExpressionSyntax { ParameterList.Parameters: [var parameter] } method:
                return new FactorFunctionSyntax(method, parameter, null, method.Block);
            case ExpressionSyntax expression when state.Model.GetSymbolInfo(expression, cancellation).Symbol is { } symbol:
                return OfSymbol(symbol, state, cancellation);
            default:
                return null;
        }
    }

    private static FactorFunctionSyntax? OfSymbol(ISymbol symbol, FactorState state, CancellationToken cancellation)
    {
        var declaration = symbol.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).FirstOrDefault();
        if (declaration is null || declaration.SyntaxTree != state.Root.SyntaxTree)
            return null;
        return declaration switch
        {
            LocalFunctionStatementSyntax { ParameterList.Parameters: [var parameter] } local =>
                new FactorFunctionSyntax(local, parameter, local.ExpressionBody?.Expression, local.Body),
            MethodDeclarationSyntax { ParameterList.Parameters: [var parameter] } method =>
                new FactorFunctionSyntax(method, parameter, method.ExpressionBody?.Expression, method.Body),
            VariableDeclaratorSyntax { Initializer.Value: { } value } => Of(value, state, cancellation),
            PropertyDeclarationSyntax { Initializer.Value: { } value } => Of(value, state, cancellation),
            PropertyDeclarationSyntax { ExpressionBody.Expression: { } value } => Of(value, state, cancellation),
            _ => null,
        };
    }

    /// <summary>The reads of the schedule index inside a node of this function.</summary>
    public IEnumerable<IdentifierNameSyntax> IndexReads(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == Index.ValueText && IsVariable(name));

    // `plan.epoch`, `epoch: …` and `{ epoch = … }` name something else.
    private static bool IsVariable(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax initializer } assignment =>
            assignment.Right == name || initializer.IsKind(SyntaxKind.CollectionInitializerExpression),
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax or AliasQualifiedNameSyntax => false,
        _ => true,
    };

    private static ExpressionSyntax? OnlyReturn(BlockSyntax? block) =>
        block?.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
            .OfType<ReturnStatementSyntax>().ToArray() is [{ Expression: { } value }] ? value : null;

    private static ExpressionSyntax? SingleValue(ExpressionSyntax? expression, BlockSyntax? block) =>
        expression ?? (block is { Statements: [ReturnStatementSyntax { Expression: { } value }] } ? value : null);
}

/// <summary>Whether code may be edited for the sake of one scheduler: nobody else calls it.</summary>
internal static class SoleUse
{
    public static async Task<bool> OfAllAsync(IEnumerable<SyntaxNode> nodes, FactorState state, CancellationToken cancellation)
    {
        foreach (var node in nodes)
        {
            if (node.SyntaxTree != state.Root.SyntaxTree || !await IsForThisSchedulerAsync(node, state, cancellation).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    private static async Task<bool> IsForThisSchedulerAsync(SyntaxNode node, FactorState state, CancellationToken cancellation)
    {
        if (state.Schedule.Round is { } round)
            return await IsForThisRoundAsync(node, round, state, cancellation).ConfigureAwait(false);
        // Up to where the scheduler is made: a method, local function or variable on the way is edited only if it has no other user.
        for (var current = node; current is not null && !current.Contains(state.Creation); current = current.Parent)
        {
            if (Named(current, state, cancellation) is { } symbol)
                return await ReferencesAsync(symbol, state, cancellation).ConfigureAwait(false) == 1;
        }

        return true;
    }

    // Up to the round: a helper on the way has one caller, and a variable no other reader but one that looks at the rate.
    private static async Task<bool> IsForThisRoundAsync(SyntaxNode node, HandWrittenRound round, FactorState state, CancellationToken cancellation)
    {
        for (var current = node; current is not null && current != round.Body; current = current.Parent)
        {
            if (current.Contains(round.Body) && current != round.Body)
                return false; // made before the loop
            if (current is LocalFunctionStatementSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax or VariableDeclaratorSyntax
                && state.Model.GetDeclaredSymbol(current, cancellation) is { } symbol)
            {
                var found = await SymbolFinder.FindReferencesAsync(symbol, state.Document.Project.Solution, cancellation).ConfigureAwait(false);
                var uses = found.SelectMany(reference => reference.Locations).ToArray();
                if (current is VariableDeclaratorSyntax ? uses.Count(use => !IsLookedAt(use.Location)) != 1 : uses.Length != 1)
                    return false;
                if (current is not VariableDeclaratorSyntax)
                    return uses[0].Document.Id == state.Document.Id
                        && await IsForThisRoundAsync(state.Root.FindNode(uses[0].Location.SourceSpan), round, state, cancellation).ConfigureAwait(false);
            }
        }

        return true;

        bool IsLookedAt(Location use) =>
            use.SourceTree == state.Root.SyntaxTree
            && state.Root.FindNode(use.SourceSpan).AncestorsAndSelf().OfType<InvocationExpressionSyntax>()
                .Any(call => state.Model.GetSymbolInfo(call, cancellation).Symbol is IMethodSymbol method && StepMethods.OnlyLooks(method));
    }

    private static ISymbol? Named(SyntaxNode node, FactorState state, CancellationToken cancellation) =>
        node is LocalFunctionStatementSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax
            || node is VariableDeclaratorSyntax && !BelongsToFactor(node, state)
            ? state.Model.GetDeclaredSymbol(node, cancellation)
            : null;

    // A variable of the factor function itself is nobody else's.
    private static bool BelongsToFactor(SyntaxNode variable, FactorState state) =>
        variable.FirstAncestorOrSelf<SyntaxNode>(ancestor =>
            ancestor is AnonymousFunctionExpressionSyntax or BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax)
        is { } function && !function.Contains(state.Creation);

    private static async Task<int> ReferencesAsync(ISymbol symbol, FactorState state, CancellationToken cancellation)
    {
        var found = await SymbolFinder.FindReferencesAsync(symbol, state.Document.Project.Solution, cancellation).ConfigureAwait(false);
        return found.Sum(reference => reference.Locations.Count());
    }
}
