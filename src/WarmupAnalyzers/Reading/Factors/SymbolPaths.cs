using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace WarmupAnalyzers.Reading.Factors;

/// <summary>Operations as paths of symbols.</summary>
internal static class SymbolPaths
{
    /// <summary>The path of a variable or member; null for what belongs to the function in scope, and for anything computed.</summary>
    public static SymbolPath? Of(IOperation? operation, FunctionScope? scope = null) => operation switch
    {
        IParenthesizedOperation parenthesized => Of(parenthesized.Operand, scope),
        IConversionOperation { IsImplicit: true } conversion => Of(conversion.Operand, scope),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => scope?.Self,
        ILocalReferenceOperation local when scope?.Find(local.Local) is null => new SymbolPath(local.Local, null),
        IParameterReferenceOperation parameter when scope?.Find(parameter.Parameter) is null => new SymbolPath(parameter.Parameter, null),
        IParameterReferenceOperation parameter => scope?.ObjectOf(parameter.Parameter),
        IFieldReferenceOperation field => OfMember(field.Field, field.Instance, scope),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => OfMember(property.Property, property.Instance, scope),
        _ => null,
    };

    private static SymbolPath? OfMember(ISymbol member, IOperation? instance, FunctionScope? scope)
    {
        var receiver = Of(instance, scope);
        return instance is null or IInstanceReferenceOperation || receiver is not null
            ? new SymbolPath(member.OriginalDefinition, receiver)
            : null;
    }
}
