using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Reading;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Schedules;

namespace WarmupAnalyzers.CodeFixes.Rewriting;

/// <summary>The expression that a hand-written rate is, as syntax in the same document.</summary>
internal static class HandWrittenRateSyntax
{
    private const int MaximumHops = 4;

    /// <summary>Follows the value written to the expression that computes it; null where it is written in several ways or elsewhere.</summary>
    public static FactorFunctionSyntax? Of(HandWrittenRound round, FactorState state, CancellationToken cancellation)
    {
        if (!round.IsOneWrite || state.Delegate is not ExpressionSyntax written)
            return null;
        var value = written;
        for (var hops = 0; hops < MaximumHops && Made(value, round, state, cancellation) is { } made; hops++)
            value = made;
        return IndexIn(value, round, state, cancellation) is { } index
            ? new FactorFunctionSyntax(round.Body, index.Identifier, value, value)
            : null;
    }

    // What a variable is made with, a helper returns, or its parameter is given.
    private static ExpressionSyntax? Made(ExpressionSyntax value, HandWrittenRound round, FactorState state, CancellationToken cancellation)
    {
        var plain = FactorSyntax.Unparenthesized(value);
        if (plain is not (IdentifierNameSyntax or InvocationExpressionSyntax)
            || state.Model.GetSymbolInfo(plain, cancellation).Symbol is not { DeclaringSyntaxReferences: [var reference] } symbol
            || reference.SyntaxTree != state.Root.SyntaxTree)
            return null;
        return reference.GetSyntax(cancellation) switch
        {
            ParameterSyntax => GivenIn(round, (IParameterSymbol)symbol, state, cancellation),
            VariableDeclaratorSyntax { Initializer.Value: { } initializer } => initializer,
            MethodDeclarationSyntax method => method.ExpressionBody?.Expression ?? Returned(method.Body),
            LocalFunctionStatementSyntax local => local.ExpressionBody?.Expression ?? Returned(local.Body),
            _ => null,
        };
    }

    // The round's only call says it; a value that the round does not give, or gives twice, is none to edit.
    private static ExpressionSyntax? GivenIn(HandWrittenRound round, IParameterSymbol parameter, FactorState state, CancellationToken cancellation) =>
        round.Body.SyntaxTree != state.Root.SyntaxTree ? null : round.Body.DescendantNodes().OfType<ArgumentSyntax>()
            .Where(argument => SymbolEqualityComparer.Default.Equals(ParameterOf(argument, state, cancellation)?.OriginalDefinition, parameter.OriginalDefinition))
            .ToArray() is [var only] ? only.Expression : null;

    private static ExpressionSyntax? Returned(BlockSyntax? block) =>
        block is { Statements: [ReturnStatementSyntax { Expression: { } value }] } ? value : null;

    // The index itself, or the parameter of a helper that is given it: whichever of a helper's parameters, the numbers will tell.
    private static IdentifierNameSyntax? IndexIn(ExpressionSyntax value, HandWrittenRound round, FactorState state, CancellationToken cancellation)
    {
        var names = value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => (Name: name, state.Model.GetSymbolInfo(name, cancellation).Symbol))
            .ToArray();
        return names.FirstOrDefault(name => SymbolEqualityComparer.Default.Equals(name.Symbol?.OriginalDefinition, round.Index)).Name
            ?? names.FirstOrDefault(name => name.Symbol is IParameterSymbol parameter && IsGivenIndex(parameter, round, state, cancellation)).Name;
    }

    // The round may stand in another file than the helper.
    private static bool IsGivenIndex(IParameterSymbol parameter, HandWrittenRound round, FactorState state, CancellationToken cancellation) =>
        state.Code.ModelOf(round.Body.SyntaxTree) is { } model && round.Body.DescendantNodes().OfType<ArgumentSyntax>()
            .Where(argument => model.GetSymbolInfo(argument.Expression, cancellation).Symbol is { } symbol && SymbolEqualityComparer.Default.Equals(symbol.OriginalDefinition, round.Index))
            .Any(argument => ParameterOf(argument, state, cancellation) is { } given && SymbolEqualityComparer.Default.Equals(given.OriginalDefinition, parameter.OriginalDefinition));

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, FactorState state, CancellationToken cancellation) =>
        (state.Code.OperationOf(argument, cancellation) as Microsoft.CodeAnalysis.Operations.IArgumentOperation)?.Parameter;
}

/// <summary>The full rate that a hand-written warmup leads to, as the user writes it in the expression.</summary>
internal sealed class RatePlateau
{
    private readonly FactorProgram _value;

    private RatePlateau(ExpressionSyntax written, FactorProgram value)
    {
        Written = written;
        _value = value;
    }

    public ExpressionSyntax Written { get; }

    /// <summary>It is the optimizer's own rate; else only a ramp that ends there shows it.</summary>
    public bool IsCertain { get; private init; }

    /// <summary>What it is under an assignment of the state it was found in.</summary>
    public double Under(Assignment assignment, CancellationToken cancellation) => _value.Under(assignment, cancellation).FactorAt(0);

    /// <summary>Everything in an expression that may be the full rate: the optimizer's own first, where that is known no other.</summary>
    public static IEnumerable<RatePlateau> In(FactorFunctionSyntax function, FactorState state, CancellationToken cancellation)
    {
        foreach (var part in function.Value!.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Where(part => part is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax))
        {
            if (state.Model.GetTypeInfo(part, cancellation).Type?.SpecialType is not (SpecialType.System_Double or SpecialType.System_Single)
                || part.Parent is MemberAccessExpressionSyntax access && access.Name == part
                || function.IndexReads(part).Any()
                || state.Code.OperationOf(part, cancellation) is not { } operation)
                continue;
            var (value, keys) = FactorReader.ReadRate(operation, state.Code, cancellation);
            if (IsFullRate(value, keys, state, cancellation))
                yield return new RatePlateau(part, value) { IsCertain = state.Schedule.BaseRate.Name is not null };
        }
    }

    private static bool IsFullRate(FactorProgram value, ImmutableHashSet<object> keys, FactorState state, CancellationToken cancellation)
    {
        var rate = state.Schedule.BaseRate;
        if (rate.Name is null || keys.Overlaps(rate.Keys))
            return true;
        return value.FreeVariables.IsEmpty && value.Under(Assignment.Empty, cancellation).FactorAt(0) == rate.Value;
    }
}
