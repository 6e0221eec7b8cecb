using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using WarmupAnalyzers.Reading.Source;

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
        IParameterReferenceOperation parameter when scope?.Find(parameter.Parameter) is null => new SymbolPath(parameter.Parameter, OwnerOf(parameter.Parameter, scope)),
        IParameterReferenceOperation parameter => scope?.ObjectOf(parameter.Parameter),
        IFieldReferenceOperation field => OfMember(field.Field, field.Instance, scope),
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => OfMember(property.Property, property.Instance, scope),
        IObjectCreationOperation creation when scope is null || !DependsOnFunction(creation) => SymbolPath.Made(creation),
        IConditionalAccessInstanceOperation access => Of(AccessedBy(access), scope),
        _ => null,
    };

    /// <summary>The object whose constructor has the parameter: a primary constructor's is as good as a field.</summary>
    public static SymbolPath? OwnerOf(ISymbol parameter, FunctionScope? scope) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? scope?.Self : null;

    /// <summary>What stands before the <c>?.</c>.</summary>
    public static IOperation? AccessedBy(IConditionalAccessInstanceOperation access)
    {
        IOperation inner = access;
        for (var outer = inner.Parent; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is IConditionalAccessOperation conditional && ReferenceEquals(conditional.WhenNotNull, inner))
                return conditional.Operation;
        }

        return null;
    }

    private static bool DependsOnFunction(IObjectCreationOperation creation) => creation.Descendants().Any(part =>
        part is ILocalReferenceOperation or IParameterReferenceOperation or IAnonymousFunctionOperation
            or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });

    private static SymbolPath? OfMember(ISymbol member, IOperation? instance, FunctionScope? scope)
    {
        var receiver = Of(instance, scope);
        return instance is null or IInstanceReferenceOperation || receiver is not null
            ? new SymbolPath(member.OriginalDefinition, receiver)
            : null;
    }
}
