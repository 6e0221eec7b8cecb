using System;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary>A binary operator on two operands of one promoted type (shifts: any integer on the right). Null lifts.</summary>
internal sealed class Binary : Expression
{
    private readonly ArithmeticOperator _operator;
    private readonly Expression _left;
    private readonly Expression _right;
    private readonly bool _isChecked;

    public Binary(ArithmeticOperator op, Expression left, Expression right, bool isChecked)
    {
        _operator = op;
        _left = left;
        _right = right;
        _isChecked = isChecked;
    }

    public override bool IsFixed => _left.IsFixed && _right.IsFixed;

    public override Value Evaluate(Frame frame)
    {
        var left = _left.Evaluate(frame);
        if (left.Kind <= ValueKind.Thrown)
            return left;
        var right = _right.Evaluate(frame);
        if (right.Kind <= ValueKind.Thrown)
            return right;
        if (!frame.Machine.Step())
            return Value.Unknown;
        var result = Apply(_operator, left, right, _isChecked);
        if (NotFiniteOrigin.Of(result, left, right) is { } broken)
            return result.From(broken);
        return result.From(_operator == ArithmeticOperator.Multiply ? ZeroOrigin.Of(result, Origin, left, right) : Origin);
    }

    public static Value Apply(ArithmeticOperator op, Value left, Value right, bool isChecked)
    {
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
            return LiftedNull(op, left, right);
        Mended.Promote(ref left, ref right);
        var result = Arithmetic.Apply(op, left, right, isChecked);
        var trace = left.Trace | right.Trace;
        // A remainder or a shift asks for whole numbers.
        return result.With(op is ArithmeticOperator.Remainder or >= ArithmeticOperator.LeftShift ? trace.WithoutDivisions() : trace);
    }

    // bool? has its own logic for & and |.
    private static Value LiftedNull(ArithmeticOperator op, Value left, Value right)
    {
        var known = left.Kind == ValueKind.Null ? right : left;
        if (known.Kind == ValueKind.Boolean && (op == ArithmeticOperator.And ? !known.Boolean : op == ArithmeticOperator.Or && known.Boolean))
            return known;
        return Value.Null;
    }
}

/// <summary>Which expression made a result zero: an operand that was zero already, else the operation itself.</summary>
internal static class ZeroOrigin
{
    public static object? Of(Value result, object? own, params Value[] operands)
    {
        if (result.ToDouble() != 0)
            return own;
        foreach (var operand in operands)
        {
            if (operand.Trace.DependsOnIndex && operand.Origin is not null && operand.ToDouble() == 0)
                return operand.Origin;
        }

        return own;
    }

    public static object? Of(Value result, object? own, Value left, Value right) =>
        result.ToDouble() == 0 ? Of(result, own, [left, right]) : own;
}

/// <summary>Which expression made a result infinite or NaN: an operand that was so already.</summary>
internal static class NotFiniteOrigin
{
    public static object? Of(Value result, params Value[] operands)
    {
        if (!result.Kind.IsBinaryFloat() || !IsBroken(result.Double))
            return null;
        foreach (var operand in operands)
        {
            // Zero times infinity is the product's own fault.
            if (operand.Kind.IsBinaryFloat() && IsBroken(operand.Double) && double.IsNaN(operand.Double) == double.IsNaN(result.Double))
                return operand.Origin;
        }

        return null;
    }

    public static object? Of(Value result, Value left, Value right) =>
        result.Kind.IsBinaryFloat() && IsBroken(result.Double) ? Of(result, [left, right]) : null;

    private static bool IsBroken(double number) => double.IsNaN(number) || double.IsInfinity(number);
}

/// <summary>Operands of different kinds occur only when an integer division is mended: then the arithmetic is double.</summary>
internal static class Mended
{
    public static void Promote(ref Value left, ref Value right)
    {
        if (left.Kind == right.Kind)
            return;
        if (left.Kind == ValueKind.Double && right.Kind.IsInteger())
            right = Value.Of(right.ToDouble()).With(right.Trace);
        else if (right.Kind == ValueKind.Double && left.Kind.IsInteger())
            left = Value.Of(left.ToDouble()).With(left.Trace);
    }
}

/// <summary>An integer division, the one operator that loses what a schedule needs: it leaves its trace where it truncates.</summary>
internal sealed class IntegerDivision : Expression
{
    private readonly Expression _left;
    private readonly Expression _right;

    public IntegerDivision(int number, Expression left, Expression right)
    {
        Number = number;
        _left = left;
        _right = right;
    }

    /// <summary>Its number in the program.</summary>
    public int Number { get; }

    public override Value Evaluate(Frame frame)
    {
        var left = _left.Evaluate(frame);
        if (left.Kind <= ValueKind.Thrown)
            return left;
        var right = _right.Evaluate(frame);
        return right.Kind <= ValueKind.Thrown ? right : Divide(Number, left, right, frame.Machine).From(Origin);
    }

    public static Value Divide(int number, Value left, Value right, Machine machine)
    {
        if (machine.MendedDivisions.Contains(number) && left.Kind.IsNumber() && right.Kind.IsNumber())
            return Value.Of(left.ToDouble() / right.ToDouble()).With(left.Trace | right.Trace);
        var quotient = Binary.Apply(ArithmeticOperator.Divide, left, right, isChecked: false);
        if (!quotient.Kind.IsInteger() || Arithmetic.Apply(ArithmeticOperator.Remainder, left, right, isChecked: false).Int64 == 0)
            return quotient;
        // What does not depend on the index and is not zero is a count, such as `total / 10`.
        return quotient.Trace.DependsOnIndex || quotient.Int64 == 0
            ? quotient.With(quotient.Trace | Trace.Division(number))
            : quotient;
    }
}

/// <summary>Unary minus.</summary>
internal sealed class Negation : Expression
{
    private readonly Expression _operand;
    private readonly bool _isChecked;

    public Negation(Expression operand, bool isChecked)
    {
        _operand = operand;
        _isChecked = isChecked;
    }

    public override bool IsFixed => _operand.IsFixed;

    public override Value Evaluate(Frame frame)
    {
        var value = _operand.Evaluate(frame);
        return value.Kind <= ValueKind.Null ? value : Arithmetic.Negate(value, _isChecked).With(value.Trace);
    }
}

/// <summary>The bitwise complement.</summary>
internal sealed class Complement : Expression
{
    private readonly Expression _operand;

    public Complement(Expression operand) => _operand = operand;

    public override Value Evaluate(Frame frame)
    {
        var value = _operand.Evaluate(frame);
        return value.Kind <= ValueKind.Null ? value : Arithmetic.Complement(value).With(value.Trace.WithoutDivisions());
    }
}

/// <summary>Logical not.</summary>
internal sealed class Not : Expression
{
    private readonly Expression _operand;

    public Not(Expression operand) => _operand = operand;

    public override Value Evaluate(Frame frame)
    {
        var value = _operand.Evaluate(frame);
        return value.Kind == ValueKind.Boolean ? Value.Of(!value.Boolean) : value.Kind <= ValueKind.Null ? value : Value.Unknown;
    }
}

/// <summary>A comparison; leaves no trace.</summary>
internal sealed class Compare : Expression
{
    private readonly Comparison _comparison;
    private readonly Expression _left;
    private readonly Expression _right;

    public Compare(Comparison comparison, Expression left, Expression right)
    {
        _comparison = comparison;
        _left = left;
        _right = right;
    }

    public override Value Evaluate(Frame frame)
    {
        var left = _left.Evaluate(frame);
        if (left.Kind <= ValueKind.Thrown)
            return left;
        var right = _right.Evaluate(frame);
        return right.Kind <= ValueKind.Thrown ? right : Apply(_comparison, left, right);
    }

    public static Value Apply(Comparison comparison, Value left, Value right)
    {
        if (left.Kind == ValueKind.Text || right.Kind == ValueKind.Text)
            return CompareTexts(comparison, left, right);
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
            return LiftedNull(comparison, left.Kind == right.Kind);
        Mended.Promote(ref left, ref right);
        return Arithmetic.Compare(comparison, left, right);
    }

    private static Value CompareTexts(Comparison comparison, Value left, Value right)
    {
        var isComparable = left.Kind is ValueKind.Text or ValueKind.Null && right.Kind is ValueKind.Text or ValueKind.Null;
        if (!isComparable || comparison is not (Comparison.Equal or Comparison.NotEqual) || Value.AreSameText(left, right) is not { } same)
            return Value.Unknown;
        return Value.Of(same == (comparison == Comparison.Equal));
    }

    private static Value LiftedNull(Comparison comparison, bool bothNull) => Value.Of(comparison switch
    {
        Comparison.Equal => bothNull,
        Comparison.NotEqual => !bothNull,
        _ => false,
    });
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>: the right side only where the left does not decide.</summary>
internal sealed class ShortCircuit : Expression
{
    private readonly bool _isAnd;
    private readonly Expression _left;
    private readonly Expression _right;

    public ShortCircuit(bool isAnd, Expression left, Expression right)
    {
        _isAnd = isAnd;
        _left = left;
        _right = right;
    }

    public override Value Evaluate(Frame frame)
    {
        var left = _left.Evaluate(frame);
        if (left.Kind != ValueKind.Boolean)
            return left.Kind == ValueKind.Thrown ? left : Value.Unknown;
        return left.Boolean != _isAnd ? left : _right.Evaluate(frame);
    }
}

/// <summary><c>a ? b : c</c>.</summary>
internal sealed class Conditional : Expression
{
    private readonly Expression _condition;
    private readonly Expression _whenTrue;
    private readonly Expression _whenFalse;

    public Conditional(Expression condition, Expression whenTrue, Expression whenFalse)
    {
        _condition = condition;
        _whenTrue = whenTrue;
        _whenFalse = whenFalse;
    }

    public Expression WhenTrue => _whenTrue;

    public Expression WhenFalse => _whenFalse;

    public override Value Evaluate(Frame frame)
    {
        var condition = _condition.Evaluate(frame);
        if (condition.Kind != ValueKind.Boolean)
            return condition.Kind == ValueKind.Thrown ? condition : Value.Unknown;
        return frame.Machine.Step() ? (condition.Boolean ? _whenTrue : _whenFalse).Evaluate(frame) : Value.Unknown;
    }
}

/// <summary><c>a ?? b</c> on a nullable value type or a text.</summary>
internal sealed class Coalesce : Expression
{
    private readonly Expression _value;
    private readonly Expression _whenNull;

    public Coalesce(Expression value, Expression whenNull)
    {
        _value = value;
        _whenNull = whenNull;
    }

    public Expression Left => _value;

    public Expression WhenNull => _whenNull;

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        return value.IsNull switch
        {
            true => _whenNull.Evaluate(frame),
            false => value,
            null => Value.Unknown,
        };
    }
}

/// <summary><c>a.GetValueOrDefault(b)</c>: unlike <c>??</c> it evaluates both.</summary>
internal sealed class ValueOrDefault : Expression
{
    private readonly Expression _value;
    private readonly Expression _otherwise;

    public ValueOrDefault(Expression value, Expression otherwise)
    {
        _value = value;
        _otherwise = otherwise;
    }

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        if (value.Kind <= ValueKind.Thrown)
            return value;
        var otherwise = _otherwise.Evaluate(frame);
        return otherwise.Kind <= ValueKind.Thrown || value.Kind == ValueKind.Null ? otherwise : value;
    }
}

/// <summary>A numeric conversion.</summary>
internal sealed class Conversion : Expression
{
    private readonly Expression _operand;
    private readonly ValueKind _target;
    private readonly bool _isChecked;
    private readonly bool _toNullable;
    private readonly bool _isImplicit;

    public Conversion(Expression operand, ValueKind target, bool toNullable, bool isChecked, bool isImplicit)
    {
        _operand = operand;
        _target = target;
        _toNullable = toNullable;
        _isChecked = isChecked;
        _isImplicit = isImplicit;
    }

    /// <summary>What is converted, where C# converts it by itself; else null.</summary>
    public Expression? ImplicitlyConverted => _isImplicit ? _operand : null;

    public override bool IsFixed => _operand.IsFixed;

    public override Value Evaluate(Frame frame) =>
        Apply(_operand.Evaluate(frame), _target, _toNullable, _isChecked, _isImplicit);

    public static Value Apply(Value value, ValueKind target, bool toNullable, bool isChecked, bool isImplicit)
    {
        if (value.Kind <= ValueKind.Thrown)
            return value;
        if (value.Kind == ValueKind.Null)
            return toNullable ? value : Value.Thrown(typeof(InvalidOperationException).FullName!);
        // An int widened to long where a mended division already made it double stays double.
        if (isImplicit && value.Kind == ValueKind.Double && target.IsInteger())
            return value;
        return NumericConversion.Convert(value, target, isChecked);
    }
}
