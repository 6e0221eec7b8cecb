using System;

namespace WarmupAnalyzers.Factors;

/// <summary>
/// A value as C# has it, with the trace of where it came from. Integers live in 64 bits, <c>float</c> in a double that is
/// always exactly a float, <c>decimal</c>, arrays and functions behind a reference.
/// </summary>
internal readonly struct Value
{
    private readonly long _bits;
    private readonly double _number;
    private readonly object? _reference;

    private Value(ValueKind kind, long bits, double number, object? reference, Trace trace, object? origin = null)
    {
        Kind = kind;
        _bits = bits;
        _number = number;
        _reference = reference;
        Trace = trace;
        Origin = origin;
    }

    public static Value Unknown => default;

    public static Value Null => new(ValueKind.Null, 0, 0, null, default);

    public ValueKind Kind { get; }

    /// <summary>What the value depends on by arithmetic (not by control).</summary>
    public Trace Trace { get; }

    /// <summary>The expression that computed the value; null for the bare index and for what came from outside.</summary>
    public object? Origin { get; }

    /// <summary>Whether evaluation can go on with this value.</summary>
    public bool IsKnown => Kind > ValueKind.Thrown;

    public bool Boolean => _bits != 0;

    public long Int64 => _bits;

    public ulong UInt64 => unchecked((ulong)_bits);

    public double Double => _number;

    public float Single => (float)_number;

    public decimal Decimal => (decimal)_reference!;

    public Value[] Elements => (Value[])_reference!;

    public Closure Function => (Closure)_reference!;

    /// <summary>The metadata name of the exception that ended the evaluation.</summary>
    public string Exception => (string)_reference!;

    public static Value Of(bool value) => new(ValueKind.Boolean, value ? 1 : 0, 0, null, default);

    public static Value Of(double value) => new(ValueKind.Double, 0, value, null, default);

    public static Value Of(float value) => new(ValueKind.Single, 0, value, null, default);

    public static Value Of(decimal value) => new(ValueKind.Decimal, 0, 0, value, default);

    public static Value Of(int value) => Integer(ValueKind.Int32, value);

    public static Value Of(Value[] elements) => new(ValueKind.Array, 0, 0, elements, default);

    public static Value Of(Closure function) => new(ValueKind.Function, 0, 0, function, default);

    public static Value Integer(ValueKind kind, long bits) => new(kind, bits, 0, null, default);

    /// <summary>The default value of a numeric type or bool.</summary>
    public static Value Zero(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => Of(false),
        ValueKind.Single => Of(0f),
        ValueKind.Double => Of(0.0),
        ValueKind.Decimal => Of(0m),
        _ => kind.IsInteger() ? Integer(kind, 0) : Unknown,
    };

    public static Value Thrown(string exception) => new(ValueKind.Thrown, 0, 0, exception, default);

    public static Value Thrown(Exception exception) => Thrown(exception.GetType().FullName!);

    /// <summary>A boxed constant of the compiler, or Unknown for what is no number or bool.</summary>
    public static Value OfConstant(object? constant) => constant switch
    {
        bool value => Of(value),
        sbyte value => Integer(ValueKind.SByte, value),
        byte value => Integer(ValueKind.Byte, value),
        short value => Integer(ValueKind.Int16, value),
        ushort value => Integer(ValueKind.UInt16, value),
        char value => Integer(ValueKind.Char, value),
        int value => Integer(ValueKind.Int32, value),
        uint value => Integer(ValueKind.UInt32, value),
        long value => Integer(ValueKind.Int64, value),
        ulong value => Integer(ValueKind.UInt64, unchecked((long)value)),
        float value => Of(value),
        double value => Of(value),
        decimal value => Of(value),
        _ => Unknown,
    };

    public Value With(Trace trace) => new(Kind, _bits, _number, _reference, trace, Origin);

    public Value From(object? origin) => new(Kind, _bits, _number, _reference, Trace, origin);

    /// <summary>The number as a double, for judging and for mended arithmetic; NaN for what is no number.</summary>
    public double ToDouble() => Kind switch
    {
        ValueKind.Single or ValueKind.Double => _number,
        ValueKind.Decimal => (double)Decimal,
        ValueKind.UInt64 => UInt64,
        _ when Kind.IsInteger() => _bits,
        _ => double.NaN,
    };

    /// <summary>The value boxed in its own C# type, for a call on the host.</summary>
    public object? ToHost() => Kind switch
    {
        ValueKind.Boolean => Boolean,
        ValueKind.SByte => unchecked((sbyte)_bits),
        ValueKind.Byte => unchecked((byte)_bits),
        ValueKind.Int16 => unchecked((short)_bits),
        ValueKind.UInt16 => unchecked((ushort)_bits),
        ValueKind.Char => unchecked((char)_bits),
        ValueKind.Int32 => unchecked((int)_bits),
        ValueKind.UInt32 => unchecked((uint)_bits),
        ValueKind.Int64 => _bits,
        ValueKind.UInt64 => UInt64,
        ValueKind.Single => Single,
        ValueKind.Double => _number,
        ValueKind.Decimal => _reference,
        _ => null,
    };

    public override string ToString() => Kind + " " + (ToHost() ?? _reference);
}
