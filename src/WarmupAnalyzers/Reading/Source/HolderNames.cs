using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Steps;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>What the variables that a value is kept in are called.</summary>
internal static class HolderNames
{
    /// <summary>The variable or method that a delegate is taken from.</summary>
    public static IEnumerable<string> Of(IOperation value)
    {
        var operation = value.Unwrapped();
        while (operation is IDelegateCreationOperation creation)
            operation = creation.Target.Unwrapped();
        if (operation is ILocalReferenceOperation local)
            yield return local.Local.Name;
        if (operation is IParameterReferenceOperation parameter)
            yield return parameter.Parameter.Name;
        if (operation is IMemberReferenceOperation member)
            yield return member.Member.Name;
        if (operation is IInvocationOperation call)
            yield return call.TargetMethod.Name;
    }

    /// <summary>The variable that the value of a creation is put into.</summary>
    public static IEnumerable<string> OfResult(IOperation creation)
    {
        var value = creation;
        while (value.Parent is IConversionOperation or IParenthesizedOperation or ICoalesceOperation)
            value = value.Parent;
        switch (value.Parent)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                yield return declarator.Symbol.Name;
                break;
            case ISymbolInitializerOperation initializer:
                foreach (var symbol in SymbolsOf(initializer))
                    yield return symbol.Name;
                break;
            case IAssignmentOperation assignment when assignment.Value == value:
                foreach (var name in Of(assignment.Target))
                    yield return name;
                break;
        }
    }

    private static IEnumerable<ISymbol> SymbolsOf(ISymbolInitializerOperation initializer) => initializer switch
    {
        IFieldInitializerOperation field => field.InitializedFields,
        IPropertyInitializerOperation property => property.InitializedProperties,
        _ => [],
    };
}
