using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using WarmupAnalyzers.Reading.Source;

namespace WarmupAnalyzers.Reading.Steps;

/// <summary>The types whose code reaches the places of a scheduler and its optimizer: those that declare them, and their relations.</summary>
internal sealed class FollowedTypes
{
    private readonly TrainingCode _code;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<INamedTypeSymbol> _all = new(SymbolEqualityComparer.Default);
    private readonly HashSet<INamedTypeSymbol> _ancestors = new(SymbolEqualityComparer.Default);
    // Nobody else calls what is protected in them on an object that is followed.
    private readonly HashSet<INamedTypeSymbol> _closed = new(SymbolEqualityComparer.Default);

    private FollowedTypes(TrainingCode code, CancellationToken cancellation)
    {
        _code = code;
        _cancellation = cancellation;
    }

    public IReadOnlyCollection<INamedTypeSymbol> All => _all;

    public static FollowedTypes Of(IEnumerable<ISymbol> places, INamedTypeSymbol? initialized, TrainingCode code, CancellationToken cancellation)
    {
        var types = new FollowedTypes(code, cancellation);
        var owners = places.Select(place => place.ContainingType).Append(initialized).OfType<INamedTypeSymbol>()
            .Where(type => !type.DeclaringSyntaxReferences.IsEmpty).Select(type => type.OriginalDefinition)
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default).ToArray();
        foreach (var owner in owners)
            types.AddOwner(owner);
        // What an owner's objects inherit can be called on them.
        foreach (var ancestor in owners.SelectMany(Derivations.AncestorsOf).Where(ancestor => !types._all.Contains(ancestor)).ToArray())
        {
            types.AddWithNested(ancestor);
            types._ancestors.Add(ancestor);
            if (owners.All(types._closed.Contains))
                types._closed.Add(ancestor);
        }

        return types;
    }

    /// <summary>Whether a constructor is where an object of its own begins, and not only a part of one that derives.</summary>
    public bool AreMadeBy(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType;
        if (constructor.IsStatic)
            return true;
        return !_ancestors.Contains(type) && !(type.IsAbstract && _closed.Contains(type) && _code.Derivations.Of(type, _cancellation).Any(derived => !derived.IsAbstract));
    }

    /// <summary>Whether only the code of these types can call a method.</summary>
    public bool IsOnlyCalledBy(IMethodSymbol method)
    {
        if (!method.ExplicitInterfaceImplementations.IsEmpty || method.MethodKind == MethodKind.Destructor)
            return false;
        if (method.DeclaredAccessibility == Accessibility.Private)
            return true;
        if (method.DeclaredAccessibility is not (Accessibility.Protected or Accessibility.ProtectedAndInternal) || method.IsStatic)
            return false;
        return _closed.Contains(method.ContainingType) && IsIntroducedInSource(method);
    }

    private void AddOwner(INamedTypeSymbol owner)
    {
        var isClosed = _code.Derivations.IsClosed(owner, _cancellation);
        foreach (var type in _code.Derivations.Of(owner, _cancellation))
        {
            AddWithNested(type);
            if (isClosed)
                _closed.Add(type);
        }
    }

    private void AddWithNested(INamedTypeSymbol type)
    {
        if (!_all.Add(type))
            return;
        foreach (var nested in type.GetTypeMembers())
            AddWithNested(nested);
    }

    // TorchSharp and the framework call what overrides theirs.
    private static bool IsIntroducedInSource(IMethodSymbol method)
    {
        var first = method;
        while (first.OverriddenMethod is { } overridden)
            first = overridden;
        return !first.DeclaringSyntaxReferences.IsEmpty || !first.IsOverride && !first.IsVirtual && !first.IsAbstract;
    }
}
