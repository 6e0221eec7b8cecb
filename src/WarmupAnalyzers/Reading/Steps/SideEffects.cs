using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Whether a value can be left out without anything else being done differently.</summary>
internal static class SideEffects
{
    /// <summary>What is asked of a tensor to get a number out of it.</summary>
    private static readonly ImmutableHashSet<string> s_tensorReads = ImmutableHashSet.Create(
        "item", "ToSingle", "ToDouble", "ToInt32", "ToInt64", "mean", "sum", "min", "max", "abs", "sqrt", "detach", "cpu", "op_Explicit");

    private static readonly ImmutableHashSet<string> s_sequenceReads = ImmutableHashSet.Create("Average", "Sum", "Min", "Max", "Last", "First", "Count");

    /// <summary>Whether computing it certainly does nothing but compute it.</summary>
    public static bool AreNoneIn(IOperation value, KnownSymbols symbols) => value.DescendantsAndSelf().All(part => IsHarmless(part, symbols));

    private static bool IsHarmless(IOperation part, KnownSymbols symbols) => part switch
    {
        ILiteralOperation or ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation or IInstanceReferenceOperation => true,
        IDefaultValueOperation or IArrayElementReferenceOperation or IParenthesizedOperation or IArgumentOperation or IConditionalOperation => true,
        IPropertyReferenceOperation { Property: var property } => symbols.IsKnown(property) || StepMethods.IsFramework(property) || StepMethods.IsAutoProperty(property),
        IConversionOperation { OperatorMethod: var method } => IsPlain(method, symbols),
        IUnaryOperation { OperatorMethod: var method } => IsPlain(method, symbols),
        IBinaryOperation { OperatorMethod: var method } => IsPlain(method, symbols),
        IInvocationOperation call => IsRead(call, symbols),
        _ => false,
    };

    private static bool IsPlain(IMethodSymbol? method, KnownSymbols symbols) => method is null || symbols.IsKnown(method) || StepMethods.IsFramework(method);

    private static bool IsRead(IInvocationOperation call, KnownSymbols symbols)
    {
        var method = call.TargetMethod;
        if (symbols.IsKnown(method))
            return s_tensorReads.Contains(method.Name);
        if (!StepMethods.IsFramework(method))
            return false;
        return method.ContainingType.ToDisplayString() switch
        {
            "System.Math" or "System.MathF" or "System.Convert" => true,
            // A query is run by being asked; a list is not.
            "System.Linq.Enumerable" => s_sequenceReads.Contains(method.Name) && call.Arguments is [{ Value: var source }] && IsStored(source.Unwrapped().Type),
            _ => false,
        };
    }

    private static bool IsStored(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || type is INamedTypeSymbol { MetadataName: "List`1" } list && StepMethods.IsFramework(list);
}
