using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>What constants say about how often a loop runs and what its variable starts with.</summary>
internal static class LoopCount
{
    public static bool RunsAtLeastOnce(IForLoopOperation loop)
    {
        if (loop.Condition?.Unwrapped() is not IBinaryOperation comparison
            || comparison.LeftOperand.Unwrapped() is not ILocalReferenceOperation counter
            || Constant(comparison.RightOperand) is not { } bound
            || Start(loop, counter.Local) is not { } start)
            return false;
        return comparison.OperatorKind switch
        {
            BinaryOperatorKind.LessThan => start < bound,
            BinaryOperatorKind.LessThanOrEqual => start <= bound,
            BinaryOperatorKind.GreaterThan => start > bound,
            BinaryOperatorKind.GreaterThanOrEqual => start >= bound,
            _ => false,
        };
    }

    public static bool RunsAtLeastOnce(IForEachLoopOperation loop) => loop.Collection.Unwrapped() switch
    {
        IInvocationOperation range when IsRange(range) => Argument(range, "count") is > 0,
        IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues.Length > 0,
        _ => false,
    };

    /// <summary>The value that <c>i</c>, <c>i + c</c> or a constant has when the loop that declares <c>i</c> runs first.</summary>
    public static int? FirstValue(IOperation value)
    {
        var unwrapped = value.Unwrapped();
        if (Constant(unwrapped) is { } constant)
            return constant;
        switch (unwrapped)
        {
            case ILocalReferenceOperation local:
                return FirstValue(local);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return FirstValue(sum.LeftOperand) + FirstValue(sum.RightOperand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference:
                return FirstValue(difference.LeftOperand) - FirstValue(difference.RightOperand);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product:
                var (left, right) = (FirstValue(product.LeftOperand), FirstValue(product.RightOperand));
                return left == 0 || right == 0 ? 0 : left * right;
            default:
                return null;
        }
    }

    /// <summary>The same, also for a local that starts with a constant and is counted up where it is given: <c>++i</c>, <c>i++</c>.</summary>
    public static int? FirstCount(IOperation value) => value.Unwrapped() is IIncrementOrDecrementOperation { Kind: OperationKind.Increment } count
        ? ConstantStart(count) + (count.IsPostfix ? 0 : 1)
        : FirstValue(value);

    // Nobody else writes it.
    private static int? ConstantStart(IIncrementOrDecrementOperation count)
    {
        var root = RootOf(count);
        if (count.Target is not ILocalReferenceOperation { Local: var local } || root.Descendants().Count(part => Changes(part, local)) != 1)
            return null;
        return root.Descendants().OfType<IVariableDeclaratorOperation>().FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
            ?.GetVariableInitializer() is { } start ? Constant(start.Value) : null;
    }

    private static IOperation RootOf(IOperation part)
    {
        var root = part;
        while (root.Parent is { } parent)
            root = parent;
        return root;
    }

    /// <summary>The first value of a loop's own variable that counts up by one from round to round; null where it is not certain.</summary>
    public static int? StartOf(ILoopOperation loop, ILocalSymbol variable) => loop switch
    {
        IForLoopOperation counted => !IsWritten(counted.Body, variable) && AddsOne(counted, variable) ? Start(counted, variable) : null,
        IForEachLoopOperation { Collection: var collection } => collection.Unwrapped() is IInvocationOperation range && IsRange(range) ? Argument(range, "start") : null,
        _ => null,
    };

    private static bool AddsOne(IForLoopOperation loop, ILocalSymbol variable)
    {
        var changes = loop.AtLoopBottom.Concat(loop.Condition is { } condition ? [condition] : []).SelectMany(step => step.DescendantsAndSelf()).Where(step => Changes(step, variable)).ToArray();
        return changes is [IIncrementOrDecrementOperation { Kind: OperationKind.Increment }]
            || changes is [ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum] && Constant(sum.Value) == 1;
    }

    private static int? FirstValue(ILocalReferenceOperation local)
    {
        for (IOperation? current = local.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IForLoopOperation loop when loop.Locals.Contains(local.Local, SymbolEqualityComparer.Default):
                    return IsWritten(loop.Body, local.Local) ? null : Start(loop, local.Local);
                case IForEachLoopOperation loop when loop.Locals.Contains(local.Local, SymbolEqualityComparer.Default):
                    return loop.Collection.Unwrapped() is IInvocationOperation range && IsRange(range) ? Argument(range, "start") : null;
            }
        }

        return null;
    }

    private static int? Start(IForLoopOperation loop, ILocalSymbol counter) => StartValue(loop, counter) is { } start ? Constant(start) : null;

    /// <summary>What a loop's counter is declared with in its header; null where it is not declared there.</summary>
    public static IOperation? StartValue(IForLoopOperation loop, ILocalSymbol counter)
    {
        foreach (var declarator in loop.Before.SelectMany(part => part.DescendantsAndSelf()).OfType<IVariableDeclaratorOperation>())
        {
            if (SymbolEqualityComparer.Default.Equals(declarator.Symbol, counter))
                return declarator.GetVariableInitializer()?.Value;
        }

        return null;
    }

    /// <summary>Whether a variable is written in a part of the code.</summary>
    public static bool IsWritten(IOperation body, ILocalSymbol local) =>
        body.Descendants().Any(operation => Changes(operation, local));

    private static bool Changes(IOperation operation, ILocalSymbol local) => operation switch
    {
        IAssignmentOperation assignment => IsLocal(assignment.Target, local),
        IIncrementOrDecrementOperation increment => IsLocal(increment.Target, local),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsLocal(argument.Value, local),
        _ => false,
    };

    private static bool IsLocal(IOperation operation, ILocalSymbol local) =>
        operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static int? Constant(IOperation value) =>
        value.Unwrapped().ConstantValue is { HasValue: true, Value: int number } ? number : null;

    /// <summary>Whether it is <c>Enumerable.Range</c>.</summary>
    public static bool IsRange(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Range", IsStatic: true } method && StepMethods.IsFramework(method)
        && method.ContainingType.ToDisplayString() == "System.Linq.Enumerable";

    private static int? Argument(IInvocationOperation call, string name) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name) is { } found ? Constant(found.Value) : null;
}
