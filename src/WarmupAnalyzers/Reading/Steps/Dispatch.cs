using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>Which methods a virtual call runs.</summary>
internal static class Dispatch
{
    /// <summary>The methods that run on an object of the type or of one that derives from it; null where some may not be in sight.</summary>
    public static ImmutableArray<IMethodSymbol>? Of(IMethodSymbol method, ITypeSymbol? receiver, TrainingCode code, CancellationToken cancellation)
    {
        var type = receiver is INamedTypeSymbol { TypeKind: TypeKind.Class } known ? known : method.ContainingType;
        return code.Derivations.ObjectsOf(type.OriginalDefinition, cancellation) is { } types ? In(method, types) : null;
    }

    /// <summary>The methods that run on objects of these types; null where there are none.</summary>
    public static ImmutableArray<IMethodSymbol>? In(IMethodSymbol method, IEnumerable<INamedTypeSymbol> types)
    {
        var found = types.Select(type => In(method, type)).Distinct<IMethodSymbol?>(SymbolEqualityComparer.Default).ToArray();
        return found.Length == 0 || found.Any(one => one is null) ? null : found.OfType<IMethodSymbol>().ToImmutableArray();
    }

    private static IMethodSymbol? In(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(method.Name).OfType<IMethodSymbol>())
            {
                if (!member.IsAbstract && (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method.OriginalDefinition) || StepMethods.IsOverrideOf(member, method)))
                    return member.OriginalDefinition;
            }
        }

        return null;
    }
}
