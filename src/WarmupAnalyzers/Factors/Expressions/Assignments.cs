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

/// <summary><c>x op= value</c>: computed in the operator's type, converted back to the variable's.</summary>
internal sealed class CompoundAssign : Expression
{
    private readonly Slot _slot;
    private readonly ValueKind _type;
    private readonly ArithmeticOperator _operator;
    private readonly Expression _value;
    private readonly bool _isChecked;
    private readonly int _division;

    /// <param name="division">The number of the integer division that <c>/=</c> is, if the operands are integers.</param>
    public CompoundAssign(Slot slot, ValueKind type, ArithmeticOperator op, Expression value, bool isChecked, int division)
    {
        _slot = slot;
        _type = type;
        _operator = op;
        _value = value;
        _isChecked = isChecked;
        _division = division;
    }

    /// <summary>The number of the integer division that <c>/=</c> is, if the operands are integers.</summary>
    public int Division => _division;

    public override Value Evaluate(Frame frame)
    {
        var left = frame.Read(_slot);
        var right = _value.Evaluate(frame);
        if (left.Kind <= ValueKind.Null || right.Kind <= ValueKind.Null)
            return right.Kind == ValueKind.Thrown ? right : Value.Unknown;
        var promoted = NumericConversion.Convert(left, OperatorType(left, right), isChecked: false);
        var result = _operator == ArithmeticOperator.Divide && promoted.Kind.IsInteger()
            ? IntegerDivision.Divide(_division, promoted, right, frame.Machine)
            : Binary.Apply(_operator, promoted, right, _isChecked);
        result = Conversion.Apply(result, _type, toNullable: false, _isChecked, isImplicit: frame.Machine.MendedDivisions.Count > 0);
        if (result.Kind <= ValueKind.Thrown)
            return result;
        result = result.From(Origin);
        return frame.TryWrite(_slot, result) ? result : Value.Unknown;
    }

    private ValueKind OperatorType(Value left, Value right)
    {
        if (_operator < ArithmeticOperator.LeftShift)
            return left.Kind == ValueKind.Double && right.Kind.IsInteger() ? left.Kind : right.Kind;
        return left.Kind < ValueKind.Int32 ? ValueKind.Int32 : left.Kind;
    }
}

/// <summary><c>x++</c>, <c>--x</c>.</summary>
internal sealed class Increment : Expression
{
    private readonly Slot _slot;
    private readonly bool _isDecrement;
    private readonly bool _isPostfix;
    private readonly bool _isChecked;

    public Increment(Slot slot, bool isDecrement, bool isPostfix, bool isChecked)
    {
        _slot = slot;
        _isDecrement = isDecrement;
        _isPostfix = isPostfix;
        _isChecked = isChecked;
    }

    public override Value Evaluate(Frame frame)
    {
        var before = frame.Read(_slot);
        if (!before.Kind.IsNumber())
            return Value.Unknown;
        var wide = before.Kind < ValueKind.Int32 ? ValueKind.Int32 : before.Kind;
        var one = NumericConversion.Convert(Value.Of(1), wide, isChecked: false);
        var sum = Arithmetic.Apply(
            _isDecrement ? ArithmeticOperator.Subtract : ArithmeticOperator.Add,
            NumericConversion.Convert(before, wide, isChecked: false),
            one,
            _isChecked);
        var after = Conversion.Apply(sum, before.Kind, toNullable: false, _isChecked, isImplicit: false);
        if (after.Kind <= ValueKind.Thrown)
            return after;
        after = after.With(before.Trace);
        if (!frame.TryWrite(_slot, after))
            return Value.Unknown;
        return _isPostfix ? before : after;
    }
}
