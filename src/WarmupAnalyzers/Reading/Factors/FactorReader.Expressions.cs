using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Factors;
using WarmupAnalyzers.Factors.Expressions;
using WarmupAnalyzers.Reading.Source;
using WarmupAnalyzers.Reading.Steps;
using Conversion = WarmupAnalyzers.Factors.Expressions.Conversion;

namespace WarmupAnalyzers.Reading.Factors;

internal sealed partial class FactorReader
{
    private Expression ReadExpression(IOperation operation, FunctionScope? scope)
    {
        var expression = Enter() ? ReadKnown(operation, scope) : Unknown();
        Leave();
        return expression;
    }

    private Expression ReadKnown(IOperation operation, FunctionScope? scope) => operation switch
    {
        ILiteralOperation or IDefaultValueOperation or ISizeOfOperation => ReadConstant(operation),
        IParenthesizedOperation parenthesized => ReadExpression(parenthesized.Operand, scope),
        IConversionOperation conversion => ReadConversion(conversion, scope),
        IBinaryOperation binary => ReadBinary(binary, scope),
        IUnaryOperation unary => ReadUnary(unary, scope),
        IConditionalOperation { WhenFalse: { } whenFalse } conditional => new Conditional(
            ReadExpression(conditional.Condition, scope),
            ReadExpression(conditional.WhenTrue, scope),
            ReadExpression(whenFalse, scope)),
        IConditionalAccessOperation access => ReadConditionalAccess(access, scope),
        ITupleOperation tuple => new ArrayOf(tuple.Elements.Select(element => ReadExpression(element, scope)).ToImmutableArray()),
        ICoalesceOperation coalesce => ReadCoalesce(coalesce, scope),
        IParameterReferenceOperation parameter => ReadVariable(parameter.Parameter, parameter, scope),
        ILocalReferenceOperation local => ReadVariable(local.Local, local, scope),
        IFieldReferenceOperation { Field.ContainingType.IsTupleType: true, Instance: { } tuple } element => ReadTupleElement(tuple, element.Field, scope),
        IFieldReferenceOperation field => ReadMember(field.Field, field, scope),
        IPropertyReferenceOperation property => ReadProperty(property, scope),
        ISimpleAssignmentOperation assignment when SlotOf(assignment.Target, scope) is { } slot => new Assign(slot, ReadExpression(assignment.Value, scope)),
        ISimpleAssignmentOperation assignment => ReadChange(assignment.Target, new Replacement(ReadExpression(assignment.Value, scope)), scope),
        IDeconstructionAssignmentOperation deconstruction => ReadDeconstruction(deconstruction, scope),
        ICompoundAssignmentOperation compound => ReadCompound(compound, scope),
        ICoalesceAssignmentOperation coalesce when SlotOf(coalesce.Target, scope) is { } slot => new CoalesceAssign(slot, ReadExpression(coalesce.Value, scope)),
        IIncrementOrDecrementOperation increment => ReadChange(
            increment.Target, new Increment(increment.Kind == OperationKind.Decrement, increment.IsPostfix, increment.IsChecked), scope),
        IInvocationOperation invocation => ReadInvocation(invocation, scope),
        IDelegateCreationOperation creation => ReadExpression(creation.Target, scope),
        IAnonymousFunctionOperation lambda => ReadLambda(lambda, scope),
        IMethodReferenceOperation method => ReadMethodReference(method, scope),
        ISwitchExpressionOperation choice => ReadSwitchExpression(choice, scope),
        IIsPatternOperation test => ReadTest(test, scope),
        IArrayCreationOperation { Initializer: { } initializer, DimensionSizes.Length: 1 } => ReadElements(initializer.ElementValues, scope),
        IArrayCreationOperation { Initializer: null, DimensionSizes: [var length] } creation => ReadNewArray(creation, length, scope),
        IArrayInitializerOperation { Syntax.Parent: EqualsValueClauseSyntax } initializer => ReadElements(initializer.ElementValues, scope),
        IObjectCreationOperation { Initializer: { } initializer, Arguments.IsEmpty: true } list when IsList(list.Type) => ReadListInitializer(initializer, scope),
        IObjectCreationOperation { Arguments.Length: 1 } creation when creation.Type?.TypeKind == TypeKind.Delegate => ReadExpression(creation.Arguments[0].Value, scope),
        IArrayElementReferenceOperation { Indices.Length: 1 } element => ReadElement(element, element.ArrayReference, element.Indices[0], scope),
        IThrowOperation thrown => new ThrowExpression(ExceptionOf(thrown)) { Origin = thrown.Syntax },
        { Syntax: CollectionExpressionSyntax } collection => CollectionElements.Of(collection) is { } elements ? ReadElements(elements, scope) : Unknown(),
        { ConstantValue.HasValue: true } => ReadConstant(operation),
        _ => Unknown(),
    };

    private SwitchExpression ReadSwitchExpression(ISwitchExpressionOperation choice, FunctionScope? scope)
    {
        var subject = ReadSubject(choice.Value, scope);
        return new SwitchExpression(subject, choice.Arms.Select(arm => (
            new Arm(ReadPattern(arm.Pattern, subject, scope), arm.Guard is null ? null : ReadExpression(arm.Guard, scope)),
            ReadExpression(arm.Value, scope))).ToImmutableArray());
    }

    // `config?.Warmup`: null where the object is not there, else the member.
    private Expression ReadConditionalAccess(IConditionalAccessOperation access, FunctionScope? scope) =>
        ReadReference(WithoutImplicitConversions(access.Operation), scope) is { } reference
            ? new Conditional(
                new Compare(Comparison.Equal, reference, new Literal(Value.Null)),
                new Literal(Value.Null),
                ReadExpression(access.WhenNotNull, scope))
            : Unknown();

    private Expression ReadConstant(IOperation operation)
    {
        if (!operation.ConstantValue.HasValue)
            return operation is IDefaultValueOperation && ValueTypes.IsNullable(operation.Type) ? new Literal(Value.Null) : Unknown();
        var value = operation.ConstantValue.Value is null && ValueTypes.IsNullable(operation.Type)
            ? Value.Null
            : Value.OfConstant(operation.ConstantValue.Value);
        return value.IsKnown ? Constant(value, operation) : NullOrUnknown(operation);
    }

    private Expression NullOrUnknown(IOperation operation) =>
        operation.ConstantValue is { HasValue: true, Value: null } ? new Literal(Value.Null) : Unknown();

    private Literal Constant(Value value, IOperation operation)
    {
        var literal = new Literal(value) { Origin = operation.Syntax };
        var number = value.ToDouble();
        if (value.Kind.IsNumber())
            _literals.Add(new LiteralSite(literal, number, operation.Syntax, _enteredAt));
        if (value.Kind.IsNumber() && number == System.Math.Floor(number) && number > _largestConstant && number < int.MaxValue)
            _largestConstant = number;
        return literal;
    }

    private Expression ReadConversion(IConversionOperation conversion, FunctionScope? scope)
    {
        var operand = ReadExpression(conversion.Operand, scope);
        if (operand is ThrowExpression)
            return operand;
        var target = ValueTypes.KindOf(conversion.Type);
        if (conversion.Operand.Type?.TypeKind == TypeKind.Delegate || conversion.Type?.TypeKind is TypeKind.Delegate)
            return operand;
        if (IsSequence(conversion.Type))
            return operand;
        if (conversion.Type is INamedTypeSymbol { IsTupleType: true } tuple)
            return ReadTupleConversion(operand, conversion.Operand.Type, tuple);
        if (conversion.Operand is { ConstantValue: { HasValue: true, Value: null } } && ValueTypes.IsNullable(conversion.Type))
            return new Literal(Value.Null);
        if (target == ValueKind.Unknown || ValueTypes.KindOf(conversion.Operand.Type) == ValueKind.Unknown)
            return conversion.Operand.ConstantValue is { HasValue: true, Value: null } ? operand : Unknown();
        return new Conversion(operand, target, ValueTypes.IsNullable(conversion.Type), conversion.IsChecked, conversion.IsImplicit);
    }

    // The left side is unwrapped and, where the right side is of a wider type, converted: by the operator, not by a conversion of its own.
    private Expression ReadCoalesce(ICoalesceOperation coalesce, FunctionScope? scope)
    {
        var value = ReadExpression(coalesce.Value, scope);
        NoteComparison(value, constant: null);
        var kind = ValueTypes.KindOf(coalesce.Type);
        if (kind != ValueKind.Unknown && kind != ValueTypes.KindOf(coalesce.Value.Type))
            value = new Conversion(value, kind, toNullable: true, isChecked: false, isImplicit: true);
        return new Coalesce(value, ReadExpression(coalesce.WhenNull, scope));
    }

    private Expression ReadBinary(IBinaryOperation binary, FunctionScope? scope)
    {
        if (ReadTextComparison(binary, scope) is { } comparisonOfTexts)
            return comparisonOfTexts;
        var left = ReadExpression(binary.LeftOperand, scope);
        var right = ReadExpression(binary.RightOperand, scope);
        if (!IsBuiltIn(binary.LeftOperand) || !IsBuiltIn(binary.RightOperand))
            return binary.ConstantValue.HasValue ? ReadConstant(binary) : Unknown();
        if (binary.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr)
            return new ShortCircuit(binary.OperatorKind == BinaryOperatorKind.ConditionalAnd, left, right);
        if (ComparisonOf(binary.OperatorKind) is { } comparison)
            return ReadComparison(comparison, (binary.LeftOperand, left), (binary.RightOperand, right));
        if (OperatorOf(binary.OperatorKind) is not { } op)
            return Unknown();
        if (op == ArithmeticOperator.Divide)
            NoteLength(binary.RightOperand, right, isDenominator: true);
        // The least integer by minus one throws, but not where the compiler folds it.
        if (op is ArithmeticOperator.Divide or ArithmeticOperator.Remainder && binary.RightOperand.ConstantValue is { HasValue: true, Value: -1 or -1L } && binary.ConstantValue.HasValue)
            return ReadConstant(binary);
        return op == ArithmeticOperator.Divide && ValueTypes.KindOf(binary.Type).IsInteger()
            ? new IntegerDivision(NumberDivision(binary, left.IsFixed && right.IsFixed), left, right) { Origin = binary.Syntax }
            : new Binary(op, left, right, binary.IsChecked) { Origin = binary.Syntax };
    }

    private Compare ReadComparison(Comparison comparison, (IOperation Operation, Expression Value) left, (IOperation Operation, Expression Value) right)
    {
        if (comparison >= Comparison.Less)
        {
            NoteGuard(left.Operation, left.Value);
            NoteGuard(right.Operation, right.Value);
        }

        return new Compare(comparison, left.Value, right.Value);
    }

    private void NoteGuard(IOperation operand, Expression value)
    {
        _hasGuard = true;
        NoteLength(operand, value, isDenominator: false);
    }

    private void NoteLength(IOperation operand, Expression value, bool isDenominator)
    {
        if (NameOf(operand) is { } name)
            _lengths.Add(new LengthSite(name, value, isDenominator));
    }

    private static string? NameOf(IOperation operand) => operand.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        _ => null,
    };

    private int NumberDivision(IOperation division, bool isFixed)
    {
        _divisions.Add(new DivisionSite(_divisions.Count, division.Syntax, _enteredAt, isFixed));
        return _divisions.Count - 1;
    }

    private static bool IsBuiltIn(IOperation operand) =>
        ValueTypes.KindOf(operand.Type) != ValueKind.Unknown || operand.ConstantValue is { HasValue: true, Value: null };

    private Expression ReadUnary(IUnaryOperation unary, FunctionScope? scope)
    {
        var operand = ReadExpression(unary.Operand, scope);
        if (ValueTypes.KindOf(unary.Operand.Type) == ValueKind.Unknown)
            return Unknown();
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => operand,
            UnaryOperatorKind.Minus => new Negation(operand, unary.IsChecked),
            UnaryOperatorKind.BitwiseNegation => new Complement(operand),
            UnaryOperatorKind.Not => new Not(operand),
            _ => Unknown(),
        };
    }

    private Expression ReadCompound(ICompoundAssignmentOperation compound, FunctionScope? scope)
    {
        if (OperatorOf(compound.OperatorKind) is not { } op
            || !IsBuiltIn(compound.Target) || !IsBuiltIn(compound.Value))
            return Unknown();
        var type = ValueTypes.KindOf(compound.Target.Type);
        var division = op == ArithmeticOperator.Divide && ValueTypes.KindOf(compound.Value.Type).IsInteger() && type.IsInteger() ? NumberDivision(compound, isFixed: false) : -1;
        var isChecked = compound.IsChecked || op >= ArithmeticOperator.LeftShift && IsCheckedAt(compound.Syntax);
        var value = ReadExpression(compound.Value, scope);
        if (op == ArithmeticOperator.Divide)
            NoteLength(compound.Value, value, isDenominator: true);
        return ReadChange(compound.Target, new CompoundOperation(type, op, value, isChecked, compound.IsLifted, division), scope, compound.Syntax);
    }

    // A shift cannot overflow, but `byte x; x <<= 9` converts back, and that the operation does not tell.
    private bool IsCheckedAt(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            if (ancestor.IsKind(SyntaxKind.CheckedStatement) || ancestor.IsKind(SyntaxKind.CheckedExpression))
                return true;
            if (ancestor.IsKind(SyntaxKind.UncheckedStatement) || ancestor.IsKind(SyntaxKind.UncheckedExpression))
                return false;
        }

        return _code.Compilation.Options is CSharpCompilationOptions { CheckOverflow: true };
    }

    private static ArithmeticOperator? OperatorOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => ArithmeticOperator.Add,
        BinaryOperatorKind.Subtract => ArithmeticOperator.Subtract,
        BinaryOperatorKind.Multiply => ArithmeticOperator.Multiply,
        BinaryOperatorKind.Divide => ArithmeticOperator.Divide,
        BinaryOperatorKind.Remainder => ArithmeticOperator.Remainder,
        BinaryOperatorKind.And => ArithmeticOperator.And,
        BinaryOperatorKind.Or => ArithmeticOperator.Or,
        BinaryOperatorKind.ExclusiveOr => ArithmeticOperator.ExclusiveOr,
        BinaryOperatorKind.LeftShift => ArithmeticOperator.LeftShift,
        BinaryOperatorKind.RightShift => ArithmeticOperator.RightShift,
        BinaryOperatorKind.UnsignedRightShift => ArithmeticOperator.UnsignedRightShift,
        _ => null,
    };

    private Expression ReadElements(ImmutableArray<IOperation> elements, FunctionScope? scope) =>
        new ArrayOf(elements.Select(element => ReadExpression(element, scope)).ToImmutableArray());

    private Expression ReadListInitializer(IObjectOrCollectionInitializerOperation initializer, FunctionScope? scope)
    {
        var elements = ImmutableArray.CreateBuilder<Expression>();
        foreach (var element in initializer.Initializers)
        {
            if (element is not IInvocationOperation { TargetMethod.Name: "Add", Arguments.Length: 1 } add)
                return Unknown();
            elements.Add(ReadExpression(add.Arguments[0].Value, scope));
        }

        return new ArrayOf(elements.ToImmutable());
    }

    private Expression ReadElement(IOperation element, IOperation array, IOperation index, FunctionScope? scope)
    {
        // An interface hides which sequence it is; most often a list.
        var outOfRange = array.Type is IArrayTypeSymbol or { IsValueType: true }
            ? typeof(System.IndexOutOfRangeException).FullName!
            : typeof(System.ArgumentOutOfRangeException).FullName!;
        var fromEnd = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat };
        var position = fromEnd ? ((IUnaryOperation)index).Operand : index;
        return new ElementRead(ReadExpression(array, scope), ReadExpression(position, scope), fromEnd, outOfRange) { Origin = element.Syntax };
    }

    internal static bool IsList(ITypeSymbol? type) => type?.OriginalDefinition.ToDisplayString() == "System.Collections.Generic.List<T>";

    private static ITypeSymbol? ElementTypeOf(ITypeSymbol? sequence) => sequence switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element] } when IsSequence(sequence) => element,
        _ => null,
    };

    // What an array or collection expression may be converted to without becoming another sequence.
    private static bool IsSequence(ITypeSymbol? type) =>
        type is IArrayTypeSymbol
        || IsList(type)
        || type?.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_ICollection_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T
        || type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "ImmutableArray", ContainingNamespace.Name: "System" or "Immutable" };
}
