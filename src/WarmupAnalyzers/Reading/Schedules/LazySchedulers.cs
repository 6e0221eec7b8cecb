using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Schedules;

/// <summary>A list of schedulers that is a query or an iterator: it makes them anew each time that somebody goes through it.</summary>
internal static class LazySchedulers
{
    private const int DepthLimit = 8;

    /// <summary>The deferred queries that hand the elements of their sources on.</summary>
    private static readonly ImmutableHashSet<string> s_passing = ImmutableHashSet.Create(
        "Where", "Take", "Skip", "TakeWhile", "SkipWhile", "Reverse", "Append", "Prepend", "Concat", "AsEnumerable", "Cast", "OfType");

    public static bool AreMadeAnew(IOperation list, TrainingCode code, CancellationToken cancellation) => AreMadeAnew(list, code, DepthLimit, cancellation);

    private static bool AreMadeAnew(IOperation list, TrainingCode code, int depth, CancellationToken cancellation)
    {
        if (depth == 0)
            return false;
        return list.Unwrapped() switch
        {
            ITranslatedQueryOperation query => AreMadeAnew(query.Operation, code, depth - 1, cancellation),
            ILocalReferenceOperation { Local: var local } => VariableWrites.Of(local, code, cancellation).Count == 0
                && code.InitializerOf(local, cancellation) is { } value && AreMadeAnew(value, code, depth - 1, cancellation),
            IInvocationOperation call when IsQuery(call.TargetMethod) => IsOfNew(call, code, depth, cancellation),
            IInvocationOperation call => Yields(call.TargetMethod, code, depth, cancellation),
            _ => false,
        };
    }

    private static bool IsQuery(IMethodSymbol method) => method.ContainingType is { Name: "Enumerable" } && StepMethods.IsFramework(method);

    private static bool IsOfNew(IInvocationOperation query, TrainingCode code, int depth, CancellationToken cancellation)
    {
        if (query.TargetMethod.Name == "Select")
            return query.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1) is { } selector && IsMadeBy(selector.Value, code, depth, cancellation);
        return s_passing.Contains(query.TargetMethod.Name)
            && query.Arguments.Any(argument => AreMadeAnew(argument.Value, code, depth - 1, cancellation));
    }

    private static bool IsMadeBy(IOperation function, TrainingCode code, int depth, CancellationToken cancellation)
    {
        var body = function.Unwrapped() switch
        {
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => lambda.Body,
            IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } reference } when StepMethods.IsFinal(method, reference.IsVirtual) =>
                code.BodyOf(method, cancellation),
            _ => null,
        };
        return body is not null && AllAreMade(Returned(body, OperationKind.Return), code, depth - 1, cancellation);
    }

    // An iterator that makes one of its own is run again from its start.
    private static bool Yields(IMethodSymbol method, TrainingCode code, int depth, CancellationToken cancellation) =>
        !method.IsVirtual && !method.IsAbstract && !method.IsOverride
        && code.BodyOf(method, cancellation) is { } body && AllAreMade(Returned(body, OperationKind.YieldReturn), code, depth - 1, cancellation);

    /// <summary>What a body returns, without the functions in it.</summary>
    private static IEnumerable<IOperation> Returned(IOperation body, OperationKind kind)
    {
        foreach (var part in body.ChildOperations)
        {
            if (part is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            if (part is IReturnOperation { ReturnedValue: { } value } && part.Kind == kind)
                yield return value;
            foreach (var inner in Returned(part, kind))
                yield return inner;
        }
    }

    private static bool AllAreMade(IEnumerable<IOperation> values, TrainingCode code, int depth, CancellationToken cancellation)
    {
        var made = values.ToArray();
        return made.Length > 0 && made.All(value => IsMade(value, code, depth, cancellation));
    }

    private static bool IsMade(IOperation value, TrainingCode code, int depth, CancellationToken cancellation)
    {
        if (depth <= 0)
            return false;
        return value.Unwrapped() switch
        {
            IThrowOperation => true,
            IConditionalOperation { WhenFalse: { } other } choice => IsMade(choice.WhenTrue, code, depth - 1, cancellation) && IsMade(other, code, depth - 1, cancellation),
            ISwitchExpressionOperation choice => choice.Arms.All(arm => IsMade(arm.Value, code, depth - 1, cancellation)),
            ILocalReferenceOperation { Local: var local } => IsOwnLocal(local, value) && VariableWrites.Of(local, code, cancellation).Count == 0
                && code.InitializerOf(local, cancellation) is { } initial && IsMade(initial, code, depth - 1, cancellation),
            var other when SchedulerCreation.Read(other, code.Symbols) is not null => true,
            IInvocationOperation { TargetMethod: { IsStatic: true } own } when code.Symbols.Own?.IsFactory(own) == true => true,
            IInvocationOperation call when StepMethods.IsFinal(call.TargetMethod, call.IsVirtual) && code.BodyOf(call.TargetMethod, cancellation) is { } body =>
                AllAreMade(Returned(body, OperationKind.Return), code, depth - 1, cancellation),
            _ => false,
        };
    }

    // One that is captured was made once, outside.
    private static bool IsOwnLocal(ILocalSymbol local, IOperation value)
    {
        for (IOperation? outer = value; outer is not null; outer = outer.Parent)
        {
            switch (outer)
            {
                case IAnonymousFunctionOperation lambda:
                    return SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, lambda.Symbol);
                case ILocalFunctionOperation function:
                    return SymbolEqualityComparer.Default.Equals(local.ContainingSymbol, function.Symbol);
            }
        }

        return true;
    }
}
