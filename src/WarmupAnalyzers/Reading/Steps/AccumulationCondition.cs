using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>A condition that holds once in so many iterations of a loop: <c>(i + 1) % accumulate == 0</c>, <c>++gathered == accumulate</c>.</summary>
internal sealed class AccumulationCondition
{
    private readonly ILoopOperation _loop;
    private readonly IOperation _body;
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;

    private AccumulationCondition(ILoopOperation loop, IOperation body, TrainingCode code, CancellationToken cancellation)
    {
        _loop = loop;
        _body = body;
        _code = code;
        _cancellation = cancellation;
    }

    /// <summary>How many iterations there are for each in which it holds; null where that is open, or something else may make it hold.</summary>
    public int? Every { get; private init; }

    /// <summary>The variable or constant that says how many they are; null where it is a number.</summary>
    public ISymbol? Length { get; private set; }

    /// <summary>Reads the condition of a statement in the loop; null where it is none.</summary>
    public static AccumulationCondition? Of(IConditionalOperation choice, ILoopOperation loop, TrainingCode code, CancellationToken cancellation)
    {
        var condition = choice.Condition.Unwrapped();
        var reading = new AccumulationCondition(loop, choice.WhenTrue, code, cancellation) { Every = DivisorOf(condition) };
        return reading.Holds(condition) ? reading : null;
    }

    private static int? DivisorOf(IOperation condition) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left } && left.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } remainder
        && remainder.RightOperand.Unwrapped().ConstantValue is { HasValue: true, Value: int divisor }
            ? divisor
            : null;

    private bool Holds(IOperation condition) => condition switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either => Holds(either.LeftOperand.Unwrapped()) || Holds(either.RightOperand.Unwrapped()),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } test => IsRemainder(test.LeftOperand) || IsRemainder(test.RightOperand) || IsFull(test),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.GreaterThanOrEqual } test => IsFull(test),
        ILocalReferenceOperation { Local: var local } => IsOfIteration(local) && _code.InitializerOf(local, _cancellation) is { } value && Holds(value.Unwrapped()),
        _ => false,
    };

    private bool IsRemainder(IOperation operand) =>
        operand.Unwrapped() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } remainder
        && remainder.LeftOperand.DescendantsAndSelf().Any(IsCounter)
        && remainder.RightOperand.Unwrapped() is { ConstantValue: not { HasValue: true, Value: not int and not long or 0 or 1 or 0L or 1L } } length
        && IsLength(length);

    private bool IsLength(IOperation length)
    {
        Length ??= VariableOf(length);
        return true;
    }

    // What is counted up in every iteration, and set back where the condition holds.
    private bool IsFull(IBinaryOperation test)
    {
        var counter = test.LeftOperand.Unwrapped() is IIncrementOrDecrementOperation { IsPostfix: false } counting ? counting.Target : test.LeftOperand.Unwrapped();
        return VariableOf(counter) is { } variable && IsCountedUp(variable)
            && _body.Descendants().OfType<ISimpleAssignmentOperation>().Any(reset => IsOf(reset.Target, variable) && reset.Value.ConstantValue is { HasValue: true, Value: 0 or 0L })
            && IsLength(test.RightOperand.Unwrapped());
    }

    private bool IsCounter(IOperation operand) => VariableOf(operand) is { } variable
        && (variable is ILocalSymbol local && _loop.Locals.Contains(local, SymbolEqualityComparer.Default) || IsCountedUp(variable));

    private bool IsCountedUp(ISymbol variable) => _loop.Body.Descendants().Any(part => part switch
    {
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } step => IsOf(step.Target, variable),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: 1 or 1L } } step => IsOf(step.Target, variable),
        _ => false,
    });

    private bool IsOfIteration(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.All(reference => _loop.Body.Syntax.Span.Contains(reference.Span)) && !LoopCount.IsWritten(_loop.Body, local);

    private static bool IsOf(IOperation target, ISymbol variable) => SymbolEqualityComparer.Default.Equals(VariableOf(target), variable);

    /// <summary>The variable that an operand is, of the function or of its own object.</summary>
    internal static ISymbol? VariableOf(IOperation operand) => operand switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } property => property.Property,
        _ => null,
    };
}
