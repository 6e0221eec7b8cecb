using System;

namespace WarmupAnalyzers.Factors;

internal enum ArithmeticOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    And,
    Or,
    ExclusiveOr,
    LeftShift,
    RightShift,
    UnsignedRightShift,
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>C#'s arithmetic on values of one promoted type: overflow, truncation, shift masks and exceptions as the language has them.</summary>
internal static class Arithmetic
{
    public static Value Apply(ArithmeticOperator op, Value left, Value right, bool isChecked)
    {
        if (left.Kind != right.Kind && !IsShift(op))
            return Value.Unknown;
        try
        {
            return left.Kind switch
            {
                ValueKind.Int32 => OnInt32(op, (int)left.Int64, (int)right.Int64, isChecked),
                ValueKind.UInt32 => OnUInt32(op, (uint)left.Int64, unchecked((uint)right.Int64), isChecked),
                ValueKind.Int64 => OnInt64(op, left.Int64, right.Int64, isChecked),
                ValueKind.UInt64 => OnUInt64(op, left.UInt64, right.UInt64, isChecked),
                ValueKind.Single => OnSingle(op, left.Single, right.Single),
                ValueKind.Double => OnDouble(op, left.Double, right.Double),
                ValueKind.Decimal => OnDecimal(op, left.Decimal, right.Decimal),
                ValueKind.Boolean => OnBoolean(op, left.Boolean, right.Boolean),
                _ => Value.Unknown,
            };
        }
        catch (ArithmeticException exception) // also overflow and division by zero
        {
            return Value.Thrown(exception);
        }
    }

    public static Value Compare(Comparison comparison, Value left, Value right)
    {
        if (left.Kind != right.Kind)
            return Value.Unknown;
        if (left.Kind.IsBinaryFloat())
            return Value.Of(CompareDouble(comparison, left.Double, right.Double));
        if (left.Kind == ValueKind.Boolean || left.Kind.IsInteger() || left.Kind == ValueKind.Decimal)
            return Value.Of(FromOrder(comparison, Order(left, right)));
        return Value.Unknown;
    }

    public static Value Negate(Value value, bool isChecked)
    {
        try
        {
            return value.Kind switch
            {
                ValueKind.Int32 => Value.Of(isChecked ? checked(-(int)value.Int64) : unchecked(-(int)value.Int64)),
                ValueKind.Int64 => Value.Integer(ValueKind.Int64, isChecked ? checked(-value.Int64) : unchecked(-value.Int64)),
                ValueKind.Single => Value.Of(-value.Single),
                ValueKind.Double => Value.Of(-value.Double),
                ValueKind.Decimal => Value.Of(-value.Decimal),
                _ => Value.Unknown,
            };
        }
        catch (OverflowException exception)
        {
            return Value.Thrown(exception);
        }
    }

    public static Value Complement(Value value) => value.Kind switch
    {
        ValueKind.Int32 => Value.Of(~(int)value.Int64),
        ValueKind.UInt32 => Value.Integer(ValueKind.UInt32, ~(uint)value.Int64),
        ValueKind.Int64 or ValueKind.UInt64 => Value.Integer(value.Kind, ~value.Int64),
        _ => Value.Unknown,
    };

    private static bool IsShift(ArithmeticOperator op) => op >= ArithmeticOperator.LeftShift;

    private static Value OnInt32(ArithmeticOperator op, int a, int b, bool isChecked) => op switch
    {
        ArithmeticOperator.Add => Value.Of(isChecked ? checked(a + b) : unchecked(a + b)),
        ArithmeticOperator.Subtract => Value.Of(isChecked ? checked(a - b) : unchecked(a - b)),
        ArithmeticOperator.Multiply => Value.Of(isChecked ? checked(a * b) : unchecked(a * b)),
        ArithmeticOperator.Divide => Value.Of(a / b),
        ArithmeticOperator.Remainder => Value.Of(a % b),
        ArithmeticOperator.And => Value.Of(a & b),
        ArithmeticOperator.Or => Value.Of(a | b),
        ArithmeticOperator.ExclusiveOr => Value.Of(a ^ b),
        ArithmeticOperator.LeftShift => Value.Of(a << b),
        ArithmeticOperator.RightShift => Value.Of(a >> b),
        ArithmeticOperator.UnsignedRightShift => Value.Of(a >>> b),
        _ => Value.Unknown,
    };

    private static Value OnUInt32(ArithmeticOperator op, uint a, uint b, bool isChecked) => op switch
    {
        ArithmeticOperator.Add => UInt32(isChecked ? checked(a + b) : unchecked(a + b)),
        ArithmeticOperator.Subtract => UInt32(isChecked ? checked(a - b) : unchecked(a - b)),
        ArithmeticOperator.Multiply => UInt32(isChecked ? checked(a * b) : unchecked(a * b)),
        ArithmeticOperator.Divide => UInt32(a / b),
        ArithmeticOperator.Remainder => UInt32(a % b),
        ArithmeticOperator.And => UInt32(a & b),
        ArithmeticOperator.Or => UInt32(a | b),
        ArithmeticOperator.ExclusiveOr => UInt32(a ^ b),
        ArithmeticOperator.LeftShift => UInt32(a << unchecked((int)b)),
        ArithmeticOperator.RightShift or ArithmeticOperator.UnsignedRightShift => UInt32(a >> unchecked((int)b)),
        _ => Value.Unknown,
    };

    private static Value OnInt64(ArithmeticOperator op, long a, long b, bool isChecked) => op switch
    {
        ArithmeticOperator.Add => Int64(isChecked ? checked(a + b) : unchecked(a + b)),
        ArithmeticOperator.Subtract => Int64(isChecked ? checked(a - b) : unchecked(a - b)),
        ArithmeticOperator.Multiply => Int64(isChecked ? checked(a * b) : unchecked(a * b)),
        ArithmeticOperator.Divide => Int64(a / b),
        ArithmeticOperator.Remainder => Int64(a % b),
        ArithmeticOperator.And => Int64(a & b),
        ArithmeticOperator.Or => Int64(a | b),
        ArithmeticOperator.ExclusiveOr => Int64(a ^ b),
        ArithmeticOperator.LeftShift => Int64(a << unchecked((int)b)),
        ArithmeticOperator.RightShift => Int64(a >> unchecked((int)b)),
        ArithmeticOperator.UnsignedRightShift => Int64(a >>> unchecked((int)b)),
        _ => Value.Unknown,
    };

    private static Value OnUInt64(ArithmeticOperator op, ulong a, ulong b, bool isChecked) => op switch
    {
        ArithmeticOperator.Add => UInt64(isChecked ? checked(a + b) : unchecked(a + b)),
        ArithmeticOperator.Subtract => UInt64(isChecked ? checked(a - b) : unchecked(a - b)),
        ArithmeticOperator.Multiply => UInt64(isChecked ? checked(a * b) : unchecked(a * b)),
        ArithmeticOperator.Divide => UInt64(a / b),
        ArithmeticOperator.Remainder => UInt64(a % b),
        ArithmeticOperator.And => UInt64(a & b),
        ArithmeticOperator.Or => UInt64(a | b),
        ArithmeticOperator.ExclusiveOr => UInt64(a ^ b),
        ArithmeticOperator.LeftShift => UInt64(a << unchecked((int)b)),
        ArithmeticOperator.RightShift or ArithmeticOperator.UnsignedRightShift => UInt64(a >> unchecked((int)b)),
        _ => Value.Unknown,
    };

    private static Value OnSingle(ArithmeticOperator op, float a, float b) => op switch
    {
        ArithmeticOperator.Add => Value.Of((float)(a + b)),
        ArithmeticOperator.Subtract => Value.Of((float)(a - b)),
        ArithmeticOperator.Multiply => Value.Of((float)(a * b)),
        ArithmeticOperator.Divide => Value.Of((float)(a / b)),
        ArithmeticOperator.Remainder => Value.Of((float)(a % b)),
        _ => Value.Unknown,
    };

    private static Value OnDouble(ArithmeticOperator op, double a, double b) => op switch
    {
        ArithmeticOperator.Add => Value.Of(a + b),
        ArithmeticOperator.Subtract => Value.Of(a - b),
        ArithmeticOperator.Multiply => Value.Of(a * b),
        ArithmeticOperator.Divide => Value.Of(a / b),
        ArithmeticOperator.Remainder => Value.Of(a % b),
        _ => Value.Unknown,
    };

    private static Value OnDecimal(ArithmeticOperator op, decimal a, decimal b) => op switch
    {
        ArithmeticOperator.Add => Value.Of(a + b),
        ArithmeticOperator.Subtract => Value.Of(a - b),
        ArithmeticOperator.Multiply => Value.Of(a * b),
        ArithmeticOperator.Divide => Value.Of(a / b),
        ArithmeticOperator.Remainder => Value.Of(a % b),
        _ => Value.Unknown,
    };

    private static Value OnBoolean(ArithmeticOperator op, bool a, bool b) => op switch
    {
        ArithmeticOperator.And => Value.Of(a & b),
        ArithmeticOperator.Or => Value.Of(a | b),
        ArithmeticOperator.ExclusiveOr => Value.Of(a ^ b),
        _ => Value.Unknown,
    };

    private static Value UInt32(uint value) => Value.Integer(ValueKind.UInt32, value);

    private static Value Int64(long value) => Value.Integer(ValueKind.Int64, value);

    private static Value UInt64(ulong value) => Value.Integer(ValueKind.UInt64, unchecked((long)value));

    private static int Order(Value left, Value right) => left.Kind switch
    {
        ValueKind.UInt64 => left.UInt64.CompareTo(right.UInt64),
        ValueKind.Decimal => left.Decimal.CompareTo(right.Decimal),
        _ => left.Int64.CompareTo(right.Int64),
    };

    private static bool FromOrder(Comparison comparison, int order) => comparison switch
    {
        Comparison.Equal => order == 0,
        Comparison.NotEqual => order != 0,
        Comparison.Less => order < 0,
        Comparison.LessOrEqual => order <= 0,
        Comparison.Greater => order > 0,
        _ => order >= 0,
    };

    // Not by order: NaN is neither less, equal nor greater.
    private static bool CompareDouble(Comparison comparison, double a, double b) => comparison switch
    {
        Comparison.Equal => a == b,
        Comparison.NotEqual => a != b,
        Comparison.Less => a < b,
        Comparison.LessOrEqual => a <= b,
        Comparison.Greater => a > b,
        _ => a >= b,
    };
}
