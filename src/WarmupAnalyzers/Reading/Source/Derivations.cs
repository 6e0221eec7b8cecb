using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WarmupAnalyzers.Reading.Source;

/// <summary>Which types of the compilation derive from one another, and what code outside of it can name or derive from.</summary>
internal sealed class Derivations
{
    private readonly TrainingCode _code;
    private readonly Lazy<bool> _hasFriends;
    private readonly Lazy<TypeHeads> _heads;
    private readonly ConcurrentDictionary<INamedTypeSymbol, ImmutableArray<INamedTypeSymbol>> _all = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _named = new(SymbolEqualityComparer.Default);

    public Derivations(TrainingCode code)
    {
        _code = code;
        _heads = new(() => TypeHeads.Of(code.Compilation));
        _hasFriends = new(() => code.Compilation.Assembly.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute"));
    }

    /// <summary>Whether the one is the other or derives from it.</summary>
    public static bool IsA(INamedTypeSymbol? type, INamedTypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor.OriginalDefinition))
                return true;
        }

        return false;
    }

    /// <summary>The types that one derives from, as far as they have source, the nearest first.</summary>
    public static IEnumerable<INamedTypeSymbol> AncestorsOf(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType)
            yield return current.OriginalDefinition;
    }

    /// <summary>The type and all types with source that derive from it. Looked for once.</summary>
    public ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (_all.TryGetValue(type, out var known))
            return known;
        var all = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        all.Add(type.OriginalDefinition);
        var seen = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default) { type.OriginalDefinition };
        for (var i = 0; i < all.Count; i++)
            all.AddRange(Direct(all[i], cancellation).Where(seen.Add).ToArray());
        return _all.GetOrAdd(type, all.ToImmutable());
    }

    /// <summary>The types that objects of the type can have; null where others can derive from it.</summary>
    public ImmutableArray<INamedTypeSymbol>? ObjectsOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (!IsClosed(type, cancellation))
            return null;
        var all = Of(type, cancellation);
        var bases = new HashSet<INamedTypeSymbol?>(all.Select(derived => derived.BaseType?.OriginalDefinition), SymbolEqualityComparer.Default);
        return all.Where(candidate => !candidate.IsAbstract && (!bases.Contains(candidate) || IsNamed(candidate, cancellation))).ToImmutableArray();
    }

    /// <summary>Whether nobody but the source derives from the type.</summary>
    public bool IsClosed(INamedTypeSymbol type, CancellationToken cancellation) =>
        type is { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false } && Of(type.OriginalDefinition, cancellation).All(candidate => !IsOpen(candidate));

    /// <summary>Whether nobody but the source can name the member.</summary>
    public bool IsHidden(ISymbol member, CancellationToken cancellation)
    {
        if (!IsShown(member))
            return true;
        // To those who derive from its type.
        for (var current = member; current.ContainingType is { } type; current = type)
        {
            if (current.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal && IsClosed(type, cancellation))
                return true;
        }

        return false;
    }

    private bool IsOpen(INamedTypeSymbol type) => !type.IsSealed && !type.IsStatic && type.InstanceConstructors.Any(IsShown);

    // To somebody, who may have to derive from its type.
    private bool IsShown(ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility == Accessibility.Private
                || (current.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal && !_hasFriends.Value))
                return false;
        }

        // Nobody derives from the types of a program.
        return _hasFriends.Value || _code.Compilation.Options.OutputKind is OutputKind.DynamicallyLinkedLibrary or OutputKind.NetModule;
    }

    // What is named in nothing but the heads of other types is made by nobody.
    private bool IsNamed(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (!_named.TryGetValue(type, out var isNamed))
        {
            _named[type] = isNamed = NamesOf(type, cancellation).Any(token => token.Parent is SimpleNameSyntax name && !IsHead(name)
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Expression == name));
        }

        return isNamed;
    }

    private static bool IsHead(SyntaxNode name)
    {
        while (name.Parent is QualifiedNameSyntax qualified && qualified.Right == name || name.Parent is AliasQualifiedNameSyntax)
            name = name.Parent;
        return name.Parent is BaseTypeSyntax;
    }

    private IEnumerable<INamedTypeSymbol> Direct(INamedTypeSymbol type, CancellationToken cancellation) => _heads.Value.Naming(type.Name)
        .Select(declaration => _code.ModelOf(declaration.SyntaxTree)?.GetDeclaredSymbol(declaration, cancellation)).OfType<INamedTypeSymbol>()
        .Where(derived => SymbolEqualityComparer.Default.Equals(derived.BaseType?.OriginalDefinition, type))
        .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);

    private IEnumerable<SyntaxToken> NamesOf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        foreach (var token in _code.Names.Everywhere(type.Name, cancellation))
        {
            yield return token;
            // `using Base = Trainers.Trainer;`
            if (token.Parent?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Alias.Name.Identifier.ValueText: var alias } && alias != type.Name)
            {
                foreach (var other in _code.Names.Everywhere(alias, cancellation))
                    yield return other;
            }
        }
    }
}
