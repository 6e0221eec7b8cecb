namespace WarmupAnalyzers.Factors;

/// <summary>What a value of the factor compiler is: a C# numeric type, or one of the few other things a factor function handles.</summary>
internal enum ValueKind
{
    /// <summary>Not known to the compiler. Every claim about it is silent.</summary>
    Unknown,

    /// <summary>Evaluation ended with an exception.</summary>
    Thrown,

    /// <summary>The null of a nullable value type.</summary>
    Null,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Char,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Single,
    Double,
    Decimal,

    /// <summary>An array or list of values that nobody writes to.</summary>
    Array,

    /// <summary>A delegate: a function together with the frame it was made in.</summary>
    Function,

    /// <summary>A string, or a reference of which only the null test matters.</summary>
    Text,
}

internal static class ValueKinds
{
    public static bool IsInteger(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.UInt64;

    public static bool IsBinaryFloat(this ValueKind kind) => kind is ValueKind.Single or ValueKind.Double;

    public static bool IsNumber(this ValueKind kind) => kind is >= ValueKind.SByte and <= ValueKind.Decimal;

    public static bool IsUnsigned(this ValueKind kind) =>
        kind is ValueKind.Byte or ValueKind.UInt16 or ValueKind.Char or ValueKind.UInt32 or ValueKind.UInt64;
}
