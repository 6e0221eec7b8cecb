using System;

namespace WarmupAnalyzers.Factors;

/// <summary>C#'s numeric conversions. An unchecked conversion of a float out of the target's range differs between runtimes: Unknown.</summary>
internal static class NumericConversion
{
    public static Value Convert(Value value, ValueKind target, bool isChecked)
    {
        if (value.Kind == target)
            return value;
        try
        {
            var converted = target switch
            {
                ValueKind.Double => Value.Of(ToDouble(value)),
                ValueKind.Single => Value.Of(ToSingle(value)),
                ValueKind.Decimal => ToDecimal(value),
                _ when target.IsInteger() => ToInteger(value, target, isChecked),
                _ => Value.Unknown,
            };
            return value.Kind.IsNumber() ? converted.With(value.Trace).From(value.Origin) : Value.Unknown;
        }
        catch (OverflowException exception)
        {
            return Value.Thrown(exception);
        }
    }

    private static double ToDouble(Value value) => value.ToDouble();

    private static float ToSingle(Value value) => value.Kind switch
    {
        ValueKind.Double => (float)value.Double,
        ValueKind.Decimal => (float)value.Decimal,
        ValueKind.UInt64 => (float)value.UInt64,
        _ => (float)value.Int64,
    };

    private static Value ToDecimal(Value value) => Value.Of(value.Kind switch
    {
        ValueKind.Single => (decimal)value.Single,
        ValueKind.Double => (decimal)value.Double,
        ValueKind.UInt64 => value.UInt64,
        _ => value.Int64,
    });

    private static Value ToInteger(Value value, ValueKind target, bool isChecked)
    {
        if (value.Kind.IsBinaryFloat())
            return FromFloat(value.Double, target, isChecked);
        if (value.Kind == ValueKind.Decimal)
            return FromDecimal(value.Decimal, target);
        return FromInteger(value, target, isChecked);
    }

    private static Value FromFloat(double number, ValueKind target, bool isChecked)
    {
        var truncated = Math.Truncate(number);
        if (!IsInRange(truncated, target))
            return isChecked ? Value.Thrown(typeof(OverflowException).FullName!) : Value.Unknown;
        return target == ValueKind.UInt64
            ? Value.Integer(target, unchecked((long)(ulong)truncated))
            : Value.Integer(target, (long)truncated);
    }

    // decimal to integer is always checked
    private static Value FromDecimal(decimal number, ValueKind target)
    {
        var truncated = decimal.Truncate(number);
        return target == ValueKind.UInt64
            ? Value.Integer(target, unchecked((long)decimal.ToUInt64(truncated)))
            : FromInteger(Value.Integer(ValueKind.Int64, decimal.ToInt64(truncated)), target, isChecked: true);
    }

    private static Value FromInteger(Value value, ValueKind target, bool isChecked)
    {
        var wrapped = Wrap(value.Int64, target);
        var changesSign = value.Int64 < 0 && (value.Kind == ValueKind.UInt64) != (target == ValueKind.UInt64);
        var fits = wrapped == value.Int64 && !changesSign;
        return isChecked && !fits ? Value.Thrown(typeof(OverflowException).FullName!) : Value.Integer(target, wrapped);
    }

    private static long Wrap(long bits, ValueKind target) => target switch
    {
        ValueKind.SByte => unchecked((sbyte)bits),
        ValueKind.Byte => unchecked((byte)bits),
        ValueKind.Int16 => unchecked((short)bits),
        ValueKind.UInt16 or ValueKind.Char => unchecked((ushort)bits),
        ValueKind.Int32 => unchecked((int)bits),
        ValueKind.UInt32 => unchecked((uint)bits),
        _ => bits,
    };

    private static bool IsInRange(double truncated, ValueKind target) => target switch
    {
        ValueKind.SByte => truncated is >= sbyte.MinValue and <= sbyte.MaxValue,
        ValueKind.Byte => truncated is >= byte.MinValue and <= byte.MaxValue,
        ValueKind.Int16 => truncated is >= short.MinValue and <= short.MaxValue,
        ValueKind.UInt16 or ValueKind.Char => truncated is >= ushort.MinValue and <= ushort.MaxValue,
        ValueKind.Int32 => truncated is >= int.MinValue and <= int.MaxValue,
        ValueKind.UInt32 => truncated is >= uint.MinValue and <= uint.MaxValue,
        ValueKind.Int64 => truncated is >= -9223372036854775808.0 and < 9223372036854775808.0,
        _ => truncated is >= 0 and < 18446744073709551616.0,
    };
}
