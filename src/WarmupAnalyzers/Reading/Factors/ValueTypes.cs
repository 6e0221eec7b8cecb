using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Factors;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>Types of C# as kinds of values.</summary>
internal static class ValueTypes
{
    public static ValueKind KindOf(ITypeSymbol? type) => WithoutNullable(type) switch
    {
        null => ValueKind.Unknown,
        { TypeKind: TypeKind.Enum } enumeration => KindOf(((INamedTypeSymbol)enumeration).EnumUnderlyingType),
        var other => KindOf(other.SpecialType),
    };

    public static bool IsNullable(ITypeSymbol? type) => type?.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    public static ITypeSymbol? WithoutNullable(ITypeSymbol? type) =>
        IsNullable(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;

    /// <summary>The branches of a variable of this type: true and false, or an enum's members.</summary>
    public static ImmutableArray<Choice> ChoicesOf(ITypeSymbol? type, string name)
    {
        var plain = WithoutNullable(type);
        if (plain?.SpecialType == SpecialType.System_Boolean)
            return ImmutableArray.Create(new Choice(Value.Of(true), name + " is true"), new Choice(Value.Of(false), name + " is false"));
        if (plain?.TypeKind != TypeKind.Enum)
            return ImmutableArray<Choice>.Empty;
        return plain.GetMembers().OfType<IFieldSymbol>()
            .Where(member => member.HasConstantValue)
            .Select(member => new Choice(Value.OfConstant(member.ConstantValue), name + " is " + plain.Name + "." + member.Name))
            .ToImmutableArray();
    }

    private static ValueKind KindOf(SpecialType type) => type switch
    {
        SpecialType.System_Boolean => ValueKind.Boolean,
        SpecialType.System_SByte => ValueKind.SByte,
        SpecialType.System_Byte => ValueKind.Byte,
        SpecialType.System_Int16 => ValueKind.Int16,
        SpecialType.System_UInt16 => ValueKind.UInt16,
        SpecialType.System_Char => ValueKind.Char,
        SpecialType.System_Int32 => ValueKind.Int32,
        SpecialType.System_UInt32 => ValueKind.UInt32,
        SpecialType.System_Int64 => ValueKind.Int64,
        SpecialType.System_UInt64 => ValueKind.UInt64,
        SpecialType.System_Single => ValueKind.Single,
        SpecialType.System_Double => ValueKind.Double,
        SpecialType.System_Decimal => ValueKind.Decimal,
        _ => ValueKind.Unknown,
    };
}
