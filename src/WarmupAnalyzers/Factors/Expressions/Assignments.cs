using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Factors.Expressions;

/// <summary><c>x = value</c> on a variable of the factor function.</summary>
internal sealed class Assign : Expression
{
    private readonly Slot _slot;
    private readonly Expression _value;

    public Assign(Slot slot, Expression value)
    {
        _slot = slot;
        _value = value;
    }

    public override Value Evaluate(Frame frame)
    {
        var value = _value.Evaluate(frame);
        if (value.Kind <= ValueKind.Thrown)
            return value;
        return frame.TryWrite(_slot, value) ? value : Value.Unknown;
    }
}

/// <summary><c>x ??= value</c>.</summary>
internal sealed class CoalesceAssign : Expression
{
    private readonly Slot _slot;
    private readonly Expression _value;

    public CoalesceAssign(Slot slot, Expression value)
    {
        _slot = slot;
        _value = value;
    }

    public override Value Evaluate(Frame frame)
    {
        var before = frame.Read(_slot);
        if (before.Kind != ValueKind.Null)
            return before;
        var value = _value.Evaluate(frame);
        if (value.Kind <= ValueKind.Thrown)
            return value;
        return frame.TryWrite(_slot, value) ? value : Value.Unknown;
    }
}

/// <summary><c>x op= value</c>, <c>x++</c>: a variable gets the next value from the one it has.</summary>
internal sealed class Change : Expression
{
    private readonly Slot _slot;
    private readonly Succession _succession;

    public Change(Slot slot, Succession succession)
    {
        _slot = slot;
        _succession = succession;
    }

    public override Value Evaluate(Frame frame)
    {
        var before = frame.Read(_slot);
        var after = _succession.Next(before, frame);
        if (after.Kind <= ValueKind.Thrown)
            return after;
        if (Origin is not null)
            after = after.From(Origin);
        if (!frame.TryWrite(_slot, after))
            return Value.Unknown;
        return _succession.IsWorthBefore ? before : after;
    }
}

/// <summary>How a variable or element comes from one value to the next.</summary>
internal abstract class Succession
{
    /// <summary>Whether the expression is worth the value before: <c>x++</c>.</summary>
    public virtual bool IsWorthBefore => false;

    /// <summary>Whether an element is read before the right side is evaluated.</summary>
    public virtual bool ReadsBefore => true;

    /// <summary>The next value; Unknown or Thrown where there is none.</summary>
    public abstract Value Next(Value before, Frame frame);
}

/// <summary><c>= value</c>.</summary>
internal sealed class Replacement : Succession
{
    private readonly Expression _value;

    public Replacement(Expression value) => _value = value;

    public override bool ReadsBefore => false;

    public override Value Next(Value before, Frame frame) => _value.Evaluate(frame);
}

/// <summary><c>op= value</c>: computed in the operator's type, converted back to the variable's.</summary>
internal sealed class CompoundOperation : Succession
{
    private readonly ValueKind _type;
    private readonly ArithmeticOperator _operator;
    private readonly Expression _value;
    private readonly bool _isChecked;
    private readonly bool _isLifted;
    private readonly int _division;

    /// <param name="isLifted">Whether the variable may be null, and stays so.</param>
    /// <param name="division">The number of the integer division that <c>/=</c> is, if the operands are integers.</param>
    public CompoundOperation(ValueKind type, ArithmeticOperator op, Expression value, bool isChecked, bool isLifted, int division)
    {
        _type = type;
        _operator = op;
        _value = value;
        _isChecked = isChecked;
        _isLifted = isLifted;
        _division = division;
    }

    public override Value Next(Value before, Frame frame)
    {
        var right = _value.Evaluate(frame);
        if (right.Kind <= ValueKind.Thrown)
            return right;
        if (_isLifted && (before.Kind == ValueKind.Null || right.Kind == ValueKind.Null))
            return Binary.Apply(_operator, before, right, _isChecked);
        if (before.Kind <= ValueKind.Null || right.Kind == ValueKind.Null)
            return Value.Unknown;
        var promoted = NumericConversion.Convert(before, OperatorType(before, right), isChecked: false);
        var result = _operator == ArithmeticOperator.Divide && promoted.Kind.IsInteger()
            ? IntegerDivision.Divide(_division, promoted, right, frame.Machine)
            : Binary.Apply(_operator, promoted, right, _isChecked);
        return Conversion.Apply(result, _type, toNullable: false, _isChecked, isImplicit: frame.Machine.MendedDivisions.Count > 0);
    }

    private ValueKind OperatorType(Value left, Value right)
    {
        if (_operator < ArithmeticOperator.LeftShift)
            return left.Kind == ValueKind.Double && right.Kind.IsInteger() ? left.Kind : right.Kind;
        return left.Kind < ValueKind.Int32 ? ValueKind.Int32 : left.Kind;
    }
}

/// <summary><c>x++</c>, <c>--x</c>.</summary>
internal sealed class Increment : Succession
{
    private readonly bool _isDecrement;
    private readonly bool _isPostfix;
    private readonly bool _isChecked;

    public Increment(bool isDecrement, bool isPostfix, bool isChecked)
    {
        _isDecrement = isDecrement;
        _isPostfix = isPostfix;
        _isChecked = isChecked;
    }

    public override bool IsWorthBefore => _isPostfix;

    public override Value Next(Value before, Frame frame)
    {
        if (!before.Kind.IsNumber())
            return before.Kind == ValueKind.Null ? before : Value.Unknown;
        var wide = before.Kind < ValueKind.Int32 ? ValueKind.Int32 : before.Kind;
        var one = NumericConversion.Convert(Value.Of(1), wide, isChecked: false);
        var sum = Arithmetic.Apply(
            _isDecrement ? ArithmeticOperator.Subtract : ArithmeticOperator.Add,
            NumericConversion.Convert(before, wide, isChecked: false),
            one,
            _isChecked);
        var after = Conversion.Apply(sum, before.Kind, toNullable: false, _isChecked, isImplicit: false);
        return after.Kind <= ValueKind.Thrown ? after : after.With(before.Trace);
    }
}
