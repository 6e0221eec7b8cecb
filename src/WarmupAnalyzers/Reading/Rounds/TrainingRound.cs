using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Factors;
using WarmupAnalyzers.Reading.Optimizers;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Rounds;

/// <summary>One round of training in which a learning rate is written by hand and the optimizer steps.</summary>
/// <param name="Body">What runs in each round: a loop's body, or a method's that is called for each batch.</param>
/// <param name="Loop">The loop; null where the round is a method.</param>
/// <param name="Optimizer">The optimizer, as this code names it.</param>
/// <param name="Path">The same as a path.</param>
/// <param name="Content">What happens to the rate in it.</param>
internal sealed record TrainingRound(IOperation Body, ILoopOperation? Loop, IOperation Optimizer, SymbolPath Path, RoundContent Content)
{
    private const int MaximumCallers = 4;
    private const int MaximumCalls = 8;

    /// <summary>
    /// The rounds that a write belongs to: of the loop round it, then those that call its method, from the inside out. Those of
    /// one distance stand together.
    /// </summary>
    public static IEnumerable<ImmutableArray<TrainingRound>> Of(IOperation write, IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        var places = ImmutableArray.Create((Place: write, Optimizer: optimizer));
        for (var depth = 0; depth <= MaximumCallers && !places.IsEmpty; depth++)
        {
            var found = places.Select(place => In(place.Place, place.Optimizer, code, cancellation)).OfType<TrainingRound>().ToImmutableArray();
            if (!found.IsEmpty)
                yield return found.GroupBy(round => round.Body.Syntax).Select(same => same.First()).ToImmutableArray();
            places = places.SelectMany(place => Callers(place.Place, place.Optimizer, code, cancellation)).Take(MaximumCalls + 1).ToImmutableArray();
            if (places.Length > MaximumCalls)
                yield break;
        }
    }

    private static TrainingRound? In(IOperation place, IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        if (SymbolPaths.Of(optimizer) is not { } path)
            return null;
        foreach (var (body, loop) in Bodies(place))
        {
            var content = RoundContent.Of(body, path, code, cancellation);
            if (content.Steps.Count > 0)
                return new TrainingRound(body, loop, optimizer, path, content);
        }

        return null;
    }

    /// <summary>The bodies of the loops round a place, from the inside out, and of its function at last.</summary>
    private static IEnumerable<(IOperation Body, ILoopOperation? Loop)> Bodies(IOperation place)
    {
        var inner = place;
        for (var outer = place.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is ILoopOperation loop && loop.Body == inner)
                yield return (inner, loop);
            if (IsFunction(outer))
            {
                yield return (inner, null);
                yield break;
            }
        }

        yield return (inner, null);
    }

    private static bool IsFunction(IOperation operation) =>
        operation is ILocalFunctionOperation or IMethodBodyBaseOperation
        || operation is IAnonymousFunctionOperation lambda && RateTarget.ImmediateCall(lambda) is null;

    private static IEnumerable<(IOperation Place, IOperation Optimizer)> Callers(IOperation place, IOperation optimizer, TrainingCode code, CancellationToken cancellation)
    {
        if (FunctionOf(place, code, cancellation) is not { } method || SymbolPaths.Of(optimizer) is not { } path)
            yield break;
        foreach (var call in CallsOf(method, code, cancellation))
        {
            if (AtCall(call, method, optimizer, path) is { } there)
                yield return (call, there);
        }
    }

    // The optimizer as the caller names it.
    private static IOperation? AtCall(IInvocationOperation call, IMethodSymbol method, IOperation optimizer, SymbolPath path)
    {
        if (path.Symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol.OriginalDefinition, method))
            return call.Arguments.FirstOrDefault(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.OriginalDefinition))?.Value.Unwrapped();
        if (RootOf(path) is IParameterSymbol root && SymbolEqualityComparer.Default.Equals(root.ContainingSymbol.OriginalDefinition, method))
            return null;
        return call.Instance is null or IInstanceReferenceOperation ? optimizer : null;
    }

    private static ISymbol RootOf(SymbolPath path) => path.Receiver is { } receiver ? RootOf(receiver) : path.Symbol;

    private static IMethodSymbol? FunctionOf(IOperation place, TrainingCode code, CancellationToken cancellation)
    {
        for (var outer = place; outer is not null; outer = outer.Parent)
        {
            if (outer is ILocalFunctionOperation local)
                return local.Symbol.OriginalDefinition;
            if (outer is IAnonymousFunctionOperation lambda && RateTarget.ImmediateCall(lambda) is null)
                return null;
        }

        return code.ModelOf(place.Syntax.SyntaxTree)?.GetEnclosingSymbol(place.Syntax.SpanStart, cancellation) is { } symbol
            ? Declared(symbol)
            : null;
    }

    private static IMethodSymbol? Declared(ISymbol? symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            symbol = symbol.ContainingSymbol;
        return symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } method ? method.OriginalDefinition : null;
    }

    private static IEnumerable<IInvocationOperation> CallsOf(IMethodSymbol method, TrainingCode code, CancellationToken cancellation)
    {
        var isOwn = method.MethodKind == MethodKind.LocalFunction || method.DeclaredAccessibility == Accessibility.Private;
        var calls = isOwn
            ? FileOrder.PartsOf(method.ContainingType).SelectMany(part => code.Calls.In(part.GetSyntax(cancellation), method.Name))
            : code.Mentions.CallsOf(method, cancellation);
        foreach (var syntax in calls)
        {
            if (code.OperationOf(syntax, cancellation) is IInvocationOperation call && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method))
                yield return call;
        }
    }
}
