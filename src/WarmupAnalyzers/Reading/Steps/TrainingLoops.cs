using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The loops that a call runs in: those round it, and those that call its method.</summary>
internal static class TrainingLoops
{
    private const int MaximumCallers = 4;
    private const int MaximumCalls = 16;

    /// <summary>The innermost loops: the one round the call, or else those round the calls of its method.</summary>
    public static IEnumerable<ILoopOperation> Innermost(IOperation place, TrainingCode code, CancellationToken cancellation)
    {
        foreach (var loop in Innermost(place, code, MaximumCallers, new(), cancellation))
            yield return loop;
    }

    /// <summary>All loops that the loop itself runs in.</summary>
    public static IEnumerable<ILoopOperation> Outside(ILoopOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        var seen = new HashSet<SyntaxNode> { loop.Syntax };
        var open = new Queue<IOperation>();
        open.Enqueue(loop);
        while (open.Count > 0)
        {
            var place = open.Dequeue();
            foreach (var outer in Ancestors(place).OfType<ILoopOperation>())
            {
                if (seen.Add(outer.Syntax))
                    yield return outer;
            }

            foreach (var call in Calls(place, code, cancellation))
            {
                if (seen.Add(call.Syntax))
                    open.Enqueue(call);
            }
        }
    }

    // Callers that call each other are many ways to the same loops: from one place, and so far from it, they are looked for once.
    private static IEnumerable<ILoopOperation> Innermost(IOperation place, TrainingCode code, int depth, HashSet<(SyntaxNode Place, int Depth)> seen, CancellationToken cancellation)
    {
        if (!seen.Add((place.Syntax, depth)))
            return [];
        foreach (var outer in Ancestors(place))
        {
            if (outer is ILoopOperation loop)
                return [loop];
            if (outer is IAnonymousFunctionOperation lambda) // run by whoever has it
                return depth == 0 ? [] : HeldLambdas.CallsOf(lambda, code, cancellation).Take(MaximumCalls).SelectMany(call => Innermost(call, code, depth - 1, seen, cancellation));
            if (outer is ILocalFunctionOperation)
                break;
        }

        return depth == 0 ? [] : Calls(place, code, cancellation).Take(MaximumCalls).SelectMany(call => Innermost(call, code, depth - 1, seen, cancellation));
    }

    private static IEnumerable<IOperation> Ancestors(IOperation place)
    {
        for (var outer = place.Parent; outer is not null; outer = outer.Parent)
            yield return outer;
    }

    /// <summary>The calls of the method or local function that a place stands in, also of what it overrides.</summary>
    private static IEnumerable<IInvocationOperation> Calls(IOperation place, TrainingCode code, CancellationToken cancellation)
    {
        if (FunctionOf(place, code, cancellation) is not { } function)
            yield break;
        // What overrides another method is called by that one's symbol.
        foreach (var syntax in function.IsOverride ? code.Calls.Of(function.Name, cancellation) : code.Mentions.CallsOf(function, cancellation))
        {
            if (code.OperationOf(syntax, cancellation) is IInvocationOperation call
                && (SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, function) || (call.IsVirtual && StepMethods.IsOverrideOf(function, call.TargetMethod))))
                yield return call;
        }
    }

    private static IMethodSymbol? FunctionOf(IOperation place, TrainingCode code, CancellationToken cancellation)
    {
        var symbol = code.ModelOf(place.Syntax.SyntaxTree)?.GetEnclosingSymbol(place.Syntax.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction })
            symbol = symbol.ContainingSymbol;
        return symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method ? method.OriginalDefinition : null;
    }
}
