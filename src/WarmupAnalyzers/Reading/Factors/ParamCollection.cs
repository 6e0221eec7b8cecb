using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>The arguments of a C# 13 <c>params ReadOnlySpan&lt;double&gt;</c>: a collection expression that nobody wrote. The oldest host has no name for it.</summary>
internal static class ParamCollection
{
    private const ArgumentKind Kind = (ArgumentKind)4;

    /// <summary>What is passed one by one; null for any other argument.</summary>
    public static ImmutableArray<IOperation>? Of(IArgumentOperation argument)
    {
        if (argument.ArgumentKind != Kind)
            return null;
        var value = argument.Value;
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value.ChildOperations.Where(element => element.Syntax.FirstAncestorOrSelf<ArgumentSyntax>() is not null).ToImmutableArray();
    }
}
